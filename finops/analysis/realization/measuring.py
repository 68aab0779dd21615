"""Holds the cost after a change against what it would have been."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from finops.analysis.realization.drivers import driver_of
from finops.analysis.realization.monthly import days_in_a_month
from finops.analysis.realization.saving import (
    LEAST_DAYS_AFTER,
    MeasuredSaving,
    NotMeasurable,
)
from finops.analysis.realization.step import step_down
from finops.analysis.realization.window import Window, window_around

LEAST_DAYS_BEFORE: Final = 28
"""Fewer days do not tell a weekly rhythm from a trend."""


def measure(
    costs: pd.Series[float],
    *,
    implemented_on: date,
    control: pd.Series[float] | None = None,
    usage: pd.Series[float] | None = None,
    by_the_month: bool | None = None,
) -> MeasuredSaving | NotMeasurable:
    """What a change saves a month, from the daily costs around it.

    Args:
        costs: Of all that the change concerns and of nothing else, on every day
            that is known and will not be restated; 0 where nothing was charged.
        implemented_on: The day of the change. It is left out, being half of
            each, and so are the first days of months with their fees.
        control: The daily cost of what the change did not touch, and that the
            same customers drive. It is used where it helps.
        usage: What was used each day, in any unit, for a change that lowers what
            each unit costs.
        by_the_month: Whether a longer month costs as much as a shorter one, as
            storage does; None where the days before the change have to tell.
    """
    window = window_around(costs, implemented_on)
    if reason := _what_is_missing(window):
        return NotMeasurable(reason)
    in_a_month = days_in_a_month(window, by_the_month=by_the_month)
    monthly = window.times(in_a_month)
    used = None if usage is None else usage * in_a_month
    driver = driver_of(monthly, control=control, usage=used)
    driven_costs = monthly.divided_by(driver.course)
    step = step_down(driven_costs, growing=driver.method == "level")
    course = monthly.like(driver.course)
    driven = float(course.after.mean())
    saving, half_width = step.size * driven, step.half_width * driven
    if driver.method != "level":
        saving += _on_busy_days(driven_costs, course)
    return MeasuredSaving(
        saving=saving,
        low=saving - half_width,
        high=saving + half_width,
        expected=float(monthly.after.mean()) + saving,
        days=len(monthly.after),
        method="fixed" if step.exact and driver.method == "level" else driver.method,
    )


def _what_is_missing(window: Window) -> str | None:
    """Why nothing can be measured; None where something can."""
    before, after = len(window.before), len(window.after)
    if after < LEAST_DAYS_AFTER:
        return f"{after} of {LEAST_DAYS_AFTER} days after the change are known."
    if before < LEAST_DAYS_BEFORE:
        return f"{before} of {LEAST_DAYS_BEFORE} days before the change are known."
    if (window.before > 0).sum() < before / 2:
        return "Too little was charged there before the change."
    return None


def _on_busy_days(driven_costs: Window, course: Window) -> float:
    """What is saved on days with much usage beyond what is on others.

    A step of the mean rate says nothing of when the usage was: what saves the same
    every day saves less of the rate on a busy day.
    """
    as_before = _together(driven_costs.before, course.before) * course.after.mean()
    return float(as_before - _together(driven_costs.after, course.after))


def _together(rates: pd.Series[float], course: pd.Series[float]) -> float:
    """How far rates and usage rise and fall together (their covariance)."""
    return float(np.cov(rates, course, ddof=0)[0, 1])
