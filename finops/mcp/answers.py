"""What the tools answer, as typed values that a client can check."""

from __future__ import annotations

import math
from datetime import date
from typing import Final, Self

from pydantic import BaseModel

from finops.errors import Problem
from finops.focus import Costs
from finops.periods import DAY, ChargePeriod
from finops.workspace import Scope

CENTS: Final = 2


class Missing(BaseModel):
    """An account, or another part, that an answer lacks, with the reason."""

    account: str
    reason: str
    remedy: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """`problem` as a part of an answer."""
        return cls(account=problem.account, reason=problem.message, remedy=problem.hint)


class Counted(BaseModel):
    """What the figures of an answer count. Both days are in the period.

    Attributes:
        complete: Whether nothing is missing from the totals.
    """

    source: str
    metric: str
    charges: str
    currency: str
    start: date
    end_inclusive: date
    complete: bool
    missing: list[Missing]
    notes: list[str]

    @classmethod
    def of(cls, source: str, scope: Scope, currency: str, costs: Costs) -> Self:
        """What the figures of `scope` count."""
        return cls(
            source=source,
            metric=scope.metric,
            charges=scope.charges,
            currency=currency,
            start=scope.period.start,
            end_inclusive=scope.period.last_day,
            complete=costs.complete,
            missing=[Missing.of(problem) for problem in costs.problems],
            notes=list(costs.notes),
        )


class DataStatus(BaseModel):
    """What the source knows."""

    source: str
    first_day: date
    last_complete_day: date
    group_by: list[str]


class CostRow(BaseModel):
    """The cost of one value; the value is null for charges that carry none.

    A cost that the source does not know is null.
    """

    id: str
    value: str | None
    cost: float | None


class CostAnswer(BaseModel):
    """Costs by one dimension, the largest first. Do not add the rows: `total` is it."""

    counted: Counted
    group_by: str
    total: float
    rows: list[CostRow]
    rows_left_out: int


class ChangeRow(BaseModel):
    """What one value cost in two equally long periods."""

    id: str
    value: str | None
    before: float
    after: float
    change: float


class ChangeAnswer(BaseModel):
    """What moved, the largest move first."""

    counted: Counted
    before_start: date
    before_end_inclusive: date
    group_by: str
    before: float
    after: float
    change: float
    rows: list[ChangeRow]
    rows_left_out: int


class Bounds(BaseModel):
    """Where a sum lies in so many of 100 cases."""

    low: float
    high: float


class ForecastAnswer(BaseModel):
    """What the coming days cost; the interval is that of the sum."""

    counted: Counted
    first_day: date
    last_day: date
    total: float
    in_80_of_100_cases: Bounds
    in_95_of_100_cases: Bounds
    daily_average: float
    monthly_run_rate: float
    trend: str
    trend_percent: float | None
    volatility_percent: float | None
    confidence: str
    confidence_reason: str
    assumptions: list[str]


class BudgetRow(BaseModel):
    """Whether a budget holds until the end of the calendar month."""

    id: str
    budget: str
    limit: float
    projected: float
    overage: float | None
    severity: str
    breach_date: date | None
    probability: float | None
    text: str


class BudgetAnswer(BaseModel):
    """Every budget that is set; one that could not be judged is in `not_checked`."""

    counted: Counted
    budgets: list[BudgetRow]
    not_checked: list[Missing]


class AnomalyRow(BaseModel):
    """Days on which a service cost an account more, or less, than usual."""

    id: str
    account: str
    service: str
    start: date
    end_inclusive: date
    cost: float
    expected: float
    impact: float
    direction: str
    text: str


class AnomalyAnswer(BaseModel):
    """What left its usual cost, the newest first; only a rise is worth an alert."""

    counted: Counted
    anomalies: list[AnomalyRow]


class RecommendationRow(BaseModel):
    """One change that would lower the bill; null where the saving is unknown."""

    id: str
    kind: str
    action: str
    title: str
    account: str
    region: str | None
    resource_id: str | None
    savings_a_month: float | None
    risk: str
    effort: str
    status: str
    evidence: list[str]


class RecommendationAnswer(BaseModel):
    """What could be saved; the total counts what overlaps once."""

    counted: Counted
    total_a_month: float
    recommendations: list[RecommendationRow]
    rows_left_out: int


class ChangeFiles(BaseModel):
    """A change as files to review, by name."""

    id: str
    kind: str
    form: str
    action_class: str
    effect: str
    files: dict[str, str]


def cents(amount: float) -> float:
    """`amount` to the cent, and never minus nothing."""
    return round(amount, CENTS) or 0.0


def known_cents(amount: float) -> float | None:
    """`amount` to the cent; None where it is not known."""
    return None if math.isnan(amount) else cents(amount)


def period_of(start: date, end_inclusive: date) -> ChargePeriod:
    """The days from `start` to `end_inclusive`."""
    return ChargePeriod(start, end_inclusive + DAY)
