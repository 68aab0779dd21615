"""A price per month is charged by the day: storage costs more a day in February.

AWS bills GB-months, so that the same terabyte costs 31/28 as much a day in
February as in January. Where this shows, the recipe works on costs as they
would be in a month of mean length, and converts back.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Calendar, Values, Whole

MEAN_MONTH: Final = 30.4
"""Days of a month, about."""

LEAST_DAYS: Final = 45
"""Fewer hardly hold the border between two months."""

SMOOTH: Final = 0.03
"""The relative deviation from day to day, above which the effect cannot be seen."""

EXPLAINED: Final = 0.5
"""The jumps at the borders of months must fall below this part of what they were."""


def in_mean_months(costs: Values, calendar: Calendar) -> Values:
    """The costs as they would be if all months were equally long."""
    return costs * calendar.days_in_month / MEAN_MONTH


def in_real_months(costs: Values, calendar: Calendar) -> Values:
    """The costs as they fall in months of the calendar."""
    return costs * MEAN_MONTH / calendar.days_in_month


def is_priced_per_month(costs: Values, calendar: Calendar) -> bool:
    """Whether the length of the month explains the jumps between months."""
    if len(costs) < LEAST_DAYS or costs.min() <= 0:
        return False
    if np.std(np.diff(np.log(costs))) >= SMOOTH:
        return False
    borders = _borders(calendar.days_in_month)
    if not len(borders):
        return False
    converted = in_mean_months(costs, calendar)
    return _jump(converted, borders) < EXPLAINED * _jump(costs, borders)


def _borders(days_in_month: Whole) -> Whole:
    """Where a month of another length begins, with a week on both sides."""
    changes = np.flatnonzero(np.diff(days_in_month)) + 1
    inside = (changes >= WEEK) & (changes < len(days_in_month) - WEEK)
    return changes[inside]


def _jump(costs: Values, borders: Whole) -> float:
    """The median step from the week before a border to the week after it."""
    week = np.arange(WEEK)
    after = np.median(costs[borders[:, None] + week], axis=1)
    before = np.median(costs[borders[:, None] - WEEK + week], axis=1)
    return float(np.median(np.abs(np.log(after / before))))
