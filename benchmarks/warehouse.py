"""How much slower is the first answer from a bill than SQL written by hand?

A CUR of ten million line items is made in a temporary folder, then asked for
its usage by day and service: by the source, which first finds out the format,
the extent of the data and whether files overlap, and by SQL that a person
wrote for this very file, with the same rules and the same settings of DuckDB.
Each runs in a process of its own, in turn; both end with a table of pandas.
Then the source is asked for the same bill in two files that share line items.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.made_up_cur import write_cur
from benchmarks.timed_answer import TimedAnswer

LINES: Final = 10_000_000
RUNS: Final = 7
LARGEST_RATIO: Final = 1.3
MOST_MEGABYTES: Final = 1000
MOST_MEGABYTES_TO_MATCH_LINES: Final = 2500

Run = tuple[TimedAnswer, float]
"""An answer, and the seconds that its whole process took."""


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    with TemporaryDirectory() as folder:
        one, two = Path(folder) / "one.parquet", Path(folder) / "two"
        two.mkdir()
        write_cur(one, first=0, last=LINES, of=LINES)
        write_cur(two / "1.parquet", first=0, last=6 * LINES // 10, of=LINES)
        write_cur(two / "2.parquet", first=4 * LINES // 10, last=LINES, of=LINES)
        source, by_hand = [], []
        for _ in range(RUNS):
            source.append(run("usage_by_source", one))
            by_hand.append(run("usage_by_hand", one))
        overlap = [run("usage_by_source", two)]
    for name, runs in {
        "source": source,
        "by hand": by_hand,
        "two files": overlap,
    }.items():
        show(name, runs)
    [figures] = {answer.figures for answer, _ in (*source, *by_hand, *overlap)}
    print(f"{figures[0]} groups, {figures[1]:,.2f} billed by each")
    ratio = show_ratios(source, by_hand)
    slow = ratio > LARGEST_RATIO
    large = peak(source) > MOST_MEGABYTES
    return int(slow or large or peak(overlap) > MOST_MEGABYTES_TO_MATCH_LINES)


def run(way: str, location: Path) -> Run:
    """One answer in a process of its own."""
    started = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{way}", str(location)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - started
    return TimedAnswer(**json.loads(ended.stdout)), seconds


def show(name: str, runs: list[Run]) -> None:
    """One line of figures: medians, and the most memory."""
    answer = median(answer.seconds for answer, _ in runs)
    process = median(seconds for _, seconds in runs)
    print(
        f"{name:<10} answer {answer:5.2f} s   process {process:5.2f} s   "
        f"peak {peak(runs):5.0f} MB"
    )


def show_ratios(source: list[Run], by_hand: list[Run]) -> float:
    """The ratio of each pair of runs in a row, whose median is not moved by a load."""
    pairs = list(zip(source, by_hand, strict=True))
    answer = median(ours[0].seconds / theirs[0].seconds for ours, theirs in pairs)
    process = median(ours[1] / theirs[1] for ours, theirs in pairs)
    print(f"ratio      answer {answer:5.2f}     process {process:5.2f}")
    return answer


def peak(runs: list[Run]) -> float:
    """The most memory that one of the runs held."""
    return max(answer.megabytes for answer, _ in runs)


if __name__ == "__main__":
    sys.exit(main())
