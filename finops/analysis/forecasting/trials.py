"""What the method would have said on past days of the same series.

Each trial knows only what was known on its day, its last days untrusted as
they are today, and is held against what came (rolling origins; Tashman, 2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, DailyCosts, Values
from finops.analysis.forecasting.forecast import Method
from finops.analysis.forecasting.intervals import bounds, half_widths
from finops.analysis.forecasting.linear import follow_trend
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.recipe import follow_recipe
from finops.analysis.forecasting.record import Interval, PastForecast, Record

MOST: Final = 6
"""Past days; each costs as much time as the forecast itself."""

LEAST_KNOWN: Final = 24
"""Days that a trial is given at least."""

LEAST_LOOKBACK: Final = 60
"""Days over which the trials are spread at least, if there are as many."""

REMEMBERED: Final = 4_000
"""Paths, of some 5 kB each."""

LEAST_PASSED: Final = 3
"""Days of a trial that must have come to pass before it says anything."""


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A forecast as it would have been made on a past day.

    Attributes:
        known: How many days had passed; the next is its first.
    """

    known: int
    path: Path

    def errors(self, costs: Values) -> Values:
        """By how much each day cost more, as far as `costs` tell."""
        came = costs[self.known : self.known + len(self.path.costs)]
        errors: Values = came - self.path.costs[: len(came)]
        return errors


@lru_cache(maxsize=REMEMBERED)
def follow(method: Method, history: DailyCosts, *, skipped: int, days: int) -> Path:
    """The coming days by the method asked for.

    It is remembered for a while: a service of an account has the same history
    in every selection that holds it.
    """
    steps = follow_recipe if method == "recipe" else follow_trend
    return steps(history, skipped=skipped, days=days)


def run_trials(
    method: Method, history: DailyCosts, *, restated_days: int, days: int
) -> list[Trial]:
    """Up to six trials, the oldest first; none where the history is too short."""
    newest = len(history) - WEEK
    lookback = max(2 * days, LEAST_LOOKBACK)
    oldest = max(LEAST_KNOWN + restated_days, len(history) - lookback)
    if newest <= oldest:
        return []
    trials = []
    for known in np.unique(np.linspace(oldest, newest, MOST).astype(int)).tolist():
        trusted = history[: known - restated_days]
        path = follow(method, trusted, skipped=restated_days, days=days)
        trials.append(Trial(known, path))
    return trials


def known_errors(trials: Sequence[Trial], costs: Values) -> list[Values]:
    """The errors of those trials of which some days have come to pass."""
    errors = [trial.errors(costs) for trial in trials]
    return [each for each in errors if len(each) >= LEAST_PASSED]


def make_record(
    trials: Sequence[Trial],
    lines: Sequence[Trial],
    history: DailyCosts,
    *,
    restated_days: int,
) -> Record | None:
    """The trials as sums, each with the intervals that could be given on its day.

    An interval rests on the trials before it, and only on those of their days
    that had come to pass and were trusted by then.

    Args:
        trials: By the method itself.
        lines: By the plain linear trend on the same days.
        history: The days that are trusted today.
        restated_days: How many days were not trusted on the day of a trial.
    """
    if not trials:
        return None
    past = []
    for nth, (trial, line) in enumerate(zip(trials, lines, strict=True)):
        then = history.costs[: trial.known - restated_days]
        half = half_widths(trial.path, known_errors(trials[:nth], then))
        past.append(_past_forecast(trial, line, half.sums, history))
    return Record(tuple(past))


def _past_forecast(
    trial: Trial, line: Trial, half: Values, history: DailyCosts
) -> PastForecast:
    """A trial as the sum of those of its days that have come to pass."""
    came = history.costs[trial.known : trial.known + len(half)]
    days = len(came)
    expected = trial.path.costs[:days].sum()
    band = bounds(
        np.array([expected]),
        half[days - 1 : days],
        may_be_negative=bool(history.costs[: trial.known].min() < 0),
    )
    low80, high80, low95, high95 = (
        float(bound[0]) * history.scale for bound in band.values()
    )
    return PastForecast(
        first_day=history.day(trial.known),
        days=days,
        forecast=float(expected) * history.scale,
        actual=float(came.sum()) * history.scale,
        linear=float(line.path.costs[:days].sum()) * history.scale,
        interval80=Interval(low80, high80),
        interval95=Interval(low95, high95),
    )
