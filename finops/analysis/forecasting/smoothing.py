"""The level of a series after each of its days (exponential smoothing; Brown, 1956)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Values

SMOOTHING_BOUNDS: Final = (0.01, 1.0)
"""Of the weight of the newest day."""

LEAST_DAYS: Final = 2 * WEEK
"""With fewer days there is nothing to estimate the weight from."""

USUAL_SMOOTHING: Final = 0.3
"""Where the costs do not tell: they are few, or do not move."""

LEAST_MOVEMENT: Final = 1e-6
"""Of the level: costs that move less are flat."""


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """A series, smoothed: `levels` after each day, and the weight of a new day."""

    levels: Values
    weight: float


def smooth(costs: Values) -> Smoothed:
    """Exponential smoothing, whose weight statsmodels estimates."""
    # It takes a second to load, which `--help` should not wait for.
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing  # noqa: PLC0415

    weight, deviation = USUAL_SMOOTHING, float(np.std(costs))
    moves = deviation > LEAST_MOVEMENT * float(np.mean(np.abs(costs)))
    if moves and len(costs) >= LEAST_DAYS:
        model = SimpleExpSmoothing(costs / deviation, initialization_method="heuristic")
        with warnings.catch_warnings():
            # A likelihood that is flat near its top has a good top all the same.
            warnings.simplefilter("ignore", ConvergenceWarning)
            # The default method hands this problem of one number to all cores.
            fit = model.fit(method="SLSQP")
        weight = float(fit.params["smoothing_level"])
    weight = min(max(weight, SMOOTHING_BOUNDS[0]), SMOOTHING_BOUNDS[1])
    start = float(costs[:WEEK].mean())
    steps = accumulate(
        costs, lambda level, cost: level + weight * (cost - level), initial=start
    )
    return Smoothed(np.array(list(steps)[1:]), weight)
