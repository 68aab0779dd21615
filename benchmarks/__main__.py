"""Run the benchmarks named on the command line, or all of them."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

BENCHMARKS: Final = (
    *("warehouse", "accounts", "browser"),
    *("forecasts", "anomalies", "realization", "tracker_under_fire"),
)
"""Each is a module of its own, so that its peak memory is its own."""


def main(names: list[str]) -> int:
    """Run each benchmark in its own process; 0 where all of them ended well."""
    failed = 0
    for name in names or BENCHMARKS:
        print(f"\n== {name}", flush=True)
        ended = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"], check=False
        )
        failed += ended.returncode != 0
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
