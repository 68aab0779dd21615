"""Daily costs of made-up cloud services, for which the future is known.

Each kind of service has what bills of that kind show: a weekly rhythm, growth,
a wandering level, noise that lasts, steps, spikes, fees on the first of a month.
As with a live source, the last days may be incomplete when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]

Kind = Literal[
    "compute",
    "database",
    "storage",
    "transfer",
    "functions",
    "batch",
    "fee",
    "usage_and_fee",
    "new_service",
    "credit",
    "shifty",
]

KINDS: Final[tuple[Kind, ...]] = (
    "compute",
    "compute",
    "compute",
    "database",
    "storage",
    "transfer",
    "functions",
    "batch",
    "fee",
    "usage_and_fee",
    "new_service",
    "credit",
    "shifty",
)
"""One round of services; compute is what companies have most of."""

LEAST_PAST: Final = 200
"""Days that a service lives at least until the end of what is simulated."""

MEAN_MONTH: Final = 30.4
"""Days of a month, about."""

INCOMPLETE: Final = 0.7
"""How often the last day is incomplete when it is read."""

SPIKE_EVERY: Final = 120
"""Days between spikes, on average."""

SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Habits:
    """What services of one kind have in common.

    Attributes:
        weekend: The range of a weekend day's cost, as a part of a workday's.
        noise: The relative deviation of a day, before each service's own factor.
        step_every: Days between lasting steps, on average.
        growth: Mean and deviation of the growth in 30 days.
    """

    weekend: tuple[float, float] = (0.6, 1.0)
    noise: float = 0.06
    step_every: int = 150
    growth: tuple[float, float] = (0.03, 0.06)


HABITS: Final[dict[Kind, Habits]] = {
    "compute": Habits(weekend=(0.55, 1.0), noise=0.05, step_every=90),
    "database": Habits(weekend=(0.93, 1.0), noise=0.02),
    "storage": Habits(weekend=(1.0, 1.0), noise=0.003, step_every=400),
    "transfer": Habits(weekend=(0.5, 0.95), noise=0.12),
    "functions": Habits(weekend=(0.4, 0.95), noise=0.12, growth=(0.06, 0.08)),
    "shifty": Habits(step_every=40),
}
"""The kinds that differ from `Habits()`."""


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedCosts:
    """One service.

    Attributes:
        seen: Its history, as a tool reads it: the last days may be incomplete.
        coming: What its next days then cost.
    """

    kind: Kind
    seen: pd.Series[float]
    coming: pd.Series[float]


def simulated_services(
    count: int, *, history: int, horizon: int = 30, seed: int
) -> Iterator[SimulatedCosts]:
    """`count` services of all kinds in turn, with `history` days each."""
    rng = np.random.default_rng([seed, history])
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        start = pd.Timestamp("2024-01-01", tz="UTC")
        start += pd.Timedelta(days=int(rng.integers(0, 365)))
        lived = max(LEAST_PAST, history) + horizon
        days = pd.date_range(start, periods=lived)
        costs = pd.Series(daily_costs(kind, days, rng), index=days)
        seen, coming = costs.iloc[-history - horizon : -horizon], costs.iloc[-horizon:]
        yield SimulatedCosts(kind, as_read(seen, rng), coming)


def as_read(costs: pd.Series[float], rng: np.random.Generator) -> pd.Series[float]:
    """The costs as they are on the day after: the last ones may lack a part."""
    read = costs.copy()
    if rng.random() < INCOMPLETE:
        read.iloc[-1] *= rng.uniform(0.15, 0.85)
        if rng.random() < 0.5:  # noqa: PLR2004
            read.iloc[-2] *= rng.uniform(0.8, 1.0)
    return read


def daily_costs(kind: Kind, days: pd.DatetimeIndex, rng: np.random.Generator) -> Values:
    """What a service of this kind costs each day, once all is known."""
    habits = HABITS.get(kind, Habits())
    base = float(np.exp(rng.normal(3.5, 1.4)))
    noise = habits.noise * rng.uniform(0.5, 1.6)
    level = base * np.exp(
        rng.normal(*habits.growth) / 30 * np.arange(len(days))
        + steps(len(days), habits.step_every, rng)
        + np.cumsum(rng.normal(0, 0.25 * noise, len(days)))
    )
    if kind == "fee":
        return fees(days, 10 * base, rng)
    if kind == "credit":
        return credits_until_used_up(len(days), 0.4 * base, rng)
    if kind == "batch":
        return batches(level, days, rng)
    if kind == "storage":
        daily = level * MEAN_MONTH / days.days_in_month.to_numpy()
        return np.asarray(daily * np.exp(rng.normal(0, noise, len(days))))
    costs = level * weekly_rhythm(habits, days, rng)
    costs *= np.exp(lasting_noise(len(days), noise, rng))
    if kind == "new_service":
        costs *= ramp(len(days), rng)
    if kind == "usage_and_fee":
        costs[days.day == 1] += base * rng.uniform(3, 15)
    return costs * spikes(len(days), rng)


def steps(days: int, every: int, rng: np.random.Generator) -> Values:
    """Lasting steps of the logarithm of the level, about 35 % up or down each."""
    happens = rng.random(days) < 1 / every
    return np.cumsum(np.where(happens, rng.normal(0, 0.35, days), 0.0))


def weekly_rhythm(
    habits: Habits, days: pd.DatetimeIndex, rng: np.random.Generator
) -> Values:
    """Each day's cost as a multiple of a workday's."""
    week = 1 + rng.normal(0, 0.02, 7)
    week[SATURDAY:] = rng.uniform(*habits.weekend) * rng.uniform(0.95, 1.05, 2)
    return np.asarray(week[days.day_of_week.to_numpy()])


def lasting_noise(days: int, deviation: float, rng: np.random.Generator) -> Values:
    """Noise of which half carries over to the next day."""
    noise = rng.normal(0, deviation, days)
    for day in range(1, days):
        noise[day] += 0.5 * noise[day - 1]
    return noise


def spikes(days: int, rng: np.random.Generator) -> Values:
    """Factors of one to three days that cost more, for once."""
    factors = np.ones(days)
    for first in np.flatnonzero(rng.random(days) < 1 / SPIKE_EVERY):
        lasts = rng.choice([1, 1, 2, 3])
        factors[first : first + lasts] *= 1.5 + rng.exponential(1.5)
    return factors


def ramp(days: int, rng: np.random.Generator) -> Values:
    """A service that started 10 to 130 days before the end of the known days."""
    started = days - int(rng.integers(40, 160))
    age = np.arange(days) - started
    grown = np.clip(age / rng.integers(1, 45), 0, 1) ** 0.7
    return np.where(age < 0, 0.0, np.maximum(grown, 0.05))


def fees(days: pd.DatetimeIndex, fee: float, rng: np.random.Generator) -> Values:
    """A monthly charge on the first, now and then with a small one after it."""
    paid = fee * np.exp(rng.normal(0, 0.03, len(days)))
    after = 0.1 * fee if rng.random() < 0.3 else 0.0  # noqa: PLR2004
    return np.where(days.day == 1, paid, np.where(days.day <= 3, after, 0.0))  # noqa: PLR2004


def credits_until_used_up(days: int, amount: float, rng: np.random.Generator) -> Values:
    """A credit a day, which may end before or after what is simulated."""
    ends = int(days * rng.uniform(0.5, 1.5))
    return np.where(
        np.arange(days) < ends, -amount * np.exp(rng.normal(0, 0.02, days)), 0.0
    )


def batches(level: Values, days: pd.DatetimeIndex, rng: np.random.Generator) -> Values:
    """A job that runs once a week, once a month, or on some days."""
    when = rng.choice(["weekly", "weekly", "sometimes", "monthly"])
    if when == "weekly":
        runs = days.day_of_week == rng.integers(0, 5)
    elif when == "monthly":
        runs = days.day == rng.integers(2, 28)
    else:
        runs = rng.random(len(days)) < rng.uniform(0.1, 0.5)
    return 4 * level * runs * np.exp(rng.normal(0, 0.25, len(days)))
