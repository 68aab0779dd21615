"""Histories of less than four weeks: too few to choose between models."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Values
from finops.analysis.forecasting.members import Members, weekday_means
from finops.analysis.forecasting.smoothing import LEAST_DAYS

SHORT: Final = 28
"""With fewer days than this, nobody can tell which model is best."""


def short_path(members: Members, horizon: int) -> Values:
    """The coming days, from what little is known.

    The median in the first week; in the second the mean of the last seven days
    and of each weekday; then smoothing in place of the former.
    """
    costs = members.costs
    if len(costs) < WEEK:
        return np.full(horizon, np.median(costs))
    level = (
        costs[-WEEK:].mean() if len(costs) < LEAST_DAYS else members.smoothed.levels[-1]
    )
    return np.asarray((level + weekday_means(costs, horizon)) / 2)
