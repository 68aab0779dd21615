"""How many planted anomalies are found, at how many false alarms, and why.

Run it with `python -m benchmarks.anomalies`. Every detector sees the same costs
of 60 services over 180 days, day by day with the past alone; ours looks back
over the whole time as well. An alarm within a week of another belongs to it,
and one within a week after an anomaly is not counted as false.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import pandas as pd

from benchmarks.simulated_anomalies import (
    QUIET,
    KnownCause,
    Planted,
    Truth,
    causes,
    services,
)
from finops.analysis.anomalies import find_cause
from finops.analysis.anomalies.days import NOTABLE, Days
from finops.analysis.anomalies.rhythm import SIGMA_PER_MAD, WEEK, Rhythm
from finops.analysis.anomalies.steps import find_steps

SEEDS: Final = (11, 99, 2024)
SERVICES: Final = 60
CUBES: Final = 400

WINDOW: Final = 84
"""So many days before a day are looked at, as the app does."""

SMALL: Final = 0.01
"""A move below this part of the median day is not worth a look."""

YEAR: Final = 365


class Detector(Protocol):
    """Says on which days it raises the alarm, by their places."""

    def __call__(self, costs: pd.Series[float], /) -> list[int]:
        """The places of those days."""


@dataclass(frozen=True, slots=True)
class Score:
    """How one detector did."""

    found: int
    missed: int
    false: int
    years: float

    @property
    def precision(self) -> float:
        """Which part of the alarms were right."""
        return self.found / max(self.found + self.false, 1)

    @property
    def recall(self) -> float:
        """Which part of the anomalies were found."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return (
            2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)
        )

    @property
    def false_per_year(self) -> float:
        """False alarms per service and year."""
        return self.false / self.years


def looking_back(costs: pd.Series[float]) -> list[int]:
    """Ours, over a time that is over."""
    return _rises(costs, Rhythm.of(costs))


def day_by_day(costs: pd.Series[float]) -> list[int]:
    """Ours, as a daily job sees it: each day with the days before it alone."""
    alarms = []
    for day in range(QUIET, len(costs)):
        seen = costs.iloc[max(0, day + 1 - WINDOW) : day + 1]
        if len(seen) - 1 in _rises(seen, Rhythm.of(seen.iloc[:-1])):
            alarms.append(day)
    return alarms


def _rises(costs: pd.Series[float], rhythm: Rhythm) -> list[int]:
    days = Days.of(costs, rhythm, smallest=SMALL * float(costs.median()))
    return [step.start for step in find_steps(days) if step.score > 0]


def z_score(
    costs: pd.Series[float], *, days: int = 30, limit: float = 4.0
) -> list[int]:
    """More standard deviations above the mean of 30 days than `limit`."""
    before = costs.shift().rolling(days)
    return _beyond(costs, before.mean(), before.std(), limit)


def mad(costs: pd.Series[float], *, days: int = 28, limit: float = 4.0) -> list[int]:
    """More deviations above the median of four weeks than `limit`."""
    before = costs.shift().rolling(days)
    middle = before.median()
    deviation = before.apply(_deviation, raw=True)
    return _beyond(costs, middle, deviation.clip(lower=0.02 * middle.abs()), limit)


def _deviation(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return SIGMA_PER_MAD * float(np.median(np.abs(values - np.median(values))))


def _beyond(
    costs: pd.Series[float],
    middle: pd.Series[float],
    spread: pd.Series[float],
    limit: float,
) -> list[int]:
    off = costs - middle
    usual = costs.shift().rolling(28).median()
    alarm = (off > limit * spread) & (off > NOTABLE * usual)
    return [place for place in map(int, np.flatnonzero(alarm)) if place >= QUIET]


DETECTORS: Final[dict[str, Detector]] = {
    "finops, looking back": looking_back,
    "finops, day by day": day_by_day,
    "z-score of 30 days": z_score,
    "median and MAD of 28 days": mad,
}


def scored(detector: Detector, truths: Sequence[Truth]) -> Score:
    """What `detector` finds in all services."""
    found = missed = false = 0
    for truth in truths:
        alarms = _merged([each for each in detector(truth.costs) if each >= QUIET])
        hits = [any(_is_hit(alarm, one) for alarm in alarms) for one in truth.planted]
        found += sum(hits)
        missed += len(hits) - sum(hits)
        false += sum(
            not any(_is_near(alarm, one) for one in truth.planted) for alarm in alarms
        )
    days = sum(len(truth.costs) - QUIET for truth in truths)
    return Score(found, missed, false, days / YEAR)


def _merged(alarms: Sequence[int]) -> list[int]:
    """The first of all alarms that lie within a week of the one before."""
    before = [None, *alarms]
    return [
        alarm
        for alarm, last in zip(alarms, before, strict=False)
        if last is None or alarm - last > WEEK
    ]


def _is_hit(alarm: int, one: Planted) -> bool:
    return one.start <= alarm <= one.last + 1


def _is_near(alarm: int, one: Planted) -> bool:
    return one.start <= alarm <= one.last + WEEK


def exact(known: KnownCause) -> bool:
    """Whether the cause that is found holds the very charges that were moved."""
    found = find_cause(known.moved).dimensions
    rows = known.moved.rows
    inside = np.ones(len(rows), dtype=bool)
    for name, value in found.items():
        inside &= (rows[name] == value).to_numpy()
    return bool((inside == known.inside).all())


def main() -> None:
    """Print one line for each detector and seed, then how exact causes are."""
    for seed in SEEDS:
        truths = services(SERVICES, seed=seed)
        print(f"Seed {seed}: {sum(len(t.planted) for t in truths)} anomalies")
        for name, detector in DETECTORS.items():
            begun = time.process_time()
            score = scored(detector, truths)
            seconds = time.process_time() - begun
            print(
                f"  {name:28} F1 {score.f1:.2f}  precision {score.precision:.2f}  "
                f"recall {score.recall:.2f}  false alarms a year "
                f"{score.false_per_year:.2f}  {seconds:.1f} s"
            )
        cubes = causes(CUBES, seed=seed)
        share = sum(map(exact, cubes)) / len(cubes)
        print(f"  exact cause {share:.2f} of {len(cubes)}")


if __name__ == "__main__":
    main()
