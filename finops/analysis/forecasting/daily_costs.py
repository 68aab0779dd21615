"""A run of daily costs as arrays, which is what the steps of the recipe work on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

WEEK: Final = 7

LARGEST: Final = 1e15
"""No day of any bill costs more; what does is not known."""

NOTHING: Final = 1e-9
"""Of the largest cost of a day: sums of floats that should be 0 come this near."""

DECIMALS: Final = 12
"""Of costs as parts of the largest: what is smaller is nothing."""

DAYS_AROUND: Final = (-7, 7, -14, 14, -1, 1)
"""Where to look for what a day without a known cost may have cost."""

_DAY = np.timedelta64(1, "D")
_EPOCH_WEEKDAY: Final = 3
"""1 January 1970, from which NumPy counts, was a Thursday."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Days in a row, without gaps, as what they are in their week and month."""

    days: npt.NDArray[np.datetime64]

    @classmethod
    def starting(cls, first: np.datetime64, days: int) -> Self:
        """The `days` days from `first` on."""
        return cls(first + np.arange(days) * _DAY)

    def __getitem__(self, part: slice) -> Calendar:
        return Calendar(self.days[part])

    @property
    def day_of_month(self) -> Whole:
        """1 for the first day of a month."""
        passed = self.days - self.days.astype("datetime64[M]")
        return np.asarray(passed.astype(np.int64) + 1)

    @property
    def days_in_month(self) -> Whole:
        """How long the month of each day is."""
        month = self.days.astype("datetime64[M]")
        start, end = (m.astype("datetime64[D]") for m in (month, month + 1))
        return np.asarray((end - start).astype(np.int64))

    @property
    def weekday(self) -> Whole:
        """0 for a Monday."""
        return np.asarray((self.days.astype(np.int64) + _EPOCH_WEEKDAY) % WEEK)


@dataclass(frozen=True, slots=True, eq=False)
class DailyCosts:
    """What each day of a run of days cost.

    It equals one that had the same course on the same days, at whatever scale.

    Attributes:
        first: The first day.
        costs: As parts of `scale`, which makes all that follows independent of
            the currency.
        scale: The largest cost of a day, without its sign.
        known: Which days are known; the others stand for the days around them.
    """

    first: np.datetime64
    costs: Values
    scale: float
    known: Mask

    def __len__(self) -> int:
        return len(self.costs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DailyCosts):
            return NotImplemented
        return self.first == other.first and np.array_equal(self.costs, other.costs)

    def __hash__(self) -> int:
        return hash((self.first, self.costs.tobytes()))

    def __getitem__(self, part: slice) -> DailyCosts:
        start, end, _ = part.indices(len(self))
        first = self.first + start * _DAY
        return replace(
            self,
            first=first,
            costs=self.costs[start:end],
            known=self.known[start:end],
        )

    @property
    def last_day(self) -> date:
        """The newest day."""
        return self.day(len(self) - 1)

    def day(self, position: int) -> date:
        """The day that is so many days after the first."""
        return pd.Timestamp(self.first + position * _DAY).date()

    def calendar(self, *, ahead: int = 0) -> Calendar:
        """The days, and as many that follow them as asked for."""
        return Calendar.starting(self.first, len(self) + ahead)


def read_costs(costs: pd.Series[float]) -> DailyCosts:
    """The days from the first to the last of `costs`, both of which are known.

    A day that is absent is unknown, and that is not 0: it stands for the days
    beside it and for its weekday in the weeks beside it.
    """
    daily = costs if _is_daily(costs.index) else costs.asfreq("D")
    first = np.datetime64(daily.index[0].date(), "D")
    amounts = daily.to_numpy(dtype=np.float64)
    scale = float(np.nanmax(np.abs(amounts))) or 1.0
    parts = np.asarray(amounts / scale, dtype=np.float64)
    values: Values = parts.round(DECIMALS)
    return DailyCosts(first, _without_gaps(values), scale, ~np.isnan(values))


def _is_daily(index: pd.Index[Any]) -> bool:
    return isinstance(index, pd.DatetimeIndex) and index.freqstr == "D"


def _without_gaps(values: Values) -> Values:
    """`values` with each NaN replaced by the median of the days around it."""
    gaps = np.flatnonzero(np.isnan(values))
    if not len(gaps):
        return values
    beside = gaps[:, None] + np.array(DAYS_AROUND)
    inside = (beside >= 0) & (beside < len(values))
    around = pd.DataFrame(
        np.where(inside, values[beside.clip(0, len(values) - 1)], np.nan)
    )
    filled = values.copy()
    filled[gaps] = around.median(axis=1).to_numpy()
    return np.asarray(pd.Series(filled).ffill(), dtype=np.float64)
