"""How far values stray, measured so that a few that stand out do not matter."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Values

SIGMA_PER_MAD: Final = 1.4826
"""Standard deviations per median absolute deviation of a normal sample."""

SIGMA_PER_MEAN_DEVIATION: Final = 1.2533
"""Standard deviations per mean absolute deviation of a normal sample."""

NEAREST: Final = (-7, 7, -14, 14, -21, 21, -28, 28)
"""Days of the same weekday, the nearest first."""

NEIGHBOURS: Final = 4
"""How many of them say what a day usually costs."""

NEXT_DAYS: Final = (-3, -2, -1, 1, 2, 3)
"""Who says it where there are too few weeks."""


def robust_deviation(values: Values) -> float:
    """A standard deviation that one large value cannot widen."""
    return SIGMA_PER_MAD * float(np.median(np.abs(values - np.median(values))))


def usual_costs(costs: Values) -> Values:
    """What each day would cost if it were like its weekday in the weeks around.

    The median of the four nearest days of the same weekday, the day itself left
    out, so that it cannot vouch for itself.
    """
    weekdays = _median_of_first(_at_offsets(costs, NEAREST), NEIGHBOURS)
    days = _median_of_first(_at_offsets(costs, NEXT_DAYS), len(NEXT_DAYS))
    lonely = np.isnan(_at_offsets(costs, NEAREST)).sum(axis=1) > len(NEAREST) - 2
    return np.where(lonely, days, weekdays)


def _at_offsets(costs: Values, offsets: tuple[int, ...]) -> Values:
    """Per day (row) the costs so many days away (columns); NaN outside."""
    days = np.arange(len(costs))[:, None] + np.array(offsets)
    outside = (days < 0) | (days >= len(costs))
    return np.where(outside, np.nan, costs[days.clip(0, len(costs) - 1)])


def _median_of_first(rows: Values, most: int) -> Values:
    """The median of the first `most` known values in each row."""
    rank = np.cumsum(~np.isnan(rows), axis=1)
    ordered = np.sort(np.where(rank > most, np.nan, rows), axis=1)
    count = rank[:, -1].clip(1, most)[:, None]
    middle = np.hstack([(count - 1) // 2, count // 2])
    medians: Values = np.take_along_axis(ordered, middle, axis=1).mean(axis=1)
    return medians
