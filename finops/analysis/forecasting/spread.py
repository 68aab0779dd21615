"""How far values stray, measured so that a few that stand out do not matter."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Values, Whole

SIGMA_PER_MAD: Final = 1.4826
"""Standard deviations per median absolute deviation of a normal sample."""

SIGMA_PER_MEAN_DEVIATION: Final = 1.2533
"""Standard deviations per mean absolute deviation of a normal sample."""

NEAREST: Final = (-7, 7, -14, 14, -21, 21, -28, 28)
"""Days of the same weekday, the nearest first."""

NEIGHBOURS: Final = 4
"""How many of them say what a day usually costs."""

LEAST_NEIGHBOURS: Final = 2
"""With fewer of them, the days beside it say it."""

NEXT_DAYS: Final = (-3, -2, -1, 1, 2, 3)
"""The days beside it."""


def robust_deviation(values: Values) -> float:
    """A standard deviation that one large value cannot widen."""
    return SIGMA_PER_MAD * float(np.median(np.abs(values - np.median(values))))


def usual_costs(costs: Values) -> Values:
    """What each day would cost if it were like its weekday in the weeks around.

    The median of the four nearest days of the same weekday, the day itself left
    out, so that it cannot vouch for itself.
    """
    days = np.arange(len(costs))
    same_weekday = at_offsets(costs, days, NEAREST)
    known = (~np.isnan(same_weekday)).cumsum(axis=1)
    same_weekday[known > NEIGHBOURS] = np.nan
    beside = row_medians(at_offsets(costs, days, NEXT_DAYS))
    enough_weeks = known[:, -1] >= LEAST_NEIGHBOURS
    return np.where(enough_weeks, row_medians(same_weekday), beside)


def at_offsets(costs: Values, days: Whole, offsets: tuple[int, ...]) -> Values:
    """Per day (row) the costs so many days away (columns); NaN outside."""
    away = days[:, None] + np.array(offsets)
    outside = (away < 0) | (away >= len(costs))
    return np.where(outside, np.nan, costs[away.clip(0, len(costs) - 1)])


def row_medians(rows: Values) -> Values:
    """The median of the known values in each row; NaN where none is known.

    `numpy.nanmedian` does the same in a loop over the rows.
    """
    known = (~np.isnan(rows)).sum(axis=1).clip(1)[:, None]
    middle = np.hstack([(known - 1) // 2, known // 2])
    ordered = np.sort(rows, axis=1)
    medians: Values = np.take_along_axis(ordered, middle, axis=1).mean(axis=1)
    return medians
