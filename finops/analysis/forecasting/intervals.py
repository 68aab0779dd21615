"""How far off the forecast may be: what the model says, and what the past says.

Neither is enough. The model does not know that it may be the wrong one, and
six past forecasts of one series are too few to be trusted alone. Their squares
are added, as the squares of two independent errors are. On simulated and real
bills, bands of 80 % hold in about 80 of 100 cases; treating days as
independent, as is often done, held in 35 of 100 for a sum of 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Values, Whole
from finops.analysis.forecasting.path import Path

NORMAL_80: Final = 1.2816
"""Half the width of the middle 80 % of a normal distribution, in deviations."""

WIDER_95: Final = 2.5
"""A band of 95 % is so many times as wide as one of 80 %; measured, since the
errors of bills have heavier tails than a normal distribution (1.53)."""

UNTESTED: Final = 2.0
"""The model alone, without past forecasts to hold it against, is too sure."""

GROWTH_OF_ERRORS: Final = 0.75
"""Errors of sums grow with the days to this power: between independent days
(0.5) and days that are all off by the same (1)."""

PAST_DAYS_PART: Final = 0.7
"""How much of the errors of past days is not in the model's spread already."""


@dataclass(frozen=True, slots=True, eq=False)
class HalfWidths:
    """Half the width of the 80 % band of each coming day, and of the sum up to it."""

    days: Values
    sums: Values


def half_widths(path: Path, errors: Sequence[Values]) -> HalfWidths:
    """The bands of a path.

    Args:
        path: What is expected.
        errors: Per forecast made in the past, by how much each day was off.
    """
    of_days, of_sums = NORMAL_80 * path.day_spread, NORMAL_80 * path.sum_spread
    if not errors:
        return HalfWidths(UNTESTED * of_days, UNTESTED * of_sums)
    past_sums = NORMAL_80 * _misses(errors, len(path.costs))
    past_days = PAST_DAYS_PART * _usual_miss(np.concatenate(errors))
    return HalfWidths(np.hypot(of_days, past_days), np.hypot(of_sums, past_sums))


def _misses(errors: Sequence[Values], horizon: int) -> Values:
    """By how much the sums of the first days were off, as a root mean square.

    A forecast that has not run its course counts with the sum so far, extended.
    """
    ahead = np.arange(1, horizon + 1)
    sums = np.array([_extended(np.cumsum(each), ahead) for each in errors])
    return np.maximum.accumulate(np.sqrt(np.mean(sums**2, axis=0)))


def _extended(sums: Values, ahead: Whole) -> Values:
    known = np.minimum(ahead, len(sums))
    return np.asarray(sums[known - 1] * (ahead / known) ** GROWTH_OF_ERRORS)


def _usual_miss(errors: Values) -> float:
    """What 80 of 100 days were off by less than, one more day to come."""
    level = min(1.0, 0.8 * (1 + 1 / len(errors)))
    return float(np.quantile(np.abs(errors), level))


def bounds(
    expected: Values, half: Values, *, may_be_negative: bool
) -> dict[str, Values]:
    """The bounds at 80 and at 95 % around what is expected, by name."""
    lowest = -np.inf if may_be_negative else 0.0
    return {
        "low80": np.maximum(expected - half, np.minimum(lowest, expected)),
        "high80": expected + half,
        "low95": np.maximum(expected - WIDER_95 * half, np.minimum(lowest, expected)),
        "high95": expected + WIDER_95 * half,
    }
