"""Costs of which it is known what a change saved: the truth to measure against."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

Course = Literal["quiet", "noisy", "growing", "shaken"]
"""Little noise, much noise, a trend of up to 0.8 % a day, or shocks: levels that
shift and days that stand out."""

Values = npt.NDArray[np.float64]

COURSES: Final[tuple[Course, ...]] = get_args(Course)

LEVEL: Final = 100.0
"""Dollars a day before the change, about."""

DAYS_BEFORE: Final = 90

WORKDAYS: Final = 5

FIRST_DAY: Final = pd.Timestamp("2026-06-05", tz="UTC")

NOISE: Final[dict[Course, float]] = {
    "quiet": 0.03,
    "noisy": 0.10,
    "growing": 0.05,
    "shaken": 0.05,
}

RATE_NOISE: Final = 0.01

CUTS: Final = (0.05, 0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class MadeUpChange:
    """Daily costs around a change.

    Attributes:
        control: The cost of what the same customers drive, and nobody changed.
        saved: What the change saved on each day; 0 before it.
        usage: What was used on each day; None where nobody counts it.
    """

    costs: pd.Series[float]
    control: pd.Series[float]
    saved: pd.Series[float]
    usage: pd.Series[float] | None = None

    @property
    def implemented_on(self) -> date:
        """The day of the change."""
        return self.costs.index[DAYS_BEFORE].date()  # type: ignore[no-any-return]  # a day


def made_up_change(
    rng: np.random.Generator, course: Course, *, days_after: int, saves: bool = True
) -> MadeUpChange:
    """A change of a cost that runs as `course` says; it may save nothing."""
    days = pd.date_range(FIRST_DAY, periods=DAYS_BEFORE + 1 + days_after)
    at = np.arange(len(days))
    weekend = (at + rng.integers(7)) % 7 >= WORKDAYS
    week = np.where(weekend, rng.uniform(0.6, 1.0), 1.0)
    noise = NOISE[course] * rng.uniform(0.7, 1.3)
    customers = np.cumsum(rng.normal(0, 0.006, len(at)))
    own = np.cumsum(rng.normal(0, 0.15 * noise, len(at)))
    trend = _trend(rng, course) * at
    level = trend + own + customers + _shifts(rng, course, len(at))
    costs = LEVEL * week * np.exp(level + _alike(rng.normal(0, noise, len(at))))
    costs = _with_spikes(rng, course, costs)
    cut = rng.choice(CUTS) if saves else 0.0
    shape = week if rng.random() < 0.5 else np.ones(len(at))  # noqa: PLR2004
    saved = np.where(at < DAYS_BEFORE, 0.0, np.minimum(LEVEL * cut * shape, costs))
    others = np.exp(trend + customers + 0.5 * own + rng.normal(0, 0.7 * noise, len(at)))
    return MadeUpChange(
        costs=pd.Series(costs - saved, index=days),
        control=pd.Series(3 * LEVEL * week * others, index=days),
        saved=pd.Series(saved, index=days),
    )


def made_up_rate_change(
    rng: np.random.Generator, course: Course, *, days_after: int, saves: bool = True
) -> MadeUpChange:
    """A change of what a unit costs, of which the usage runs as `course` says.

    What is paid for a unit varies a little, as the share of it does that a savings
    plan covers.
    """
    used = made_up_change(rng, course, days_after=days_after, saves=False)
    days = len(used.costs)
    rate = np.exp(_alike(rng.normal(0, RATE_NOISE, days)))
    paid: pd.Series[float] = used.costs * rate
    cut = rng.choice(CUTS) if saves else 0.0
    saved: pd.Series[float] = paid * np.where(np.arange(days) < DAYS_BEFORE, 0.0, cut)
    return replace(used, costs=paid - saved, saved=saved, usage=used.costs)


def _trend(rng: np.random.Generator, course: Course) -> float:
    if course == "growing":
        return float(rng.choice([-0.006, 0.006, 0.004, 0.008]))
    return float(rng.normal(0, 0.001))


def _shifts(rng: np.random.Generator, course: Course, days: int) -> Values:
    level = np.zeros(days)
    for _ in range(rng.poisson(1.6) if course == "shaken" else 0):
        level[rng.integers(10, days - 3) :] += rng.normal(0, 0.15)
    return level


def _alike(
    noise: Values,
) -> Values:
    """Noise of which each day keeps half of the day before."""
    kept = noise.copy()
    for day in range(1, len(noise)):
        kept[day] += 0.5 * kept[day - 1]
    return kept


def _with_spikes(
    rng: np.random.Generator,
    course: Course,
    costs: Values,
) -> Values:
    spiked = costs.copy()
    for _ in range(rng.poisson(1.0 if course == "shaken" else 0.2)):
        first = rng.integers(len(costs))
        spiked[first : first + rng.integers(1, 3)] *= 1 + rng.exponential(0.8)
    return spiked
