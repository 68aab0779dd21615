"""What a month costs at the rate of one day."""

from __future__ import annotations

from typing import Final

import pandas as pd

from finops.analysis.realization.window import Window

AVERAGE_MONTH: Final = 730 / 24
"""Days: AWS estimates for 730 hours."""

SMOOTHER: Final = 0.5
"""Of what days differ by from the next: noise alone does not come to so little."""


def days_in_a_month(
    daily: Window, *, by_the_month: bool | None = None
) -> pd.Series[float]:
    """How many days like each of the days of `daily` costs make a month.

    What is priced by the month, such as storage, costs less a day in a longer
    month; what is priced by the hour does not. That is seen where months meet: a
    volume of $10.00 a month comes to $10.00 in every month. Where noise hides it,
    a month is 730 hours: to guess wrong would make a saving of the month's length.

    Args:
        daily: The costs.
        by_the_month: How they are priced; None where only the days can tell.
    """
    days = pd.DatetimeIndex(daily.values.index)
    lengths = pd.Series(days.days_in_month.astype(float), index=days)
    hours = pd.Series(AVERAGE_MONTH, index=days)
    if by_the_month is None:
        uneven = _unevenness(daily.times(lengths))
        by_the_month = uneven < SMOOTHER * _unevenness(daily.times(hours))
    return lengths if by_the_month else hours


def _unevenness(costs: Window) -> float:
    """What a day before the change differs by from the next."""
    return float(costs.before.diff().std())
