"""How the method did on past days of the very series that it is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a sum is expected to lie."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether `value` lies in it."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class PastForecast:
    """What would have been said on a past day, and what came.

    Attributes:
        first_day: The first of the days that were summed.
        days: How many days have come to pass since.
        forecast: Their sum, as expected then.
        actual: Their sum, as it came.
        linear: Their sum, as the plain linear trend expected it then.
        interval80: From what was known then.
        interval95: Likewise.
    """

    first_day: date
    days: int
    forecast: float
    actual: float
    linear: float
    interval80: Interval
    interval95: Interval

    @property
    def error_percent(self) -> float | None:
        """How far off it was, in percent of what came; None where nothing came."""
        return _percent_off(self.forecast, self.actual)

    @property
    def linear_error_percent(self) -> float | None:
        """How far off the plain trend was, likewise."""
        return _percent_off(self.linear, self.actual)


@dataclass(frozen=True, slots=True)
class Record:
    """Forecasts that would have been made on past days, the oldest first."""

    forecasts: tuple[PastForecast, ...]

    @property
    def mean_error_percent(self) -> float | None:
        """How far off the sums were on average; None where nothing ever came."""
        return _mean([each.error_percent for each in self.forecasts])

    @property
    def linear_mean_error_percent(self) -> float | None:
        """How far off the plain linear trend was on the same days."""
        return _mean([each.linear_error_percent for each in self.forecasts])

    @property
    def held80(self) -> int:
        """How many of the 80 % intervals held what came."""
        return sum(each.interval80.holds(each.actual) for each in self.forecasts)

    @property
    def held95(self) -> int:
        """How many of the 95 % intervals held what came."""
        return sum(each.interval95.holds(each.actual) for each in self.forecasts)


def _percent_off(forecast: float, actual: float) -> float | None:
    return 100 * abs(forecast - actual) / abs(actual) if actual else None


def _mean(percents: Sequence[float | None]) -> float | None:
    known = [percent for percent in percents if percent is not None]
    return float(np.mean(known)) if known else None
