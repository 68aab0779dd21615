"""Three simple models, each good at another kind of series.

The mean of each weekday follows a rhythm; exponential smoothing (Brown, 1956)
follows the level; theta (Assimakopoulos & Nikolopoulos, 2000), which is
smoothing with half of the trend (Hyndman & Billah, 2003), follows growth
without running away with it. Larger models did not do better on cleaned costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Values
from finops.analysis.forecasting.smoothing import Smoothed, smooth
from finops.analysis.forecasting.spread import SIGMA_PER_MEAN_DEVIATION

WEEKS_AVERAGED: Final = 4
"""Weeks in the mean of a weekday."""

RHYTHM_WEEKS: Final = 12
"""Weeks that tell the weekly rhythm."""

LEAST_RHYTHM_WEEKS: Final = 3
"""With fewer, a rhythm is guessed."""

LEAST_EXPLAINED: Final = 0.15
"""Of the variance (adjusted R squared); a rhythm that explains less is noise."""

TREND_DAYS: Final = 90
"""Days that tell the slope of theta."""

LONGEST_LAG: Final = 20.0
"""Days by which a smoothed level may be taken to lag behind its trend."""

NOISE_DAYS: Final = 90
"""Days that tell how far one day strays."""

LEAST_NOISE: Final = 0.005
"""Of the level: no bill is known better than this."""

Member = Callable[[int, int], Values]
"""Forecasts, from the first so many days of the series, so many days."""


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The three models, fitted to one series and ready to be asked as of any day.

    The weight of smoothing is estimated once, on the whole series; asking as
    of an earlier day then costs next to nothing.
    """

    costs: Values
    rhythm: Values
    smoothed: Smoothed

    @property
    def all(self) -> tuple[Member, ...]:
        """The models."""
        return self.weekday_means, self.level, self.theta

    def weekday_means(self, known: int, horizon: int) -> Values:
        """The mean of each weekday in the last weeks."""
        return weekday_means(self.costs[:known], horizon)

    def level(self, known: int, horizon: int) -> Values:
        """The smoothed level, with the weekly rhythm."""
        level = float(self.smoothed.levels[known - 1])
        return level + self._rhythm(known, horizon)

    def theta(self, known: int, horizon: int) -> Values:
        """The level plus half of the trend, with the weekly rhythm."""
        weight = self.smoothed.weight
        lag = min((1 - (1 - weight) ** known) / weight, LONGEST_LAG)
        ahead = np.arange(horizon) + lag
        return self.level(known, horizon) + 0.5 * self._slope(known) * ahead

    def spreads(self, skipped: int, horizon: int) -> tuple[Values, Values]:
        """The deviations of each coming day, and of the sum up to it.

        Smoothing is the model of a level that wanders (Hyndman et al., 2008,
        ch. 6): a surprise moves all days after it, so that days are not
        independent and their sum strays far more than independent days would.

        Args:
            skipped: Days between the history and the first day of the sum.
            horizon: All days after the history.
        """
        weight = self.smoothed.weight
        flat = self.costs - self._rhythm(0, len(self.costs))
        surprises = np.abs(flat[1:] - self.smoothed.levels[:-1])[-NOISE_DAYS:]
        if not len(surprises):  # a single day tells nothing of the next
            surprises = np.abs(flat)
        least = LEAST_NOISE * float(np.mean(np.abs(self.costs)))
        noise = max(SIGMA_PER_MEAN_DEVIATION * float(np.mean(surprises)), least)
        ahead = np.arange(horizon)
        of_days = noise * np.sqrt(1 + weight**2 * ahead)
        summed = np.arange(horizon - skipped)
        before = skipped * (weight * (summed + 1)) ** 2
        of_sums = noise * np.sqrt(before + np.cumsum((1 + weight * summed) ** 2))
        return of_days[skipped:], of_sums

    def _rhythm(self, start: int, days: int) -> Values:
        return self.rhythm[np.arange(start, start + days) % WEEK]

    def _slope(self, known: int) -> float:
        flat = (self.costs - self._rhythm(0, len(self.costs)))[:known][-TREND_DAYS:]
        days = np.arange(len(flat)) - (len(flat) - 1) / 2
        return float(days @ flat / (days @ days)) if len(flat) > 1 else 0.0


def fit_members(costs: Values) -> Members:
    """The models fitted to `costs`."""
    rhythm = weekly_rhythm(costs)
    flat = costs - rhythm[np.arange(len(costs)) % WEEK]
    return Members(costs, rhythm, smooth(flat))


def weekday_means(costs: Values, horizon: int) -> Values:
    """The mean of each weekday in the last weeks; of all days, in less than one."""
    weeks = min(WEEKS_AVERAGED, len(costs) // WEEK)
    if not weeks:
        return np.full(horizon, costs.mean())
    means = costs[-weeks * WEEK :].reshape(weeks, WEEK).mean(axis=0)
    return np.asarray(means[np.arange(horizon) % WEEK])


def weekly_rhythm(costs: Values) -> Values:
    """By how much each day of the week differs, the first day's weekday first.

    Medians of the distance from the mean of the week around each day; nothing
    where this explains no more than chance would.
    """
    recent = costs[-min(len(costs), RHYTHM_WEEKS * WEEK) :]
    if len(recent) < LEAST_RHYTHM_WEEKS * WEEK:
        return np.zeros(WEEK)
    half = WEEK // 2
    distances = recent[half:-half] - np.convolve(recent, np.ones(WEEK) / WEEK, "valid")
    first = len(costs) - len(recent) + half
    weekday = np.arange(first, first + len(distances)) % WEEK
    rhythm = np.array([np.median(distances[weekday == day]) for day in range(WEEK)])
    rhythm -= rhythm.mean()
    return rhythm if _explained(distances, rhythm[weekday]) else np.zeros(WEEK)


def _explained(distances: Values, rhythm: Values) -> bool:
    """Whether the rhythm explains enough of the variance (adjusted R squared)."""
    variance = float(np.var(distances))
    if variance == 0:
        return False
    unexplained = float(np.var(distances - rhythm)) / variance
    days = len(distances)
    adjusted = 1 - unexplained * (days - 1) / max(days - WEEK, 1)
    return adjusted >= LEAST_EXPLAINED
