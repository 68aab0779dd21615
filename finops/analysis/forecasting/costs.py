"""A forecast from a series of daily costs, or from the parts of a total."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pandas as pd

from finops.analysis.forecasting.coming import Coming
from finops.analysis.forecasting.daily_costs import LARGEST, NOTHING, read_costs
from finops.analysis.forecasting.forecast import Forecast, Method
from finops.analysis.forecasting.path import Path, sum_of
from finops.analysis.forecasting.trimming import trusted
from finops.errors import ConfigurationError, InsufficientHistoryError

ONE_PART = "cost"
"""What the only part of a forecast without parts is called."""


def forecast_costs(
    costs: pd.Series[float],
    *,
    days: int = 30,
    restated_days: int = 2,
    method: Method = "recipe",
) -> Forecast:
    """The `days` days after the last one of `costs`.

    Args:
        costs: Per day (UTC). A day that is absent, NaN or infinite is unknown.
        days: How many days to forecast.
        restated_days: How many of the last days AWS may still restate; they are
            not trusted.
        method: The recipe, or the plain linear trend.

    Raises:
        InsufficientHistoryError: If no day is both known and trusted.
    """
    return forecast_total(
        costs.to_frame(ONE_PART), days=days, restated_days=restated_days, method=method
    )


def forecast_total(
    parts: pd.DataFrame,
    *,
    days: int = 30,
    restated_days: int = 2,
    method: Method = "recipe",
) -> Forecast:
    """The sum of the forecasts of `parts`, with the intervals of the sum's own past.

    Summing from the bottom up is as exact here as the best way to reconcile
    (minimum trace; Wickramasuriya et al., 2019), better than a forecast of the
    sum itself, and the parts add up to the total for free. Bounds are never
    added: parts do not all go wrong on the same side. They and the record come
    from what the method would have said about the sum itself.

    Args:
        parts: One column a part, one row a day (UTC). A part that is unknown on
            a day on which others are known was not charged.
        days: How many days to forecast.
        restated_days: How many of the last days AWS may still restate.
        method: The recipe, or the plain linear trend.

    Raises:
        InsufficientHistoryError: If no day is both known and trusted.
    """
    if days < 1:
        msg = f"A forecast of {days} days was asked for."
        raise ConfigurationError(msg, hint="Ask for one day or more.")
    known = _by_day(parts)
    final = trusted(known, restated_days=restated_days)
    if final.empty:
        raise InsufficientHistoryError(needed=restated_days + 1, found=len(known))
    last_day = known.index[-1]
    total = read_costs(_total(final))
    coming = Coming(last_day, days=days, restated_days=restated_days, method=method)
    path = coming.path(total)
    if len(final.columns) == 1:
        only: dict[Hashable, Path] = {final.columns[0]: path}
        return coming.forecast(total, path, only, coming.passed(total))
    parts_read = {name: read_costs(final[name]) for name in final}
    paths = {
        name: coming.path(part).scaled(part.scale / total.scale)
        for name, part in parts_read.items()
    }
    passed = sum(
        map(coming.passed, parts_read.values()), start=coming.passed(total) * 0
    )
    whole = sum_of(list(paths.values()), like=path)
    return coming.forecast(total, whole, paths, passed)


def _total(parts: pd.DataFrame) -> pd.Series[float]:
    """The sum of the parts, 0 where credits bring it to 0."""
    total = parts.sum(axis=1)
    least = NOTHING * float(np.abs(parts.to_numpy(dtype=np.float64)).max())
    return total.where(total.abs() > least, 0.0)


def _by_day(parts: pd.DataFrame) -> pd.DataFrame:
    """`parts` with one row a day in UTC, and NaN for what cannot be a cost."""
    costs = parts.astype(np.float64)
    moments = pd.DatetimeIndex(pd.to_datetime(parts.index, utc=True))
    costs.index = moments.normalize().as_unit("us")
    known = costs.where(costs.abs() <= LARGEST)
    if not known.index.is_unique:
        known = known.groupby(level=0).sum(min_count=1)
    return known.sort_index().asfreq("D") if len(known) else known
