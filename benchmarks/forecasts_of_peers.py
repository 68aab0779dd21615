"""Forecasts of statsforecast and prophet; runs in `.venv-peers`, without the product.

Reads a file of series and writes a file of forecasts, both JSON:
`[{"first": "2026-01-01", "costs": [...], "skip": 2, "days": 30}, ...]` in, and
`{"sums": [...], "bands80": [[low, high], ...] or [], "cpu_seconds": 1.5}` out.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

SAMPLES: Final = 200

Series = dict[str, Any]
Answer = tuple[float, tuple[float, float] | None]


def auto_ets(series: Series) -> Answer:
    """The model that statsforecast chooses among those of exponential smoothing."""
    from statsforecast.models import AutoETS  # noqa: PLC0415 - one peer a process

    horizon = series["skip"] + series["days"]
    costs = np.asarray(series["costs"], dtype=float)
    path = AutoETS(season_length=7).forecast(y=costs, h=horizon)["mean"]
    return float(np.nan_to_num(path)[series["skip"] :].sum()), None


def prophet(series: Series) -> Answer:
    """Prophet as it comes, and the middle 80 % of its own sampled sums."""
    from prophet import Prophet  # noqa: PLC0415 - one peer a process

    days = pd.date_range(series["first"], periods=len(series["costs"]))
    model = Prophet(uncertainty_samples=SAMPLES)
    model.fit(pd.DataFrame({"ds": days, "y": series["costs"]}))
    horizon = series["skip"] + series["days"]
    coming = model.make_future_dataframe(horizon, include_history=False)
    coming = coming.iloc[series["skip"] :]
    sampled = model.predictive_samples(coming)["yhat"].sum(axis=0)
    low, high = np.quantile(sampled, [0.1, 0.9])
    return float(model.predict(coming)["yhat"].sum()), (float(low), float(high))


PEERS: Final[dict[str, Callable[[Series], Answer]]] = {
    "AutoETS": auto_ets,
    "prophet": prophet,
}


def main(peer: str, read: str, write: str) -> None:
    """Forecast all series of a file by one peer."""
    logging.disable(logging.WARNING)
    series = json.loads(Path(read).read_text())
    forecast = PEERS[peer]
    forecast(series[0])  # what is loaded and compiled once is not counted
    started = time.process_time()
    answers = [forecast(each) for each in series]
    spent = time.process_time() - started
    bands = [band for _, band in answers if band]
    results = {"sums": [total for total, _ in answers], "bands80": bands}
    Path(write).write_text(json.dumps(results | {"cpu_seconds": spent}))


if __name__ == "__main__":
    main(*sys.argv[1:])
