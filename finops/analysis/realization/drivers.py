"""What makes a cost go up and down, apart from the change?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from finops.analysis.forecasting.daily_costs import Values
from finops.analysis.realization.window import Window

LOOK_BACK: Final = 28
LOOK_AHEAD: Final = 14
STEP: Final = 3
"""Days: each trial predicts the mean of the next two weeks from that of the last
four, and three days later comes the next trial."""

FASTEST_GROWTH: Final = 0.01
"""Of the cost, in a day: what grows faster is no growth that goes on."""


@dataclass(frozen=True, slots=True, eq=False)
class Driver:
    """The course of what drives a cost, 1 on average before the change."""

    course: pd.Series[float]
    method: Literal["usage", "control", "level"]


def driver_of(
    costs: Window,
    *,
    control: pd.Series[float] | None,
    usage: pd.Series[float] | None,
) -> Driver:
    """What explains the course of `costs` best.

    That is the metered usage where it went on after the change; else a control
    that predicts the days before the change better than they predict
    themselves; else nothing but time, and growth that goes on.
    """
    if usage is not None and (course := _course(usage, costs)) is not None:
        return Driver(course, "usage")
    if control is not None and (course := _course(control, costs)) is not None:
        followed = _unsteadiness(costs.divided_by(course))
        if followed < _unsteadiness(costs):
            return Driver(course, "control")
    return Driver(_growth(costs), "level")


def _growth(costs: Window) -> pd.Series[float]:
    """The course of a cost that grows by the same part every day, as before."""
    known = costs.before
    if (known <= 0).any():
        return pd.Series(1.0, index=costs.values.index)
    rate = np.polyfit(_days_from(costs, known), np.log(known), 1)[0]
    a_day = np.clip(rate, -FASTEST_GROWTH, FASTEST_GROWTH)
    course = np.exp(a_day * _days_from(costs, costs.values))
    return pd.Series(course, index=costs.values.index)


def _days_from(costs: Window, values: pd.Series[float]) -> Values:
    return np.asarray((pd.DatetimeIndex(values.index) - costs.change).days, dtype=float)


def _course(driver: pd.Series[float], costs: Window) -> pd.Series[float] | None:
    """`driver` over its mean before the change; None where it is not always there."""
    there = costs.like(driver)
    if len(there.before) < len(costs.before) or len(there.after) < len(costs.after):
        return None
    if (there.values.dropna() <= 0).any():
        return None
    whole = driver.reindex(costs.values.index)
    return whole / there.before.mean()


def _unsteadiness(costs: Window) -> float:
    """How far two weeks stray from the four before them, before the change."""
    before = costs.before.to_numpy()
    if before.std() <= 1e-9 * abs(before.mean()):
        return 0.0
    trials = range(LOOK_BACK, len(before) - LOOK_AHEAD + 1, STEP)
    errors = [
        before[at : at + LOOK_AHEAD].mean() / before[at - LOOK_BACK : at].mean() - 1
        for at in trials
    ]
    return float(np.sqrt(np.mean(np.square(errors)))) if errors else 0.0
