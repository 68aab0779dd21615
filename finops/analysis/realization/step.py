"""By how much did the level of a cost step down, and how sure is that?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from finops.analysis.forecasting.daily_costs import WEEK, Mask, Values
from finops.analysis.forecasting.spikes import without_spikes
from finops.analysis.realization.wandering import Days, effect
from finops.analysis.realization.window import Window

Z90: Final = 1.645
"""Standard errors to each side of a 90 % interval."""

WIDER: Final = 1.12
"""Levels jump as well as wander: with this the interval holds the truth in 9 of 10
simulated cases, and where costs were shaken too (make bench)."""

STEADY: Final = 0.005
"""Of the level: what varies by less was the same every day."""

BESIDE: Final = 28
"""Days on each side of the change that tell how the two sides lie."""


@dataclass(frozen=True, slots=True)
class Step:
    """A fall of the level, with the half width of its 90 % interval.

    Attributes:
        exact: Whether the level was the same every day, and needed no model.
    """

    size: float
    half_width: float
    exact: bool = False


def step_down(costs: Window, *, growing: bool) -> Step:
    """The step on the day of the change.

    Args:
        costs: The days before and after.
        growing: Whether growth may be in them, which then is no part of the step.
    """
    before, after = costs.before, costs.after
    if max(before.std(), after.std()) <= STEADY * before.mean():
        error = np.sqrt(before.var() / len(before) + after.var() / len(after))
        size = float(before.mean() - after.mean())
        return Step(size, float(Z90 * error), exact=True)
    usual = _without_spikes(costs)
    regular = _weekdays_and_growth(usual.values, growing=growing)
    later: Mask = np.asarray(usual.values.index > usual.change)
    if after.any():
        return _stepped(usual.values, regular, later)
    return _to_nothing(usual.values, regular, later)


def _stepped(costs: pd.Series[float], regular: Values, later: Mask) -> Step:
    """The step between the two sides."""
    effects = np.column_stack([regular, -later.astype(float)])
    wanted = np.zeros(effects.shape[1])
    wanted[-1] = 1.0
    found = effect(_known(costs, effects), wanted)
    return Step(found.size, Z90 * WIDER * found.error)


def _to_nothing(costs: pd.Series[float], regular: Values, later: Mask) -> Step:
    """The step of a cost that ended: all that it would have been.

    Days without any cost tell nothing of how costs vary, so that the days before
    have to say it alone.
    """
    found = effect(
        _known(costs.mask(later), regular),
        regular[later].mean(axis=0),
        ahead=np.flatnonzero(later),
    )
    return Step(found.size, Z90 * WIDER * found.error)


def _known(costs: pd.Series[float], effects: Values) -> Days:
    numbers = np.flatnonzero(costs.notna())
    known = np.asarray(costs, dtype=np.float64)[numbers]
    return Days(known, effects[numbers], numbers)


def _weekdays_and_growth(costs: pd.Series[float], *, growing: bool) -> Values:
    """What acts on each day: its weekday, and how far growth has come by then."""
    weekdays = np.eye(WEEK)[pd.DatetimeIndex(costs.index).day_of_week]
    if not growing:
        return weekdays
    return np.column_stack([weekdays, np.linspace(-1, 1, len(costs))])


def _without_spikes(costs: Window) -> Window:
    """The days without those that stand out from the others, on either side.

    Each weekday is laid at one level, so that a day beside the change can be told
    from the step, and a rhythm that the change left behind from spikes. A weekday of
    which all days stand out from each other is left as it is.
    """
    values = costs.values
    weekdays = pd.DatetimeIndex(values.index).day_of_week
    step = _usual(costs.before.tail(BESIDE)) - _usual(costs.after.head(BESIDE))
    lower = np.asarray(step)[weekdays]
    level = values.where(values.index <= costs.change, values + lower)
    whole = level.interpolate(limit_direction="both")
    _, spiky = without_spikes(np.asarray(whole, dtype=np.float64))
    plain = ~spiky & values.notna() & (values.index < costs.change)
    told_without = np.isin(weekdays, weekdays[plain])
    return Window(values.mask(spiky & told_without), costs.change)


def _usual(costs: pd.Series[float]) -> pd.Series[float]:
    """What each weekday costs; all of them together where one is not known."""
    known = costs.groupby(pd.DatetimeIndex(costs.index).day_of_week).median()
    return known.reindex(range(WEEK)).fillna(costs.median())
