"""What the app can do, for whichever front door asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from finops import formats
from finops.analysis import allocation
from finops.analysis.allocation import (
    ACCOUNT_KEYS,
    TagCoverage,
)
from finops.analysis.cost_table import (
    currency_of,
    days_in,
    regroup,
    require_metric,
)
from finops.analysis.insights import insights
from finops.analysis.sides import Sides
from finops.errors import PeriodUnavailableError
from finops.focus import (
    METRIC_NAMES,
    TAG_PREFIX,
    CostQuery,
    Costs,
    Granularity,
)
from finops.periods import DAY, ChargePeriod, Preset, preset_period
from finops.sources import CostSource, Progress, in_silence
from finops.workspace.answers import AccountsSummary, Changes
from finops.workspace.scope import Scope

DEFAULT_PRESET: Preset = "30 days"


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
        """The known days that a preset stands for, as of the last complete day.

        Raises:
            PeriodUnavailableError: If the source knows none of them.
        """
        return self.known(preset_period(preset, as_of=self.as_of))

    def known(self, period: ChargePeriod) -> ChargePeriod:
        """The complete days of `period` that the source knows.

        Figures speak of these alone: a day that is not known is not a day
        without cost.

        Raises:
            PeriodUnavailableError: If the source knows none of them.
        """
        if self.as_of >= self.extent.start:
            complete = ChargePeriod(self.extent.start, self.as_of + DAY)
            if shared := period.overlap(complete):
                return shared
        msg = f"{self.source.name} knows nothing of {formats.days(period)}."
        raise PeriodUnavailableError(msg, hint=self._what_is_known())

    def _what_is_known(self) -> str:
        return f"It knows {formats.days(self.extent)}."

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
            PeriodUnavailableError: If the source knows none of the days.
            MixedCurrenciesError: If the costs are in two currencies.
            MetricUnavailableError: If the source does not know the metric.
        """
        self.known(scope.period)
        query = scope.query(*dimensions, granularity=granularity)
        costs = self.costs(query, progress=progress)
        if "BillingCurrency" not in dimensions:
            currency_of(costs.table)
        require_metric(costs.table, scope.metric, source=self.source.name)
        unknown = costs.table[scope.metric].isna().any()
        if unknown or scope.metric in costs.partly_known:
            note = (
                f"The {METRIC_NAMES[scope.metric].lower()} of some charges is unknown."
            )
            return replace(costs, notes=(*costs.notes, f"{note} Totals lack it."))
        return costs

    def accounts_summary(
        self, scope: Scope, *, progress: Progress = in_silence
    ) -> AccountsSummary:
        """Each account's cost in `scope`, and what stands out between them.

        Raises:
            MixedCurrenciesError: If the costs are in two currencies.
            MetricUnavailableError: If the source does not know the metric.
        """
        keys = [*ACCOUNT_KEYS, "ServiceName"]
        known = [key for key in keys if key in self.source.dimensions]
        sides = self._sides(scope, known, progress=progress).with_columns(keys)
        found = allocation.accounts(sides.after, scope.metric, sides.costs.problems)
        growth = sides.compared(ACCOUNT_KEYS, scope.metric)
        return AccountsSummary(
            scope=scope,
            currency=sides.currency,
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
            DimensionUnavailableError: If the source cannot group by one of `by`.
            PeriodUnavailableError: If the source does not know all of both.
        """
        sides = self._sides(scope, by, before=before, progress=progress)
        moved = sides.compared(by, scope.metric)
        if moved is None:
            msg = (
                f"{self.source.name} does not know all days of "
                f"{formats.days(sides.before_period)} and "
                f"{formats.days(scope.period)}."
            )
            hint = f"{self._what_is_known()} Choose a shorter period."
            raise PeriodUnavailableError(msg, hint=hint)
        return Changes(scope, sides.currency, moved, sides.costs)

    def tag_coverage(
        self, scope: Scope, *, progress: Progress = in_silence
    ) -> list[TagCoverage]:
        """How much of the cost carries each tag that the source knows."""
        tags = [name for name in self.source.dimensions if name.startswith(TAG_PREFIX)]
        tables = {
            tag: self.cost_by(scope, tag, progress=progress).table for tag in tags
        }
        return allocation.tag_coverage(tables, scope.metric)

    def _sides(
        self,
        scope: Scope,
        by: Sequence[str],
        *,
        before: ChargePeriod | None = None,
        progress: Progress = in_silence,
    ) -> Sides:
        """The costs of `scope` and of the period before it, by the same keys."""
        earlier = before or scope.period.before()
        sides = partial(Sides, earlier, scope.period)
        if not all(p.overlap(self.extent) == p for p in (earlier, scope.period)):
            costs = self.cost_by(scope, *by, progress=progress)
            return sides(None, costs.table, costs)
        if self.source.restated_days:
            # A request to a live source is paid for: one answers both periods.
            both = replace(scope, period=_span(earlier, scope.period))
            costs = self.cost_by(both, *by, granularity="day", progress=progress)
            past, present = (
                regroup(days_in(costs.table, period), scope.query(*by))
                for period in (earlier, scope.period)
            )
            return sides(past, present, costs)
        costs = self.cost_by(scope, *by, progress=progress)
        past_costs = self.cost_by(replace(scope, period=earlier), *by)
        like_for_like = past_costs.problems == costs.problems
        return sides(past_costs.table if like_for_like else None, costs.table, costs)


def _span(first: ChargePeriod, second: ChargePeriod) -> ChargePeriod:
    return ChargePeriod(min(first.start, second.start), max(first.end, second.end))
