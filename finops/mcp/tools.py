"""The questions that a client may ask: costs, changes, forecast, budgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from finops.analysis.cost_table import currency_of
from finops.focus import Charges, Costs, dimension_named
from finops.mcp.answers import (
    Bounds,
    BudgetAnswer,
    BudgetRow,
    ChangeAnswer,
    ChangeRow,
    CostAnswer,
    CostRow,
    Counted,
    DataStatus,
    ForecastAnswer,
    Missing,
    cents,
    known_cents,
    period_of,
)
from finops.settings import Settings
from finops.workspace import Scope, Workspace
from finops.workspace.budgets import budgets_of
from finops.workspace.checks import checkup
from finops.workspace.forecasts import forecast

GroupBy = Literal["account", "service", "region", "usage_type", "resource", "tag"]
"""What costs can be grouped by; `tag` needs a key."""

TagKey = Annotated[str, Field(description="The key, where group_by is tag.")]

Top = Annotated[int, Field(ge=1, le=50, description="How many rows at the most.")]

FirstDay = Annotated[date, Field(description="The first day, such as 2026-11-01.")]

LastDay = Annotated[date, Field(description="The last day; it is counted too.")]

Days = Annotated[int, Field(ge=7, le=90, description="How many days to look ahead.")]

RECENT: Final = 30


@dataclass(frozen=True, slots=True)
class Tools:
    """Each method is a tool: typed, read-only, with its rows capped.

    Attributes:
        space: The workspace as of today.
    """

    space: Callable[[], Workspace]
    settings: Settings

    def data_status(self) -> DataStatus:
        """Where the costs come from, which days are known, and what to group by."""
        space = self.space()
        return DataStatus(
            source=space.source.name,
            first_day=space.extent.start,
            last_complete_day=space.as_of,
            group_by=list(space.source.dimensions),
        )

    def costs(
        self,
        group_by: GroupBy,
        start: FirstDay,
        end_inclusive: LastDay,
        *,
        tag_key: TagKey = "",
        charges: Charges = "usage",
        top: Top = 10,
    ) -> CostAnswer:
        """What was spent in some days, by one dimension, the largest first.

        The total is that of all rows, also of those left out.
        """
        space = self.space()
        scope = self._scope(start, end_inclusive, charges)
        dimension = _dimension(group_by, tag_key)
        found = space.cost_by(scope, dimension)
        largest = found.table.sort_values(scope.metric, ascending=False)
        rows = [
            CostRow(id=f"costs.{place}", value=_text(value), cost=known_cents(cost))
            for place, (value, cost) in enumerate(
                zip(largest[dimension], largest[scope.metric], strict=True)
            )
        ]
        return CostAnswer(
            counted=self._counted(scope, currency_of(found.table), found),
            group_by=dimension,
            total=cents(float(largest[scope.metric].sum())),
            rows=rows[:top],
            rows_left_out=max(len(rows) - top, 0),
        )

    def compare(
        self,
        group_by: GroupBy,
        start: FirstDay,
        end_inclusive: LastDay,
        *,
        tag_key: TagKey = "",
        top: Top = 10,
    ) -> ChangeAnswer:
        """What moved against the equally long period before, the largest move first."""
        scope = self._scope(start, end_inclusive)
        dimension = _dimension(group_by, tag_key)
        found = self.space().changes(scope, dimension)
        moved = found.variance
        rows = [
            ChangeRow(
                id=f"changes.{place}",
                value=_text(value),
                before=cents(before),
                after=cents(after),
                change=cents(change),
            )
            for place, (value, before, after, change) in enumerate(
                moved.rows[[dimension, "before", "after", "change"]].itertuples(
                    index=False
                )
            )
        ]
        return ChangeAnswer(
            counted=self._counted(scope, found.currency, found.costs),
            before_start=moved.before_period.start,
            before_end_inclusive=moved.before_period.last_day,
            group_by=dimension,
            before=cents(moved.before),
            after=cents(moved.after),
            change=cents(moved.change),
            rows=rows[:top],
            rows_left_out=max(len(rows) - top, 0),
        )

    def forecast(self, days: Days = 30) -> ForecastAnswer:
        """What the coming days cost, with the interval of the sum and the confidence."""
        ahead = forecast(self.space(), self._recent(), days=days)
        found = ahead.forecast
        return ForecastAnswer(
            counted=self._counted(ahead.scope, ahead.currency, ahead.costs),
            first_day=ahead.period.start,
            last_day=ahead.period.last_day,
            total=cents(found.total),
            in_80_of_100_cases=_bounds(found.interval80.low, found.interval80.high),
            in_95_of_100_cases=_bounds(found.interval95.low, found.interval95.high),
            daily_average=cents(found.daily_average),
            monthly_run_rate=cents(found.monthly_run_rate),
            trend=found.trend,
            trend_percent=found.trend_percent,
            volatility_percent=found.volatility_percent,
            confidence=found.confidence.level,
            confidence_reason=found.confidence.reason,
            assumptions=list(found.assumptions),
        )

    def budgets(self) -> BudgetAnswer:
        """Whether each budget holds until the end of the month, and when it breaks."""
        scope = self._recent()
        found = checkup(self.space(), scope, budgets_of(self.settings))
        judged = [
            each
            for each in found.findings
            if each.check == "budget" and "limit" in each.facts
        ]
        return BudgetAnswer(
            counted=self._counted(scope, currency_of(found.costs.table), found.costs),
            budgets=[
                BudgetRow(
                    id=f"budgets.{place}",
                    budget=each.subject,
                    limit=cents(each.facts["limit"]),
                    projected=cents(each.facts["projected"]),
                    overage=cents(each.facts["overage"]),
                    severity=each.severity,
                    breach_date=each.facts["breach_date"],
                    probability=each.facts["probability"],
                    text=each.text,
                )
                for place, each in enumerate(judged)
            ],
            not_checked=[Missing.of(problem) for problem in found.failed],
        )

    def _recent(self) -> Scope:
        return Scope(period=self.space().period(), metric=self.settings.metric)

    def _scope(
        self, start: date, end_inclusive: date, charges: Charges = "usage"
    ) -> Scope:
        period = self.space().known(period_of(start, end_inclusive))
        return Scope(period=period, metric=self.settings.metric, charges=charges)

    def _counted(self, scope: Scope, currency: str, costs: Costs) -> Counted:
        return Counted.of(self.space().source.name, scope, currency, costs)


def _dimension(group_by: GroupBy, tag_key: str) -> str:
    return dimension_named(f"tag/{tag_key}" if group_by == "tag" else group_by)


def _bounds(low: float, high: float) -> Bounds:
    return Bounds(low=cents(low), high=cents(high))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
