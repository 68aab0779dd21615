"""Looks up in the bill what one implemented change saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

import pandas as pd

from finops import formats
from finops.analysis.allocation import daily_cost
from finops.analysis.realization import MeasuredSaving, NotMeasurable, measure
from finops.analysis.realization.window import DAYS_AFTER, DAYS_BEFORE
from finops.errors import MetricUnavailableError, MixedCurrenciesError, Problem
from finops.focus import Condition, Costs, Metric
from finops.periods import DAY, ChargePeriod
from finops.recommendations import PURCHASES, plain_id
from finops.savings import TrackedItem
from finops.sources import Progress, in_silence
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

RESOURCE: Final = "ResourceId"
SERVICE: Final = "ServiceName"
USAGE_TYPE: Final = "x_UsageType"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where and when something was changed; frozen, so that answers can be kept.

    Attributes:
        others: Resources that were changed at about the same time: they are no
            measure for what would have been.
    """

    implemented_on: date
    currency: str
    account: str | None
    account_id: str | None
    service: str | None
    resource_id: str | None
    usage_type: str | None
    action: str | None = None
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: TrackedItem) -> Self:
        """The change that an implemented item is about."""
        return cls(
            implemented_on=item.implemented_on or date.max,
            currency=item.currency,
            account=item.account,
            account_id=item.account_id,
            service=item.service,
            resource_id=item.resource_id,
            usage_type=item.usage_type,
            action=item.action,
        )

    @property
    def days(self) -> ChargePeriod:
        """The days around it that tell what it saved."""
        return ChargePeriod(
            self.implemented_on - DAYS_BEFORE * DAY,
            self.implemented_on + (DAYS_AFTER + 1) * DAY,
        )

    def among(self, changes: Iterable[Change]) -> Change:
        """The same change, knowing of those whose days overlap with its own."""
        others = {
            change.resource_id
            for change in changes
            if change.resource_id and change.days.overlap(self.days)
        }
        return replace(self, others=tuple(sorted(others - {self.resource_id})))


def measured_saving(
    space: Workspace,
    change: Change,
    *,
    metric: Metric = "EffectiveCost",
    progress: Progress = in_silence,
) -> MeasuredSaving | NotMeasurable:
    """What `change` saves a month, at the narrowest scope that the bill has.

    That is its resource, else its usage type, else its service, in its account.

    Raises:
        SourceError: If the bill cannot be read.
    """
    period = _known_days(space, change)
    if isinstance(period, NotMeasurable):
        return period
    where = _narrowest(space.source.dimensions, change)
    if isinstance(where, NotMeasurable):
        return where
    bill = _Bill(space, Scope(period=period, metric=metric), progress)
    try:
        costs = bill.costs(*where)
        if reason := _why_not(change, costs):
            return NotMeasurable(reason)
        control = _control(bill, change, costs)
    except (MixedCurrenciesError, MetricUnavailableError) as error:
        return NotMeasurable(str(error))
    return measure(
        bill.by_day(costs),
        implemented_on=change.implemented_on,
        control=control,
        usage=_usage(bill, change, costs),
    )


@dataclass(frozen=True, slots=True)
class _Bill:
    """The bill on the days around a change."""

    space: Workspace
    scope: Scope
    progress: Progress

    def knows(self, dimension: str) -> bool:
        """Whether charges can be told apart by it."""
        return dimension in self.space.source.dimensions

    def costs(self, *where: Condition) -> Costs:
        """The costs that meet all conditions, by day and service."""
        scope = replace(self.scope, where=where)
        keys = [SERVICE] if self.knows(SERVICE) else []
        return self.space.cost_by(
            scope, *keys, granularity="day", progress=self.progress
        )

    def by_day(self, costs: Costs, metric: Metric | None = None) -> pd.Series[float]:
        """The cost of every day: nothing where nothing was charged."""
        period = self.scope.period
        days = pd.date_range(period.start, period.last_day, tz="UTC")
        daily = daily_cost(costs.table, metric or self.scope.metric)
        return daily.reindex(days, fill_value=0.0)


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


def _narrowest(
    known: Sequence[str], change: Change
) -> tuple[Condition, ...] | NotMeasurable:
    """What to look for, as narrowly as the bill and the change tell."""
    account = _account(known, change)
    if change.resource_id and RESOURCE in known:
        resource = Condition(RESOURCE, _spellings(change.resource_id))
        return (resource, *_condition(known, USAGE_TYPE, change.usage_type))
    for dimension, value in (
        (USAGE_TYPE, change.usage_type),
        (SERVICE, change.service),
    ):
        if found := _condition(known, dimension, value):
            return (*found, *account)
    return NotMeasurable("It names no resource, usage type or service of the bill.")


def _account(known: Iterable[str], change: Change) -> tuple[Condition, ...]:
    by_id = _condition(known, "SubAccountId", change.account_id)
    return by_id or _condition(known, "SubAccountName", change.account)


def _condition(
    known: Iterable[str], dimension: str, value: str | None
) -> tuple[Condition, ...]:
    return (Condition(dimension, (value,)),) if value and dimension in known else ()


def _spellings(resource_id: str) -> tuple[str, ...]:
    """`resource_id`, and what EC2 itself calls it where that is another name."""
    return tuple(dict.fromkeys((resource_id, plain_id(resource_id))))


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


def _usage(bill: _Bill, change: Change, costs: Costs) -> pd.Series[float] | None:
    """What was used, at public prices; None where the change was no purchase.

    A commitment lowers what a unit costs, and public prices tell how many there
    were. Other changes lower the public price of what is used as well.
    """
    if change.action not in PURCHASES or bill.scope.metric == "ListCost":
        return None
    public = bill.by_day(costs, "ListCost")
    return None if public.isna().any() else public


def _control(bill: _Bill, change: Change, costs: Costs) -> pd.Series[float] | None:
    """The cost of the same service where nothing was changed; None for none."""
    if not bill.knows(SERVICE):
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
        names = (name for other in change.others for name in _spellings(other))
        rest -= bill.by_day(bill.costs(service, Condition(RESOURCE, tuple(names))))
    return rest if rest.sum() > 0 else None
