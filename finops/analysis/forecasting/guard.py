"""The mean of the coming days stays near that of the last weeks.

Trends that are real rarely move a month by more than this, and estimated ones
often do.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Values

FARTHEST: Final = 0.15
"""How far the mean may leave the range of the last week's and month's mean."""

LONG: Final = 4 * WEEK


def guarded(path: Values, costs: Values) -> Values:
    """`path`, shifted as a whole if its mean is out of range."""
    means = [float(costs[-days:].mean()) for days in (WEEK, LONG)]
    lowest = min(means) - FARTHEST * abs(min(means))
    highest = max(means) + FARTHEST * abs(max(means))
    mean = float(path.mean())
    return path + (float(np.clip(mean, lowest, highest)) - mean)
