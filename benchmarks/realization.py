"""Does a measured saving hold the truth, and does it verify what saved nothing?

Each case is a made-up cost of which the truth is known. Beside ours stands what
is usual: the mean of the 30 days before minus that of the days after.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.made_up_changes import (
    COURSES,
    DAYS_BEFORE,
    LEVEL,
    Course,
    MadeUpChange,
    made_up_change,
)
from finops.analysis.realization import MeasuredSaving, measure

SEED: Final = 2026
CASES: Final = {True: 60, False: 125}
"""Of changes that save, and of such that save nothing: for each course, number of
days, and with or without a control."""

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


def measured(change: MadeUpChange, *, with_control: bool) -> Case:
    """What we say of `change`, against what is true."""
    found = measure(
        change.costs,
        implemented_on=change.implemented_on,
        control=change.control if with_control else None,
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


def cases(course: Course, *, saves: bool, with_control: bool) -> list[Case]:
    """Cases of one course, half with 16 days after the change, half with 30."""
    rng = np.random.default_rng([SEED, COURSES.index(course), saves])
    return [
        measured(
            made_up_change(rng, course, days_after=days, saves=saves),
            with_control=with_control,
        )
        for days in (16, 30)
        for _ in range(CASES[saves])
    ]


def report(title: str, found: list[Case]) -> str:
    """One line of figures."""
    errors = np.array([case.error for case in found])
    usual = np.array([case.usual_error for case in found])
    return (
        f"{title:40} bias {errors.mean():+7.2%}  error {np.std(errors):6.2%} "
        f"(before minus after {np.sqrt(np.mean(usual**2)):6.2%})  "
        f"interval +-{np.median([c.half_width for c in found]):6.2%} "
        f"holds {np.mean([c.holds for c in found]):6.1%}  "
        f"verified {np.mean([c.verified for c in found]):6.1%}"
    )


def main() -> int:
    """Print the figures; 0 where all of them are within their limits."""
    failed = 0
    for with_control in (False, True):
        for saves in (True, False):
            name = "control" if with_control else "alone"
            together: list[Case] = []
            for course in COURSES:
                found = cases(course, saves=saves, with_control=with_control)
                print(report(f"{name}, {course}", found), flush=True)
                together += found
            said = "saves" if saves else "saves nothing"
            print(report(f"{name}, {said}: all {len(together)}", together) + "\n")
            failed += not within_limits(together, saves=saves)
    return min(failed, 1)


def within_limits(found: list[Case], *, saves: bool) -> bool:
    """Whether the figures are what we promise."""
    low, high = COVERAGE
    holds = low <= np.mean([case.holds for case in found]) <= high
    right = abs(np.mean([case.error for case in found])) <= LARGEST_BIAS
    verified = np.mean([case.verified for case in found])
    return bool(holds and right and (saves or verified <= MOST_VERIFIED_FOR_NOTHING))


if __name__ == "__main__":
    sys.exit(main())
