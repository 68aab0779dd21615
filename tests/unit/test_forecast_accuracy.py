"""Forecasts are nearer to what came than a trend, and their intervals hold.

The whole contest, with more services and rivals, is `benchmarks/forecasts.py`.
"""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulated_costs import simulated_services
from finops.analysis.forecasting import forecast_costs

LARGEST_ERROR = 2.0


def error(forecast: float, came: float) -> float:
    """How far off a sum was, as a part of what came."""
    return min(abs(forecast - came) / abs(came), LARGEST_ERROR)


@pytest.mark.parametrize("history", [60, 120])
def test_simulated_services_are_forecast_better_than_by_a_line(history: int) -> None:
    services = list(simulated_services(39, history=history, seed=4))

    ours, lines, held = [], [], []
    for service in services:
        came = float(service.coming.sum())
        if not came:
            continue
        forecast = forecast_costs(service.seen)
        line = forecast_costs(service.seen, method="linear")
        ours.append(error(forecast.total, came))
        lines.append(error(line.total, came))
        held.append(forecast.interval80.holds(came))

    assert np.mean(ours) <= 0.20
    assert np.mean(ours) <= 0.7 * np.mean(lines)
    assert 0.65 <= np.mean(held) <= 0.95
