"""Costs with anomalies whose days and causes are known, from a seed.

The kinds of services, their rhythms and their noise are those of cloud bills:
compute with weekends, steady databases, growing storage, noisy transfer, usage
with a fee on the first. Spikes, lasting steps and ramps of 12 to 300 % are
planted in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from finops.analysis.anomalies.moves import Moves

Values = npt.NDArray[np.float64]

Shape = Literal["spike", "step", "ramp"]

DAYS: Final = 240

QUIET: Final = 60
"""So many days at the start have no anomaly: the detectors learn from them."""

SIZES: Final = (0.2, 0.4, 0.8, 1.5, 3.0)

LASTING: Final = 0.6
"""Steps and ramps are smaller than spikes by this factor."""

RAMP: Final = 14

FIRST_WEEK: Final = 7
"""A step that is found later than this is not found."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of service costs.

    Attributes:
        noise: By how much a day strays, as a standard deviation of its log.
        weekend: The least a weekend day may cost, as a share of a workday.
        growth: Per 30 days, in log units.
        fee: Whether there is a fee on the first of each month.
    """

    noise: float
    weekend: float = 1.0
    growth: float = 0.03
    fee: bool = False


KINDS: Final = {
    "compute": Kind(0.05, weekend=0.55),
    "database": Kind(0.02, weekend=0.93),
    "storage": Kind(0.003),
    "transfer": Kind(0.12, weekend=0.5),
    "functions": Kind(0.12, weekend=0.4, growth=0.06),
    "usage and fee": Kind(0.06, weekend=0.6, fee=True),
}


@dataclass(frozen=True, slots=True)
class Planted:
    """An anomaly that is known to be there.

    Attributes:
        start: The place of its first day.
        last: The place of the last day on which it can be found.
        size: By which part the cost rises.
    """

    start: int
    last: int
    shape: Shape
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """One service's cost per day, and what was planted in it."""

    kind: str
    costs: pd.Series[float]
    planted: tuple[Planted, ...]


def services(count: int, *, seed: int) -> list[Truth]:
    """So many services of all kinds."""
    rng = np.random.default_rng(seed)
    return [_service(rng) for _ in range(count)]


def _service(rng: np.random.Generator) -> Truth:
    name = str(rng.choice(list(KINDS)))
    days = pd.date_range("2026-01-15", periods=DAYS, tz="UTC")
    costs, planted = _usual(rng, KINDS[name], days), []
    place = QUIET + int(rng.integers(5, 40))
    while place < DAYS - FIRST_WEEK - 5:
        one, factors = _anomaly(rng, place)
        costs = costs * factors
        planted.append(one)
        length = one.last - one.start + 1
        place += max(length, FIRST_WEEK) + int(rng.integers(30, 75))
    return Truth(name, pd.Series(costs, index=days), tuple(planted))


def _usual(rng: np.random.Generator, kind: Kind, days: pd.DatetimeIndex) -> Values:
    """A cost to which nothing happens."""
    count = len(days)
    noise = kind.noise * rng.uniform(0.5, 1.6)
    drift = np.cumsum(rng.normal(0, noise / 4, count))
    strays = np.zeros(count)
    for day, shock in enumerate(rng.normal(0, noise, count)):
        strays[day] = shock + (strays[day - 1] / 2 if day else 0.0)
    growth = rng.normal(kind.growth, 0.06) / 30 * np.arange(count)
    quiet = rng.uniform(kind.weekend, 1.0)
    week = np.where(days.day_of_week > 4, quiet * rng.uniform(0.95, 1.05), 1.0)  # noqa: PLR2004
    level = np.exp(rng.normal(3.5, 1.4))
    fee = level * rng.uniform(3, 15) if kind.fee else 0.0
    usual: Values = level * week * np.exp(growth + drift + strays)
    return usual + np.where(days.day == 1, fee, 0.0)


def _anomaly(rng: np.random.Generator, start: int) -> tuple[Planted, Values]:
    """An anomaly from `start` on, and what each day is multiplied by."""
    size = float(rng.choice(SIZES))
    factors = np.ones(DAYS)
    since = np.arange(DAYS) - start
    match str(rng.choice(["spike", "step", "ramp"])):
        case "spike":
            length = int(rng.choice([1, 1, 2, 3]))
            factors[start : start + length] += size
            return Planted(start, start + length - 1, "spike", size), factors
        case "step":
            factors[start:] += size * LASTING
            last = min(DAYS, start + FIRST_WEEK) - 1
            return Planted(start, last, "step", size * LASTING), factors
        case _:
            factors += size * LASTING * np.clip((since + 1) / RAMP, 0, 1)
            last = min(DAYS, start + RAMP) - 1
            return Planted(start, last, "ramp", size * LASTING), factors


DIMENSIONS: Final = {"SubAccountId": 3, "ServiceName": 15, "RegionId": 4}
"""How many values each dimension of a cube has."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownCause:
    """What every combination cost, and which of them were multiplied."""

    moved: Moves
    inside: npt.NDArray[np.bool_]


def causes(count: int, *, seed: int) -> list[KnownCause]:
    """So many days on which one combination of values rose by one ratio."""
    rng = np.random.default_rng(seed)
    return [_cause(rng) for _ in range(count)]


def _cause(rng: np.random.Generator) -> KnownCause:
    """A day of a cube with a jump in a node of one to three dimensions.

    What is expected is the median of four days like it, each with its noise.
    """
    shape = tuple(DIMENSIONS.values())
    usual = np.exp(rng.normal(2, 1.6, shape)) * (rng.random(shape) < 0.6)  # noqa: PLR2004
    places = np.argwhere(usual > 0)
    costs = usual[tuple(places.T)]
    noisy = costs[:, None] * np.exp(rng.normal(0, 0.08, (len(costs), 5)))
    centre = places[rng.choice(len(costs), p=costs / costs.sum())]
    fixed = rng.choice(len(shape), size=rng.integers(1, len(shape) + 1), replace=False)
    inside = (places[:, fixed] == centre[fixed]).all(axis=1)
    actual = noisy[:, -1].copy()
    added = rng.uniform(0.08, 0.4) * actual.sum()
    actual[inside] *= 1 + added / actual[inside].sum()
    rows = pd.DataFrame(places.astype(str), columns=list(DIMENSIONS)).assign(
        actual=actual, expected=np.median(noisy[:, :4], axis=1)
    )
    return KnownCause(Moves(tuple(DIMENSIONS), rows), inside)
