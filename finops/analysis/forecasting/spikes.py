"""Days that stand out for once: a load test, a forgotten cluster, a restored backup.

They do not come again, and a model that believes them is too high for weeks.
Medians tell them from noise, which they cannot shift (Hampel, 1974).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Mask, Values
from finops.analysis.forecasting.spread import robust_deviation, usual_costs

LEAST_DAYS: Final = 15
"""With fewer days nobody can say what is usual."""

STANDING_OUT: Final = 5.0
"""Robust deviations from its weekday that make a spike."""

LONGEST: Final = 3
"""Days in a row; what lasts longer is a new level."""

LEAST_DEVIATION: Final = 0.01
"""Of a usual day: less noise than this is luck."""


def without_spikes(costs: Values) -> tuple[Values, Mask]:
    """The costs with each spike replaced by what is usual, and which days those are.

    A run of days that reaches the end of the history is left: it may be the
    beginning of a new level.
    """
    if len(costs) < LEAST_DAYS:
        return costs, np.zeros(len(costs), dtype=np.bool_)
    usual = usual_costs(costs)
    strayed = costs - usual
    least = LEAST_DEVIATION * float(np.median(np.abs(costs)))
    limit = STANDING_OUT * max(robust_deviation(strayed), least)
    spiky = _short_runs(np.abs(strayed) > limit)
    return np.where(spiky, usual, costs), spiky


def _short_runs(marked: Mask) -> Mask:
    """Only those runs of marked days that are short, and over."""
    edges = np.flatnonzero(np.diff(marked.astype(np.int8), prepend=0, append=0))
    short = np.zeros_like(marked)
    for start, end in edges.reshape(-1, 2):
        if end - start <= LONGEST and end < len(marked):
            short[start:end] = True
    return short
