"""What do the charges that a change concerns say that it saved?"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from finops import formats
from finops.analysis.realization import MeasuredSaving, NotMeasurable, measure
from finops.errors import MetricUnavailableError, MixedCurrenciesError, Problem
from finops.focus import Condition, Costs, Metric
from finops.periods import DAY, ChargePeriod
from finops.recommendations import PURCHASES
from finops.sources import Progress, in_silence
from finops.workspace.realization.bill import RESOURCE, SERVICE, Bill, spellings
from finops.workspace.realization.by_the_unit import saved_by_the_unit
from finops.workspace.realization.change import Change
from finops.workspace.realization.concerned import concerned
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace


def measured_saving(
    space: Workspace,
    change: Change,
    *,
    metric: Metric = "EffectiveCost",
    progress: Progress = in_silence,
) -> MeasuredSaving | NotMeasurable:
    """What `change` saves a month, at the narrowest scope that the bill has.

    That is its resource, else the usage types that it moves cost between, else its
    service, in its account.

    Raises:
        SourceError: If the bill cannot be read.
    """
    period = _known_days(space, change)
    if isinstance(period, NotMeasurable):
        return period
    bill = Bill(space, Scope(period=period, metric=metric), progress)
    try:
        return _measured(bill, change)
    except (MixedCurrenciesError, MetricUnavailableError) as error:
        return NotMeasurable(str(error))


def _measured(bill: Bill, change: Change) -> MeasuredSaving | NotMeasurable:
    """By what its resource used, where that is told, else by what was paid."""
    costs = concerned(bill, change)
    if isinstance(costs, NotMeasurable):
        return costs
    if reason := _why_not(change, costs):
        return NotMeasurable(reason)
    if by_the_unit := saved_by_the_unit(bill, change):
        return by_the_unit
    return measure(
        bill.by_day(costs),
        implemented_on=change.implemented_on,
        control=_control(bill, change, costs),
        usage=_usage(bill, change, costs),
    )


def _known_days(space: Workspace, change: Change) -> ChargePeriod | NotMeasurable:
    """The days around the change that are known and will not be restated."""
    extent = space.extent
    end = min(extent.end - space.source.restated_days * DAY, space.as_of + DAY)
    known = change.days.overlap(
        ChargePeriod(extent.start, max(end, extent.start + DAY))
    )
    if known is None:
        return NotMeasurable(
            f"The bill knows {formats.days(extent)}, and not the days around "
            f"{formats.day(change.implemented_on)}."
        )
    return known


def _why_not(change: Change, costs: Costs) -> str | None:
    """What stands against measuring by these costs."""
    if _concerns(change, costs.problems):
        return "The bill of its account could not be read."
    if costs.table.empty:
        return "The bill has no charges of it on the days around the change."
    [paid_in] = costs.table["BillingCurrency"].unique()
    if paid_in != change.currency:
        return f"It was estimated in {change.currency} and the bill is in {paid_in}."
    return None


def _concerns(change: Change, problems: Iterable[Problem]) -> bool:
    names = {change.account, change.account_id, ""}
    known = change.account or change.account_id
    return any(not known or problem.account in names for problem in problems)


def _usage(bill: Bill, change: Change, costs: Costs) -> pd.Series[float] | None:
    """What was used, at public prices; None where the change was no purchase.

    A commitment lowers what a unit costs, and public prices tell how many there
    were. Other changes lower the public price of what is used as well.
    """
    if change.action not in PURCHASES or bill.scope.metric == "ListCost":
        return None
    public = bill.by_day(costs, "ListCost")
    return None if public.isna().any() else public


def _control(bill: Bill, change: Change, costs: Costs) -> pd.Series[float] | None:
    """The cost of the same service where nothing was changed; None for none."""
    if SERVICE not in costs.table:
        return None
    by_service = costs.table.groupby(SERVICE)[bill.scope.metric].sum()
    if by_service.empty:
        return None
    service = Condition(SERVICE, (str(by_service.idxmax()),))
    whole = bill.costs(service)
    if whole.problems:
        return None
    rest = bill.by_day(whole) - bill.by_day(costs)
    if change.others and bill.knows(RESOURCE):
        names = (name for other in change.others for name in spellings(other))
        rest -= bill.by_day(bill.costs(service, Condition(RESOURCE, tuple(names))))
    return rest if rest.sum() > 0 else None
