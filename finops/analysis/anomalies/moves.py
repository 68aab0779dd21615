"""By how much did each combination of dimensions leave what was expected of it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from finops.analysis.anomalies.rhythm import WEEK, Values
from finops.focus import DATE_COLUMN, Metric

CHURN: Final = 3.0
"""Charges that move so many times as much as their sum come and go by the day."""


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """What each combination of the dimensions cost, and what was expected.

    Attributes:
        dimensions: Columns of `rows`, the one that may be left out first last.
        rows: The dimensions, and the columns `actual` and `expected`.
    """

    dimensions: tuple[str, ...]
    rows: pd.DataFrame

    @property
    def off(self) -> Values:
        """By how much each combination lies off what was expected."""
        off: Values = (self.rows["actual"] - self.rows["expected"]).to_numpy(float)
        return off

    def without(self, dimension: str) -> Moves:
        """The same moves, added up over one dimension."""
        kept = tuple(name for name in self.dimensions if name != dimension)
        if not kept:
            return Moves((), self.rows[["actual", "expected"]].sum().to_frame().T)
        groups = self.rows.groupby(list(kept), dropna=False, sort=False)
        return Moves(kept, groups[["actual", "expected"]].sum().reset_index())

    @property
    def come_and_go(self) -> bool:
        """Whether charges move much more than their sum does."""
        return bool(np.abs(self.off).sum() > CHURN * abs(self.off.sum()))


def moves(
    table: pd.DataFrame,
    dimensions: Sequence[str],
    metric: Metric,
    *,
    days: Sequence[pd.Timestamp],
    reference: Sequence[pd.Timestamp],
) -> Moves:
    """What each combination cost per day of `days`, and in the time before.

    What is expected of a day is the median of the same weekday in `reference`,
    which takes out the weekly rhythm, or of all of its days where it is short.
    """
    keys = list(dimensions)
    numbers = table.groupby(keys, dropna=False).ngroup()
    before = pd.DatetimeIndex([*reference])
    sums = table.pivot_table(
        index=numbers.rename("number"),
        columns=DATE_COLUMN,
        values=metric,
        aggfunc="sum",
        fill_value=0.0,
    ).reindex(columns=before.append(pd.DatetimeIndex([*days])), fill_value=0.0)
    costs = sums.to_numpy(float)
    past = costs[:, : len(before)]
    expected = [np.median(past[:, _are_peers(before, day)], axis=1) for day in days]
    rows = table[keys].groupby(numbers).first()
    rows = rows.assign(
        actual=costs[:, len(before) :].mean(axis=1), expected=np.mean(expected, axis=0)
    )
    return Moves(tuple(dimensions), rows.reset_index(drop=True))


def _are_peers(reference: pd.DatetimeIndex, day: pd.Timestamp) -> npt.NDArray[np.bool_]:
    """Which of the days before tell what to expect of `day`."""
    same = np.asarray(reference.day_of_week == day.day_of_week)
    return same if len(reference) >= 2 * WEEK else np.ones_like(same)
