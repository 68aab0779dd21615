"""Does a measured saving hold the truth, and does it verify what saved nothing?

Each case is a made-up cost of which the truth is known. Beside ours stands what
is usual: the mean of the 30 days before minus that of the days after. Another seed
makes other cases: `python -m benchmarks.realization 7`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Self, get_args

import numpy as np

from benchmarks.made_up_changes import (
    COURSES,
    DAYS_BEFORE,
    LEVEL,
    Course,
    MadeUpChange,
    made_up_change,
    made_up_rate_change,
)
from finops.analysis.realization import MeasuredSaving, measure

SEED: Final = 2026
CASES: Final = 250
"""For each course, with 16 and with 30 days after the change, saving and not, by
each means: the share that holds is known within 1 point for each course."""

Means = Literal["alone", "control", "usage"]
"""What is known beside the costs: nothing, those of a control, or the usage."""

MONTH: Final = 730 / 24

COVERAGE: Final = (0.88, 0.98)
LARGEST_BIAS: Final = 0.02
MOST_VERIFIED_FOR_NOTHING: Final = 0.07


@dataclass(frozen=True, slots=True)
class Case:
    """One measurement and the truth, as parts of the level."""

    error: float
    usual_error: float
    half_width: float
    holds: bool
    verified: bool


def measured(change: MadeUpChange, means: Means) -> Case:
    """What we say of `change`, against what is true."""
    found = measure(
        change.costs,
        implemented_on=change.implemented_on,
        control=change.control if means == "control" else None,
        usage=change.usage,
    )
    if not isinstance(found, MeasuredSaving):
        raise TypeError(found.reason)
    after = slice(DAYS_BEFORE + 1, None)
    truth = change.saved.iloc[after].mean() * MONTH
    before = change.costs.iloc[DAYS_BEFORE - 30 : DAYS_BEFORE].mean()
    usual = (before - change.costs.iloc[after].mean()) * MONTH
    return Case(
        error=(found.saving - truth) / (LEVEL * MONTH),
        usual_error=(usual - truth) / (LEVEL * MONTH),
        half_width=(found.high - found.low) / 2 / (LEVEL * MONTH),
        holds=found.low <= truth <= found.high,
        verified=found.verified,
    )


def cases(course: Course, means: Means, *, seed: int, saves: bool) -> list[Case]:
    """Cases of one course, half with 16 days after the change, half with 30."""
    rng = np.random.default_rng([seed, COURSES.index(course), saves])
    made_up = made_up_rate_change if means == "usage" else made_up_change
    return [
        measured(made_up(rng, course, days_after=days, saves=saves), means)
        for days in (16, 30)
        for _ in range(CASES)
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """What many cases say together.

    Attributes:
        usual_error: Of what is usual, as a standard deviation.
        uncertain: The standard error of `holds`, which is a share of so many.
    """

    bias: float
    error: float
    usual_error: float
    half_width: float
    holds: float
    uncertain: float
    verified: float

    @classmethod
    def of(cls, found: Sequence[Case]) -> Self:
        """The figures of `found`."""
        errors = np.array([case.error for case in found])
        usual = np.array([case.usual_error for case in found])
        holds = float(np.mean([case.holds for case in found]))
        return cls(
            bias=float(errors.mean()),
            error=float(np.std(errors)),
            usual_error=float(np.sqrt(np.mean(usual**2))),
            half_width=float(np.median([case.half_width for case in found])),
            holds=holds,
            uncertain=float(np.sqrt(holds * (1 - holds) / len(found))),
            verified=float(np.mean([case.verified for case in found])),
        )

    @property
    def right(self) -> bool:
        """Whether the interval and the bias are what we promise."""
        low, high = COVERAGE
        return low <= self.holds <= high and abs(self.bias) <= LARGEST_BIAS

    def __str__(self) -> str:
        return (
            f"bias {self.bias:+7.2%}  error {self.error:6.2%} "
            f"(before minus after {self.usual_error:6.2%})  "
            f"interval +-{self.half_width:6.2%} "
            f"holds {self.holds:6.1%} +-{self.uncertain:4.1%}  "
            f"verified {self.verified:6.1%}"
        )


def all_right(means: Means, *, seed: int) -> bool:
    """Whether each course alone is within the limits, and what saves nothing is."""
    right, nothing = True, list[Case]()
    for course in COURSES:
        saving, not_saving = (
            cases(course, means, seed=seed, saves=saves) for saves in (True, False)
        )
        nothing += not_saving
        both = Figures.of([*saving, *not_saving])
        right = right and both.right
        print(f"{f'{means}, {course}, saves':32} {Figures.of(saving)}")
        print(f"{f'{means}, {course}, saves nothing':32} {Figures.of(not_saving)}")
        print(f"{f'{means}, {course}':32} {both}", flush=True)
    in_all = Figures.of(nothing)
    print(f"{f'{means}, {len(nothing)} save nothing':32} {in_all}\n", flush=True)
    return right and in_all.verified <= MOST_VERIFIED_FOR_NOTHING


def main(seed: int = SEED) -> int:
    """Print the figures; 0 where all of them are within their limits."""
    right = [all_right(means, seed=seed) for means in get_args(Means)]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
