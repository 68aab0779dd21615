"""The last lasting step of a series: a launch, a migration, a rightsizing.

Days before it tell the weekly rhythm, yet not the level. They are moved to the
level after the step, where the step is one of degree, and dropped where what
was before it is another thing altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from finops.analysis.forecasting.daily_costs import WEEK, Values, Whole
from finops.analysis.forecasting.spread import robust_deviation, usual_costs

LEAST_DAYS: Final = 3 * WEEK
"""A week before the step, a week after it, and one to see the noise."""

LEAST_STEPS: Final = 5
"""Pairs of weeks that it takes to know how much weeks differ."""

SCORE: Final = 4.0
"""How many deviations of weekly medians a step must measure."""

SIZE: Final = 0.12
"""How much of the level before it a step must measure."""

MEDIAN_DEVIATION: Final = 1.7
"""Deviation of the difference of two medians, in those of the mean of one of them."""

NEARBY: Final = 2
"""Candidates as many days apart belong to one step."""

COMPARED: Final = 2 * WEEK
"""Days on each side that say how large the step is."""

SAME_KIND: Final = (1 / 3, 3.0)
"""Within these ratios, the days before are the same thing at another level."""

SMALL: Final = 0.1
"""Of a usual day: steps from less than this are measured against this."""


@dataclass(frozen=True, slots=True)
class LevelShift:
    """A lasting step.

    Attributes:
        position: The first day after it.
        ratio: The level after it as a multiple of that before; None where the
            one cannot be expressed by the other.
    """

    position: int
    ratio: float | None


def find_shift(costs: Values) -> LevelShift | None:
    """The last step of the series, if it has one.

    The medians of the week before and the week after each day are compared;
    both hold every weekday once, so that the weekly rhythm cancels out.
    """
    if len(costs) < LEAST_DAYS:
        return None
    weeks = np.median(sliding_window_view(costs, WEEK), axis=1)
    before, after = weeks[:-WEEK], weeks[WEEK:]
    steps = after - before
    if len(steps) < LEAST_STEPS:
        return None
    level = np.maximum(np.abs(before), SMALL * float(np.median(np.abs(costs))))
    candidates = np.flatnonzero(
        (np.abs(steps) > SCORE * _noise(costs, steps)) & (np.abs(steps) > SIZE * level)
    )
    if not len(candidates):
        return None
    position = _sharpest(costs, _last_run(candidates)) + WEEK
    return LevelShift(position, _ratio(costs, position))


def aligned(costs: Values, shift: LevelShift) -> Values:
    """The costs as if they had always been at the level after the shift.

    May be shorter: where the days before cannot be moved, they are dropped, if
    a week is left.
    """
    if shift.ratio is not None:
        moved = costs.copy()
        moved[: shift.position] *= shift.ratio
        return moved
    after = costs[shift.position :]
    return after if len(after) >= WEEK else costs


def _noise(costs: Values, steps: Values) -> float:
    """How much the medians of two weeks differ where there is no step."""
    of_days = robust_deviation(costs - usual_costs(costs))
    of_weeks = max(of_days * MEDIAN_DEVIATION / np.sqrt(WEEK), 1e-9)
    return float(max(min(robust_deviation(steps), 3 * of_weeks), of_weeks))


def _last_run(candidates: Whole) -> Whole:
    """The last of the groups of candidates that lie close together."""
    breaks = np.flatnonzero(np.diff(candidates) > NEARBY)
    return candidates[breaks[-1] + 1 :] if len(breaks) else candidates


def _sharpest(costs: Values, run: Whole) -> int:
    """Where the step is largest between means, which medians see days too early."""
    means = sliding_window_view(costs, WEEK).mean(axis=1)
    steps = np.abs(means[WEEK:] - means[:-WEEK])
    return int(run[np.argmax(steps[run])])


def _ratio(costs: Values, position: int) -> float | None:
    """The level after the step by that before it; whole weeks, the newest of them."""
    after = costs[position : position + COMPARED]
    whole_weeks = max(WEEK, len(after) // WEEK * WEEK)
    after = after[-whole_weeks:]
    before = costs[max(0, position - COMPARED) : position][-len(after) :]
    is_, was = float(np.median(after)), float(np.median(before))
    if is_ <= 0 or was <= 0:
        return None
    lowest, highest = SAME_KIND
    return is_ / was if lowest <= is_ / was <= highest else None
