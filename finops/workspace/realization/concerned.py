"""Which charges does a change concern, as narrowly as the bill tells?

All that it moves cost between belongs to them, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from finops.analysis.realization import NotMeasurable
from finops.analysis.realization.meters import Meters
from finops.focus import Condition, Costs
from finops.workspace.realization.bill import (
    RESOURCE,
    SERVICE,
    USAGE_TYPE,
    Bill,
    spellings,
)
from finops.workspace.realization.change import Change

NOWHERE: Final = NotMeasurable(
    "It names no resource, usage type or service of the bill."
)


def concerned(bill: Bill, change: Change) -> Costs | NotMeasurable:
    """The charges of its resource, else of its meters, else of its service.

    Where the resource itself is gone, although something does its work, that has
    another id: then its meters are looked at in the whole account.
    """
    if not (change.resource_id and bill.knows(RESOURCE)):
        return _of_account(bill, change, change.meters)
    it = Condition(RESOURCE, spellings(change.resource_id))
    whole = bill.costs_by_usage_type(it)
    if change.replaces and _gone(bill, change, whole):
        return _of_account(bill, change, change.meters or _most_paid(bill, whole))
    if change.ends_all or not change.usage_type:
        return whole
    return _within(whole, Meters.like(change.usage_type))


def _gone(bill: Bill, change: Change, costs: Costs) -> bool:
    """Whether there were costs before the change, and are none after it."""
    daily = bill.by_day(costs)
    changed = pd.Timestamp(change.implemented_on, tz="UTC")
    before, after = daily[daily.index < changed], daily[daily.index > changed]
    return bool(before.any() and len(after) and not after.any())


def _most_paid(bill: Bill, costs: Costs) -> Meters | None:
    """The meters like the one that most was paid for; None where none is named."""
    if USAGE_TYPE not in costs.table:
        return None
    paid = costs.table.groupby(USAGE_TYPE)[bill.scope.metric].sum()
    return None if paid.empty else Meters.like(str(paid.idxmax()))


def _of_account(
    bill: Bill, change: Change, meters: Meters | None
) -> Costs | NotMeasurable:
    """What its account was charged for `meters`, else for its service."""
    account = _account(bill, change)
    service = _condition(bill, SERVICE, change.service)
    if change.rivals and (service or meters):
        return NotMeasurable(
            f"The bill does not tell it apart from {_others(change.rivals)} of the "
            "same kind of cost within 30 days."
        )
    if meters and bill.knows(USAGE_TYPE):
        found = _within(bill.costs_by_usage_type(*account), meters)
        return _of_service(found, change.service)
    return bill.costs(*service, *account) if service else NOWHERE


def _others(count: int) -> str:
    return "another change" if count == 1 else f"{count} other changes"


def _within(costs: Costs, meters: Meters) -> Costs:
    """Those of `costs` that are paid for one of `meters`."""
    if USAGE_TYPE not in costs.table:
        return costs
    inside = meters.among(costs.table[USAGE_TYPE])
    return replace(costs, table=costs.table[inside])


def _of_service(costs: Costs, service: str | None) -> Costs:
    """Those of `service`: some meters have the same name in several services.

    All of them, where the bill calls the service something else.
    """
    if SERVICE not in costs.table:
        return costs
    its_own = costs.table[costs.table[SERVICE] == service]
    return costs if its_own.empty else replace(costs, table=its_own)


def _account(bill: Bill, change: Change) -> tuple[Condition, ...]:
    by_id = _condition(bill, "SubAccountId", change.account_id)
    return by_id or _condition(bill, "SubAccountName", change.account)


def _condition(bill: Bill, dimension: str, value: str | None) -> tuple[Condition, ...]:
    return (Condition(dimension, (value,)),) if value and bill.knows(dimension) else ()
