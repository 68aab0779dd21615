"""Trend and volatility: a forecast in two percentages."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import NOTHING, WEEK, Values
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.spread import robust_deviation, usual_costs

BASE_WEEKS: Final = 4
"""Weeks of the past that the coming ones are compared with."""

VOLATILITY_DAYS: Final = 56
"""Days of the past that tell how much a day strays."""

LEAST_DAYS: Final = 2 * WEEK
"""Fewer hold no weekday twice on each side."""


def trend_percent(path: Path) -> float | None:
    """By how much a coming day costs more than one of the last four weeks did.

    Whole weeks on both sides, so that no weekend counts twice; no fees and no
    spikes on either side, so that a first of the month makes no trend.
    """
    coming = _whole_weeks(path.costs - path.fees, len(path.costs))
    past = _whole_weeks(path.usual[::-1], BASE_WEEKS * WEEK)
    mean, base = float(coming.mean()), float(past.mean())
    if abs(base) < NOTHING:
        return 0.0 if abs(mean) < NOTHING else None
    return 100 * (mean - base) / abs(base)


def volatility_percent(path: Path) -> float | None:
    """By how much a day strays from what its weekday usually costs.

    Of a sparse series the plain standard deviation, since a robust one would
    not see the few days that matter.
    """
    recent = path.usual[-VOLATILITY_DAYS:]
    level = float(np.mean(np.abs(recent)))
    if level == 0:
        return None
    if path.kind == "sparse" or len(recent) < LEAST_DAYS:
        return 100 * float(np.std(recent)) / level
    return 100 * robust_deviation(recent - usual_costs(recent)) / level


def _whole_weeks(days: Values, most: int) -> Values:
    """The first days, as many whole weeks as there are; all, in less than one."""
    weeks = min(len(days), most) // WEEK * WEEK
    return days[: weeks or most]
