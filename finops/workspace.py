"""What the app can do, for whichever front door asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pandas as pd

from finops.analysis import allocation, variance
from finops.analysis.allocation import ACCOUNT_KEYS, AccountCost, TagCoverage
from finops.analysis.cost_table import currency_of, require_metric, with_null_columns
from finops.analysis.insights import Insight, insights
from finops.analysis.variance import Variance
from finops.errors import InsufficientHistoryError
from finops.focus import (
    DATE_COLUMN,
    TAG_PREFIX,
    Charges,
    Condition,
    CostQuery,
    Costs,
    Granularity,
    Metric,
)
from finops.periods import DAY, ChargePeriod, Preset, preset_period
from finops.settings import Settings
from finops.sources import CostSource, Progress, in_silence
from finops.sources.demo import DemoSource

DEFAULT_PRESET: Preset = "30 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a figure counts; it stands beside every figure.

    Attributes:
        where: Which part of the bill; empty for all of it.
    """

    period: ChargePeriod
    metric: Metric = "EffectiveCost"
    charges: Charges = "usage"
    where: tuple[Condition, ...] = ()

    def query(self, *group_by: str, granularity: Granularity = "total") -> CostQuery:
        """The question that asks for this scope's costs."""
        return CostQuery(
            period=self.period,
            granularity=granularity,
            group_by=group_by,
            where=self.where,
            charges=self.charges,
        )

    def narrowed(self, dimension: str, *values: str | None) -> Scope:
        """This scope, further cut down to some values of a dimension."""
        return replace(self, where=(*self.where, Condition(dimension, values)))


