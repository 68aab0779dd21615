"""What a total is the sum of, day by day: the ground of a forecast from below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from finops.focus import DATE_COLUMN, Metric
from finops.periods import ChargePeriod

MOST_PARTS: Final = 40
"""Smaller parts are forecast as one: they take as long, and say less."""

RECENT_DAYS: Final = 60
"""The largest parts are those of so many last days."""

NONE: Final = "(none)"
"""Stands for charges that carry no value of a dimension."""

REST: Final = "(smaller ones)"
"""What the parts that are forecast as one are called."""


def daily_parts(
    table: pd.DataFrame,
    keys: Sequence[str],
    metric: Metric,
    period: ChargePeriod,
    *,
    most: int = MOST_PARTS,
) -> pd.DataFrame:
    """Cost per day of `period` and part, the largest part first.

    Its columns have one level for each of `keys`. A day without a charge is 0.
    """
    days = pd.date_range(period.start, period.last_day, tz="UTC", unit="us")
    labelled = table.assign(**{key: table[key].fillna(NONE) for key in keys})
    wide = labelled.pivot_table(
        index=DATE_COLUMN,
        columns=list(keys),
        values=metric,
        aggfunc="sum",
        fill_value=0.0,
    )
    wide = wide.reindex(days, fill_value=0.0)
    sizes = wide.tail(RECENT_DAYS).abs().sum().sort_values(ascending=False)
    return _with_rest(wide[sizes.index], most)


def _with_rest(parts: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first `most` parts, and all others as one."""
    if parts.shape[1] <= most + 1:
        return parts
    kept, others = parts.iloc[:, :most].copy(), parts.iloc[:, most:]
    levels = parts.columns.nlevels
    kept[(REST,) * levels if levels > 1 else REST] = others.sum(axis=1)
    return kept
