"""The ways to forecast that are compared: the product's, the usual ones, the peers'.

Peers run in `.venv-peers`, which `make bench` makes, each in its own process.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from benchmarks.forecast_cases import Case
from finops.analysis.forecasting import Forecast, forecast_costs

PEERS: Final = {"AutoETS": "statsforecast", "prophet": "prophet"}
"""Each peer, and the package that it comes in."""

PEER_PYTHON: Final = Path(__file__).parents[1] / ".venv-peers" / "bin" / "python"

Values = npt.NDArray[np.float64]
Method = Callable[[Values, int], Values]


def linear_trend(costs: Values, horizon: int) -> Values:
    """The line of least squares through all days."""
    days = np.arange(len(costs))
    slope, start = np.polyfit(days, costs, 1)
    return np.asarray(start + slope * (len(costs) + np.arange(horizon)))


def seasonal_naive(costs: Values, horizon: int) -> Values:
    """The last week again and again."""
    return np.resize(costs[-7:], horizon)


def weekday_mean(costs: Values, horizon: int) -> Values:
    """The mean of each weekday in the last four weeks."""
    weeks = min(4, len(costs) // 7)
    if not weeks:
        return np.full(horizon, costs.mean())
    return np.resize(costs[-7 * weeks :].reshape(weeks, 7).mean(axis=0), horizon)


USUAL: Final[dict[str, Method]] = {
    "linear trend": linear_trend,
    "seasonal naive": seasonal_naive,
    "weekday mean": weekday_mean,
}


def ours(case: Case) -> Forecast:
    """The forecast of the product."""
    return forecast_costs(
        case.seen, days=len(case.coming), restated_days=case.restated_days
    )


def usual(method: Method, case: Case) -> float:
    """The sum that a usual method expects."""
    horizon = case.restated_days + len(case.coming)
    path = method(np.asarray(case.trusted, dtype=np.float64), horizon)
    return float(path[case.restated_days :].sum())


def is_installed(peer: str) -> bool:
    """Whether a peer can be asked."""
    if not PEER_PYTHON.exists():
        return False
    loads = [str(PEER_PYTHON), "-c", f"import {PEERS[peer]}"]
    return subprocess.run(loads, check=False, capture_output=True).returncode == 0


def ask_peer(peer: str, series: Sequence[dict[str, object]]) -> dict[str, Any]:
    """The answers of a peer to all series, from a process in its own environment."""
    with TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "asked", Path(folder) / "answered"
        asked.write_text(json.dumps(series))
        script = Path(__file__).with_name("forecasts_of_peers.py")
        subprocess.run(
            [PEER_PYTHON, script, peer, asked, answered],
            check=True,
            capture_output=True,
            env=os.environ | {"OMP_NUM_THREADS": "1"},  # noqa: TID251
        )
        answer: dict[str, Any] = json.loads(answered.read_text())
        return answer


def for_peers(case: Case) -> dict[str, object]:
    """A case as the peers read it."""
    return {
        "first": f"{case.trusted.index[0]:%Y-%m-%d}",
        "costs": case.trusted.to_list(),
        "skip": case.restated_days,
        "days": len(case.coming),
    }
