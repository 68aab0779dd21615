"""Are the forecasts better than the usual ones, do their intervals hold, at what cost?

Every method is given the same final days of the same series, simulated and
real, and is asked for the sum of the coming 30. An error is a part of the sum
that came, 2 at most. Without `.venv-peers`, which `make bench` makes, the peers
are left out, and what needs them is not judged.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.forecast_cases import HISTORIES, Case, all_cases
from benchmarks.forecast_methods import (
    PEERS,
    USUAL,
    ask_peer,
    for_peers,
    is_installed,
    ours,
    usual,
)
from benchmarks.forecast_speed import judge_speed
from benchmarks.limits import judge
from finops.analysis.forecasting import Forecast, Interval

PROCESSES: Final = 2

LARGEST_ERROR: Final = 2.0
MOST_ERROR: Final = 0.20
BELOW_TREND: Final = 0.70
BELOW_AUTO_ETS: Final = 0.90
COVER_80: Final = (0.75, 0.88)
COVER_95: Final = (0.88, 0.97)
LEAST_HISTORY: Final = 60


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    cases = all_cases()
    asked = [for_peers(case) for case in cases]
    with ProcessPoolExecutor(PROCESSES) as pool:
        peers = peers_at_work(pool, asked)
        forecasts = list(pool.map(ours, cases, chunksize=8))
        sums = {"finops": [forecast.total for forecast in forecasts]}
        for name, method in USUAL.items():
            sums[name] = [usual(method, case) for case in cases]
        answers = {name: answer.result() for name, answer in peers.items()}
    sums |= {name: answer["sums"] for name, answer in answers.items()}
    errors = error_table(cases, sums)
    print(errors.round(3).to_string(na_rep=""))
    passed = [
        judge_errors(errors),
        judge_intervals(cases, forecasts, answers),
        judge_speed(with_peer="AutoETS" in peers),
    ]
    return int(not all(passed))


def peers_at_work(
    pool: ProcessPoolExecutor, asked: Sequence[dict[str, object]]
) -> dict[str, Any]:
    """The answers of the peers, which are under way; none of those left out."""
    installed = [peer for peer in PEERS if is_installed(peer)]
    for peer in PEERS:
        if peer not in installed:
            print(f"Left out: {peer}, which is not installed in .venv-peers.")
    return {peer: pool.submit(ask_peer, peer, asked) for peer in installed}


def error_table(cases: Sequence[Case], sums: dict[str, list[float]]) -> pd.DataFrame:
    """The mean error of each method (column) on each group of series (row)."""
    came = np.array([case.coming.sum() for case in cases])
    errors = pd.DataFrame(sums).sub(came, axis=0).abs().div(np.abs(came), axis=0)
    groups = [case.group for case in cases]
    table = errors.clip(upper=LARGEST_ERROR).groupby(groups, sort=False).mean()
    of_all = table[table.index.str.startswith("simulated")].mean()
    table = pd.concat([table, of_all.to_frame("simulated").T])
    table.insert(0, "series", pd.Series(groups).value_counts().reindex(table.index))
    return table


def judge_errors(errors: pd.DataFrame) -> bool:
    """The product against fixed limits and against its rivals."""
    rows = [
        judge(
            f"error, simulated, {history} days",
            errors_of(errors, f"simulated, {history} days", "finops"),
            0,
            MOST_ERROR,
        )
        for history in HISTORIES
    ]
    rivals = [("simulated", "linear trend", BELOW_TREND)]
    if "AutoETS" in errors:
        rivals.append(("simulated", "AutoETS", BELOW_AUTO_ETS))
    rivals += [
        (group, "weekday mean", 1.0) for group in errors.index if "mybinder" in group
    ]
    for group, rival, limit in rivals:
        ratio = errors_of(errors, group, "finops") / errors_of(errors, group, rival)
        rows.append(judge(f"error / {rival}'s, {group}", ratio, 0, limit))
    return all(rows)


def errors_of(errors: pd.DataFrame, group: str, method: str) -> float:
    """One cell of the table."""
    return float(errors[method].to_dict()[group])


def judge_intervals(
    cases: Sequence[Case], forecasts: Sequence[Forecast], answers: dict[str, Any]
) -> bool:
    """How often the intervals of the sum held what came."""
    long = [len(case.seen) >= LEAST_HISTORY for case in cases]
    came = pd.Series([case.coming.sum() for case in cases])
    held = pd.DataFrame(
        {
            "80 %": holds([each.interval80 for each in forecasts], came),
            "95 %": holds([each.interval95 for each in forecasts], came),
        }
    )
    for peer, answer in answers.items():
        if answer["bands80"]:
            bands = [Interval(*band) for band in answer["bands80"]]
            held[f"{peer}'s 80 %"] = holds(bands, came)
    print(held.groupby([case.group for case in cases], sort=False).mean().round(2))
    simulated = [case.group.startswith("simulated") for case in cases]
    shares = held[np.array(long) & np.array(simulated)].mean()
    rows = [
        judge(
            "80 % intervals that held, simulated, 60+ days", shares["80 %"], *COVER_80
        ),
        judge(
            "95 % intervals that held, simulated, 60+ days", shares["95 %"], *COVER_95
        ),
    ]
    return all(rows)


def holds(bands: Sequence[Interval], came: pd.Series[float]) -> pd.Series[bool]:
    """Which of the bands hold what came."""
    lows = pd.Series([band.low for band in bands])
    highs = pd.Series([band.high for band in bands])
    return came.between(lows, highs)


if __name__ == "__main__":
    sys.exit(main())
