"""What a forecast is: days, sums, intervals, and the words that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from finops.analysis.forecasting.record import Interval, Record

Method = Literal["recipe", "linear"]
"""How the coming days are forecast; "linear" is the plain trend, to compare with."""

ConfidenceLevel = Literal["high", "medium", "low"]

Trend = Literal["increasing", "decreasing", "stable"]

MONTH_DAYS: Final = 30
"""A month of the monthly run rate."""

STABLE_PERCENT: Final = 2.0
"""A trend below this, up or down, is called stable."""

COLUMNS: Final = ("cost", "low80", "high80", "low95", "high95")
"""The columns of `Forecast.daily` and `Forecast.cumulative`."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far to trust a forecast, and why so far."""

    level: ConfidenceLevel
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What the coming days are expected to cost.

    Attributes:
        daily: Per coming day (UTC): `cost`, and the bounds within which the day
            is expected to stay in 80 and in 95 of 100 cases.
        cumulative: Likewise the sum from the first coming day up to each day.
        parts: Per coming day and part of the total: its cost; one column where
            the forecast has no parts.
        trend_percent: By how much a coming day costs more than a day of the
            last four weeks did, fees of the month's first days and one-off
            spikes aside on both sides, whole weeks on both sides; None where
            the last four weeks cost nothing.
        volatility_percent: By how much a day strays from what its weekday
            usually costs, as a robust standard deviation in percent of a usual
            day; None where a usual day costs nothing.
        assumptions: What the forecast rests on, in plain words.
        notes: What to know before one relies on it; empty where all is well.
        record: How the method did on past days; None where there are too few.
        history_days: How many days of the past it was made from.
        passed: Per day that has passed and is not trusted yet: what it was
            expected to cost.
    """

    daily: pd.DataFrame
    cumulative: pd.DataFrame
    parts: pd.DataFrame
    trend_percent: float | None
    volatility_percent: float | None
    confidence: Confidence
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    record: Record | None
    method: Method
    history_days: int
    passed: pd.Series[float]

    @property
    def days(self) -> int:
        """How many days ahead it reaches."""
        return len(self.daily)

    @property
    def total(self) -> float:
        """The sum of all coming days."""
        return float(self.daily["cost"].sum())

    @property
    def interval80(self) -> Interval:
        """Where the sum lies in 80 of 100 cases."""
        return self._interval("80")

    @property
    def interval95(self) -> Interval:
        """Where the sum lies in 95 of 100 cases."""
        return self._interval("95")

    @property
    def daily_average(self) -> float:
        """The mean cost of a coming day."""
        return self.total / self.days

    @property
    def monthly_run_rate(self) -> float:
        """What 30 days cost at the daily average."""
        return MONTH_DAYS * self.daily_average

    @property
    def trend(self) -> Trend:
        """Where the cost is going, in a word."""
        if self.trend_percent is None or abs(self.trend_percent) < STABLE_PERCENT:
            return "stable"
        return "increasing" if self.trend_percent > 0 else "decreasing"

    def _interval(self, level: str) -> Interval:
        last = self.cumulative.iloc[-1]
        return Interval(float(last[f"low{level}"]), float(last[f"high{level}"]))
