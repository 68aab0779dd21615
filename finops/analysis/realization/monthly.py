"""What a month costs at the rate of one day."""

from __future__ import annotations

from typing import Final

import pandas as pd

from finops.analysis.realization.window import Window

AVERAGE_MONTH: Final = 730 / 24
"""Days: AWS estimates for 730 hours."""


def per_month(daily: Window) -> Window:
    """The daily costs as costs per month.

    What is priced by the month, such as storage, costs less a day in a longer
    month; what is priced by the hour does not. Whichever makes the days before
    the change more alike is taken, so that a volume of $10.00 a month comes to
    $10.00 in every month.
    """
    days = pd.DatetimeIndex(daily.values.index)
    lengths = pd.Series(days.days_in_month.astype(float), index=days)
    by_the_hour = daily.times(AVERAGE_MONTH)
    by_the_month = daily.times(lengths)
    if _variation(by_the_month.before) < _variation(by_the_hour.before):
        return by_the_month
    return by_the_hour


def _variation(values: pd.Series[float]) -> float:
    return float(values.std() / values.mean())
