"""What one answer took in a process of its own, from the end of its imports."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class TimedAnswer:
    """One answer, in figures by which to compare it, and what it took."""

    groups: int
    billed: float
    effective: float
    seconds: float
    megabytes: float

    @property
    def figures(self) -> tuple[int, float, float]:
        """What two ways to the same answer agree in."""
        return self.groups, round(self.billed, 2), round(self.effective, 2)


def print_timed(ask: Callable[[str], pd.DataFrame], location: str) -> None:
    """Ask once, and print a `TimedAnswer` as JSON."""
    started = time.perf_counter()
    table = ask(location)
    seconds = time.perf_counter() - started
    billed, effective = table["BilledCost"].sum(), table["EffectiveCost"].sum()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = TimedAnswer(len(table), float(billed), float(effective), seconds, peak)
    print(json.dumps(asdict(answer)))
