"""Where a forecast lands with planned changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from finops.analysis.planned_changes import Change, Growth, OfficeHours


@dataclass(frozen=True, slots=True, eq=False)
class ChangedPath:
    """The coming days with changes: columns as in `Forecast`."""

    daily: pd.DataFrame
    cumulative: pd.DataFrame


def with_changes(
    daily: pd.DataFrame,
    cumulative: pd.DataFrame,
    parts: pd.DataFrame,
    changes: Sequence[Change],
) -> ChangedPath:
    """The coming days with `changes`, intervals included.

    A part that is scaled brings its uncertainty along, so the intervals widen
    and narrow with what varies; an amount that is known has none.

    Args:
        daily: Of the forecast without them.
        cumulative: Likewise.
        parts: What the forecast is the sum of; the first level of its columns is
            the account, the second the service.
        changes: In any order.
    """
    days = pd.DatetimeIndex(parts.index)
    scaled, extra = parts, pd.Series(0.0, days)
    for change in changes:
        if isinstance(change, (Growth, OfficeHours)):
            scaled = scaled * change.factors(parts)
        else:
            extra = extra + change.added(days)
    moved = (scaled - parts).sum(axis=1) + extra
    before, after = parts.abs().sum(axis=1), scaled.abs().sum(axis=1)
    return ChangedPath(
        _moved(daily, moved, after / before.where(before > 0)),
        _moved(
            cumulative,
            moved.cumsum(),
            after.cumsum() / before.cumsum().where(before.cumsum() > 0),
        ),
    )


def _moved(
    path: pd.DataFrame, moved: pd.Series[float], width: pd.Series[float]
) -> pd.DataFrame:
    """`path` moved by an amount per day, its bounds so many times as far away."""
    distance = path.sub(path["cost"], axis=0).mul(width.fillna(1.0), axis=0)
    return distance.add(path["cost"] + moved, axis=0)
