"""What did a change save that made each unit cheaper, by the units used since?"""

from __future__ import annotations

from finops.analysis.realization import MeasuredSaving, measure
from finops.analysis.realization.metered import metered
from finops.analysis.realization.rates import RATES
from finops.focus import Condition
from finops.workspace.realization.bill import RESOURCE, Bill, spellings
from finops.workspace.realization.change import Change


def saved_by_the_unit(bill: Bill, change: Change) -> MeasuredSaving | None:
    """The fall of the rate times the usage after it, which is exact.

    None where the change was to use less, or where the bill does not tell what its
    resource used on each day.
    """
    rate = RATES.get(change.kind or "")
    if rate is None or not change.resource_id or not bill.knows(RESOURCE):
        return None
    it = Condition(RESOURCE, spellings(change.resource_id))
    charges = bill.costs_by_price(it)
    if charges is None:
        return None
    found = metered(
        charges.table,
        rate,
        days=bill.days,
        implemented_on=change.implemented_on,
        metric=bill.scope.metric,
    )
    if found is None:
        return None
    saved = measure(
        found.costs,
        implemented_on=change.implemented_on,
        usage=found.at_old_rate,
        by_the_month=rate.by_the_month,
    )
    return saved if isinstance(saved, MeasuredSaving) else None
