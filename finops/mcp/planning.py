"""The tools about what comes: the forecast and the budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from finops.analysis.cost_table import currency_of
from finops.mcp.answers import (
    Bounds,
    BudgetAnswer,
    BudgetRow,
    ForecastAnswer,
    Missing,
    cents,
)
from finops.mcp.desk import Desk
from finops.workspace.budgets import budgets_of
from finops.workspace.checks import checkup
from finops.workspace.forecasts import forecast

Days = Annotated[int, Field(ge=7, le=90, description="How many days to look ahead.")]


@dataclass(frozen=True, slots=True)
class PlanningTools:
    """What will be spent, and whether the money lasts."""

    desk: Desk

    def forecast(self, days: Days = 30) -> ForecastAnswer:
        """What the coming days cost, with the interval of the sum and the confidence."""
        ahead = forecast(self.desk.space, self.desk.recent(), days=days)
        found = ahead.forecast
        return ForecastAnswer(
            counted=self.desk.counted(ahead.scope, ahead.currency, ahead.costs),
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
        scope = self.desk.recent()
        found = checkup(self.desk.space, scope, budgets_of(self.desk.settings))
        judged = [
            each
            for each in found.findings
            if each.check == "budget" and "limit" in each.facts
        ]
        return BudgetAnswer(
            counted=self.desk.counted(
                scope, currency_of(found.costs.table), found.costs
            ),
            budgets=[
                BudgetRow(
                    id=f"budgets.{place}",
                    budget=each.subject,
                    limit=cents(each.facts["limit"]),
                    projected=cents(each.facts["projected"]),
                    overage=_cents(each.facts["overage"]),
                    severity=each.severity,
                    breach_date=each.facts["breach_date"],
                    probability=each.facts["probability"],
                    text=each.text,
                )
                for place, each in enumerate(judged)
            ],
            not_checked=[Missing.of(problem) for problem in found.failed],
        )


def _cents(amount: float | None) -> float | None:
    return None if amount is None else cents(amount)


def _bounds(low: float, high: float) -> Bounds:
    return Bounds(low=cents(low), high=cents(high))
