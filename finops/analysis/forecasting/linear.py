"""The plain linear trend, to compare with: what a spreadsheet would say."""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import DailyCosts, Values
from finops.analysis.forecasting.path import Path, flat_path
from finops.analysis.forecasting.trimming import recent

LEAST_DAYS: Final = 2
"""A line through two points has no spread."""


def follow_trend(history: DailyCosts, *, skipped: int, days: int) -> Path:
    """The line of least squares through the last days, and beyond them.

    Its spread is that of new days around the line plus what is unsure of the
    line itself; days are taken to be independent, as a line has to.
    """
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415 - slow to load

    costs = recent(history).costs
    known = len(costs)
    if known <= LEAST_DAYS:
        mean, spread = float(costs.mean()), float(np.abs(costs).mean())
        return flat_path(mean, spread, days, usual=costs, kind="linear")
    fit = OLS(costs, _line(0, known)).fit()
    ahead = _line(known + skipped, days)
    sums = np.cumsum(ahead, axis=0)
    expected = ahead @ fit.params
    if costs.min() >= 0:
        expected = expected.clip(min=0.0)
    noise, unsure = float(fit.mse_resid), fit.cov_params()
    return Path(
        expected,
        np.zeros(days),
        np.sqrt(noise + _variances(ahead, unsure)),
        np.sqrt(noise * np.arange(1, days + 1) + _variances(sums, unsure)),
        usual=costs,
        kind="linear",
    )


def _line(first: int, days: int) -> Values:
    """What a line is made of: one, and the number of each day."""
    return np.column_stack([np.ones(days), np.arange(first, first + days)])


def _variances(rows: Values, unsure: Values) -> Values:
    """What is unsure of the line, at each row."""
    return np.asarray((rows @ unsure * rows).sum(axis=1))
