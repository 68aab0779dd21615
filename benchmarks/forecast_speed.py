"""What forecasts cost: 300 services of 90 days."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from benchmarks.forecast_cases import SEED, Case
from benchmarks.forecast_methods import ask_peer, for_peers, ours
from benchmarks.limits import judge
from benchmarks.simulated_costs import simulated_services
from finops.analysis.forecasting.daily_costs import read_costs
from finops.analysis.forecasting.recipe import follow_recipe

PROCESSES: Final = 2
TIMED_SERIES: Final = 300
TIMED_DAYS: Final = 90
SHOWN: Final = 54
"""The total, its accounts and the 40 largest services."""

MOST_SECONDS: Final = 5.0
MOST_CPU: Final = 0.4


def judge_speed(*, with_peer: bool) -> bool:
    """A page's worth of forecasts on two processes, and the CPU against AutoETS's.

    The page shows the total of 300 services, with the records of those that
    one looks at; all 300 records are what a nightly run would make.
    """
    timed = [
        Case("timed", service.seen, service.coming, 2)
        for service in simulated_services(
            TIMED_SERIES, history=TIMED_DAYS, seed=SEED + 1
        )
    ]
    started = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        paths = sum(pool.map(cpu_of_path, timed, chunksize=25))
        list(pool.map(ours, timed[:SHOWN], chunksize=9))
        seconds = time.perf_counter() - started
        records = sum(pool.map(cpu_of_forecast, timed, chunksize=25))
    print(f"CPU of 300 paths {paths:.1f} s, of 300 with records {records:.1f} s")
    what = f"seconds for 300 paths and {SHOWN} records"
    rows = [judge(what, seconds, 0, MOST_SECONDS)]
    if with_peer:
        peer = ask_peer("AutoETS", [for_peers(case) for case in timed])
        print(f"CPU of AutoETS {peer['cpu_seconds']:.1f} s")
        ratio = paths / peer["cpu_seconds"]
        rows.append(judge("CPU of paths / AutoETS's", ratio, 0, MOST_CPU))
    return all(rows)


def cpu_of_path(case: Case) -> float:
    """What the expected costs of one service take."""
    started = time.process_time()
    follow_recipe(
        read_costs(case.trusted), skipped=case.restated_days, days=len(case.coming)
    )
    return time.process_time() - started


def cpu_of_forecast(case: Case) -> float:
    """What one forecast takes with its intervals and its record."""
    started = time.process_time()
    ours(case)
    return time.process_time() - started
