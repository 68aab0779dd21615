"""The days that are forecast, and what is asked of their forecast."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from finops.analysis.forecasting.daily_costs import NOTHING, DailyCosts, Values
from finops.analysis.forecasting.figures import trend_percent, volatility_percent
from finops.analysis.forecasting.forecast import COLUMNS, Forecast, Method
from finops.analysis.forecasting.intervals import bounds, half_widths
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.record import Record
from finops.analysis.forecasting.trials import (
    Trial,
    follow,
    known_errors,
    make_record,
    run_trials,
)
from finops.analysis.forecasting.trimming import recent
from finops.analysis.forecasting.words import assumptions, confidence, notes


@dataclass(frozen=True, slots=True)
class Coming:
    """A request for the days after `last_day`.

    Attributes:
        restated_days: How many days up to it are not trusted yet.
    """

    last_day: pd.Timestamp
    days: int
    restated_days: int
    method: Method

    @property
    def index(self) -> pd.DatetimeIndex:
        """The coming days."""
        return pd.date_range(self.last_day, periods=self.days + 1, unit="us")[1:]

    def path(self, history: DailyCosts) -> Path:
        """What they are expected to cost after `history`."""
        skipped = self._skipped(history)
        return follow(self.method, history, skipped=skipped, days=self.days)

    def passed(self, history: DailyCosts) -> pd.Series[float]:
        """What the days between `history` and them were expected to cost."""
        skipped = self._skipped(history)
        days = pd.date_range(end=self.last_day, periods=skipped, unit="us")
        if not skipped:
            return pd.Series(dtype=float, index=days)
        whole = follow(self.method, history, skipped=0, days=skipped + self.days)
        return pd.Series(whole.costs[:skipped] * history.scale, days)

    def _skipped(self, history: DailyCosts) -> int:
        return (self.last_day.date() - history.last_day).days

    def forecast(
        self,
        history: DailyCosts,
        path: Path,
        parts: Mapping[Hashable, Path],
        passed: pd.Series[float],
    ) -> Forecast:
        """The whole answer.

        Args:
            history: The days of the total.
            path: What is expected of the total, the sum of what is of the parts.
            parts: What is expected of each part, in units of the total.
            passed: What was expected of the days since `history`.
        """
        trials = self._trials(self.method, history)
        half = half_widths(path, known_errors(trials, history.costs))
        record = self._record(trials, history)
        known, total = recent(history), float(np.abs(path.costs.sum()))
        trend, volatility = trend_percent(path), volatility_percent(path)
        width = float(half.sums[-1]) / total if total > NOTHING else None
        return Forecast(
            daily=self._table(path.costs, half.days, history),
            cumulative=self._table(np.cumsum(path.costs), half.sums, history),
            parts=self._parts(parts, history),
            trend_percent=trend,
            volatility_percent=volatility,
            confidence=confidence(path, known, width, record),
            assumptions=assumptions(
                path,
                known,
                restated_days=self.restated_days,
                trend_percent=trend,
                volatility_percent=volatility,
            ),
            notes=notes(path, known, days=self.days),
            record=record,
            method=self.method,
            history_days=len(known),
            passed=passed,
        )

    def _record(self, trials: list[Trial], history: DailyCosts) -> Record | None:
        linear = self.method == "linear"
        lines = trials if linear else self._trials("linear", history)
        return make_record(trials, lines, history, restated_days=self.restated_days)

    def _trials(self, method: Method, history: DailyCosts) -> list[Trial]:
        return run_trials(
            method, history, days=self.days, restated_days=self.restated_days
        )

    def _parts(
        self, parts: Mapping[Hashable, Path], history: DailyCosts
    ) -> pd.DataFrame:
        costs = {name: path.costs * history.scale for name, path in parts.items()}
        return pd.DataFrame(costs, index=self.index)

    def _table(
        self, expected: Values, half: Values, history: DailyCosts
    ) -> pd.DataFrame:
        negative = bool(history.costs.min() < 0)
        figures = {"cost": expected} | bounds(expected, half, may_be_negative=negative)
        table = pd.DataFrame(figures, index=self.index, columns=list(COLUMNS))
        return table * history.scale
