"""The days around a change that tell what it saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

DAYS_BEFORE: Final = 90

DAYS_AFTER: Final = 30
"""What happens later is not the change's doing."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Daily values around a change.

    Attributes:
        values: By UTC day, without gaps; NaN on days that are left out.
        change: The day of the change.
    """

    values: pd.Series[float]
    change: pd.Timestamp

    @property
    def before(self) -> pd.Series[float]:
        """What is known of the days before the change."""
        return self.values[self.values.index < self.change].dropna()

    @property
    def after(self) -> pd.Series[float]:
        """What is known of the days after it."""
        return self.values[self.values.index > self.change].dropna()

    def times(self, factors: pd.Series[float] | float) -> Window:
        """The same days with each value multiplied."""
        return replace(self, values=self.values * factors)

    def divided_by(self, course: pd.Series[float]) -> Window:
        """The same days, each value as a part of what drives it."""
        return replace(self, values=self.values / course)

    def like(self, other: pd.Series[float]) -> Window:
        """Another series on the same days, left out where this one is."""
        aligned = other.reindex(self.values.index).where(self.values.notna())
        return replace(self, values=aligned)


def window_around(costs: pd.Series[float], change: date) -> Window:
    """The days around `change`, without those that tell nothing of it.

    The day itself is half of each. On the first of a month come fees.
    """
    on = pd.Timestamp(change, tz="UTC")
    first, last = (
        on - pd.Timedelta(days=DAYS_BEFORE),
        on + pd.Timedelta(days=DAYS_AFTER),
    )
    days = pd.date_range(
        max(first, costs.index[0]), min(last, costs.index[-1]), tz="UTC"
    )
    left_out = (days == on) | (days.day == 1)
    return Window(costs.reindex(days).mask(left_out), on)