@dataclass(frozen=True, slots=True, eq=False)
class AccountsSummary:
    """The costs of all accounts side by side, and what stands out.

    Attributes:
        total: The cost of the accounts that were read.
        before: What they cost in the like-for-like period before; None where
            the source does not reach back that far.
        costs: The answer it was made from, with who is missing.
    """

    scope: Scope
    currency: str
    total: float
    before: float | None
    accounts: tuple[AccountCost, ...]
    insights: tuple[Insight, ...]
    costs: Costs = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What moved between two equally long periods, and who is missing."""

    scope: Scope
    currency: str
    variance: Variance
    costs: Costs = field(repr=False)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One cost source, on one day."""

    source: CostSource
    today: date

    @property
    def extent(self) -> ChargePeriod:
        """The days that the source knows, complete ones only."""
        return self.source.extent

    @property
    def as_of(self) -> date:
        """The last day that figures speak of: complete, and not in the future."""
        return min(self.today, self.extent.last_day)

    def period(self, preset: Preset = DEFAULT_PRESET) -> ChargePeriod:
        """The days that a preset stands for, as of the last complete day."""
        return preset_period(preset, as_of=self.as_of)

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The source's own answer to `query`."""
        return self.source.costs(query, progress=progress)

    def cost_by(
        self,
        scope: Scope,
        *dimensions: str,
        granularity: Granularity = "total",
        progress: Progress = in_silence,
    ) -> Costs:
        """The costs of `scope`, per combination of `dimensions`.

        Raises:
            MixedCurrenciesError: If the costs are in two currencies.
            MetricUnavailableError: If the source does not know the metric.
        """
        query = scope.query(*dimensions, granularity=granularity)
        costs = self.costs(query, progress=progress)
        if "BillingCurrency" not in dimensions:
            currency_of(costs.table)
        require_metric(costs.table, scope.metric, source=self.source.name)
        return costs

    def accounts_summary(
        self, scope: Scope, *, progress: Progress = in_silence
    ) -> AccountsSummary:
        """Each account's cost in `scope`, and what stands out between them.

        Raises:
            MixedCurrenciesError: If the costs are in two currencies.
            MetricUnavailableError: If the source does not know the metric.
        """
        sides = self._sides(scope, [*ACCOUNT_KEYS, "ServiceName"], progress=progress)
        found = allocation.accounts(sides.after, scope.metric, sides.costs.problems)
        growth = sides.compared(by=ACCOUNT_KEYS)
        return AccountsSummary(
            scope=scope,
            currency=currency_of(sides.after),
            total=float(sides.after[scope.metric].sum()),
            before=growth.before if growth else None,
            accounts=tuple(found),
            insights=tuple(insights(found, sides.after, scope.metric, growth)),
            costs=sides.costs,
        )

    def changes(
        self,
        scope: Scope,
        *by: str,
        before: ChargePeriod | None = None,
        progress: Progress = in_silence,
    ) -> Changes:
        """What moved per combination of `by`, against an equally long period.

        That is the like-for-like period before the scope's own, unless
        `before` names another.

        Raises:
            ConfigurationError: If `before` is not as long as the scope's period.
            InsufficientHistoryError: If the source does not reach that far back.
        """
        sides = self._sides(scope, by, before=before, progress=progress)
        moved = sides.compared(by=by)
        if moved is None:
            needed = (self.as_of - sides.before_period.start).days + 1
            raise InsufficientHistoryError(needed=needed, found=self.extent.days)
        return Changes(scope, currency_of(sides.after), moved, sides.costs)

    def tag_coverage(self, scope: Scope) -> list[TagCoverage]:
        """How much of the cost carries each tag that the source knows."""
        tags = [name for name in self.source.dimensions if name.startswith(TAG_PREFIX)]
        tables = {tag: self.cost_by(scope, tag).table for tag in tags}
        return allocation.tag_coverage(tables, scope.metric)

    def _sides(
        self,
        scope: Scope,
        by: Sequence[str],
        *,
        before: ChargePeriod | None = None,
        progress: Progress = in_silence,
    ) -> _Sides:
        """The costs of `scope` and of the period before it, by the same keys."""
        earlier = before or scope.period.before()
        keys = [key for key in by if key in self.source.dimensions]
        reached = earlier.start >= self.extent.start
        if reached and self.source.restated_days:
            # A request to a live source is paid for: one answers both periods.
            both = replace(scope, period=_span(earlier, scope.period))
            costs = self.cost_by(both, *keys, granularity="day", progress=progress)
            tables = {p: _days_in(costs.table, p) for p in (earlier, scope.period)}
        else:
            costs = self.cost_by(scope, *keys, progress=progress)
            tables = {scope.period: costs.table}
            if reached:
                tables[earlier] = self.cost_by(
                    replace(scope, period=earlier), *keys
                ).table
        complete = {p: with_null_columns(t, by) for p, t in tables.items()}
        return _Sides(
            scope, earlier, complete.get(earlier), complete[scope.period], costs
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """Two periods of one scope; `before` is None where the source lacks it."""

    scope: Scope
    before_period: ChargePeriod
    before: pd.DataFrame | None
    after: pd.DataFrame
    costs: Costs

    def compared(self, *, by: Sequence[str]) -> Variance | None:
        """What moved; None where there is nothing to compare with."""
        if self.before is None:
            return None
        return variance.compare(
            (self.before_period, self.before),
            (self.scope.period, self.after),
            by=by,
            metric=self.scope.metric,
        )


def _span(first: ChargePeriod, second: ChargePeriod) -> ChargePeriod:
    return ChargePeriod(min(first.start, second.start), max(first.end, second.end))


def _days_in(table: pd.DataFrame, period: ChargePeriod) -> pd.DataFrame:
    start, end = (pd.Timestamp(day, tz="UTC") for day in (period.start, period.end))
    return table[table[DATE_COLUMN].between(start, end, inclusive="left")]


def open_workspace(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    as_of: date | None = None,
    refresh: bool = False,
) -> Workspace:
    """The workspace that `settings` describe.

    Args:
        settings: How this installation is set up.
        now: The time in UTC.
        as_of: The day to speak of instead of the last complete one.
        refresh: Whether to read again what is cached.
    """
    source = open_source(settings, now=now, as_of=as_of, refresh=refresh)
    return Workspace(source, as_of or now().date())


def open_source(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    as_of: date | None = None,
    refresh: bool = False,
) -> CostSource:
    """The source that `settings` name; each is imported only when it is asked for."""
    del refresh
    match settings.kind:
        case "demo":
            return DemoSource(as_of + DAY if as_of else now().date())
        case _:
            raise NotImplementedError(settings.kind)
