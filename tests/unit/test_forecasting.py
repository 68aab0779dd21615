"""What the coming days will cost, and how far off that may be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from finops.analysis.forecasting import forecast_costs, forecast_total
from finops.errors import ConfigurationError, InsufficientHistoryError

FIRST_DAY = "2026-08-01"


def daily(costs: list[float]) -> pd.Series[float]:
    """The costs of days in a row."""
    days = pd.date_range(FIRST_DAY, periods=len(costs), tz="UTC")
    return pd.Series(costs, index=days, dtype="float64")


def workweeks(weeks: int) -> pd.Series[float]:
    """Workdays at about 100 and weekends at about 60, from a Saturday on."""
    noise = np.random.default_rng(3).normal(1, 0.02, 7 * weeks)
    return daily(list(np.tile([60.0, 60, 100, 100, 100, 100, 100], weeks) * noise))


def test_flat_costs_are_forecast_flat_with_a_narrow_band() -> None:
    forecast = forecast_costs(daily([95.0] * 90))

    assert forecast.total == pytest.approx(2850)
    assert forecast.daily_average == pytest.approx(95)
    assert forecast.monthly_run_rate == pytest.approx(2850)
    assert forecast.interval95.high - forecast.interval95.low < 0.05 * 2850
    assert forecast.trend_percent == pytest.approx(0)
    assert forecast.trend == "stable"
    assert forecast.volatility_percent == pytest.approx(0)
    assert forecast.confidence.level == "high"


def test_the_forecast_starts_on_the_day_after_the_last() -> None:
    costs = workweeks(10)

    forecast = forecast_costs(costs, days=7)

    assert forecast.days == 7
    assert forecast.daily.index[0] == costs.index[-1] + pd.Timedelta(days=1)
    weekend = forecast.daily["cost"].iloc[:2]
    assert weekend.to_list() == pytest.approx([60, 60], rel=0.05)


def test_days_that_may_be_restated_are_not_trusted() -> None:
    costs = daily([100.0] * 58 + [40.0, 5.0])

    forecast = forecast_costs(costs, restated_days=2)

    assert forecast.total == pytest.approx(3000)
    assert forecast.history_days == 58


def test_a_total_is_the_sum_of_its_parts() -> None:
    parts = pd.DataFrame({"web": workweeks(10), "data": workweeks(10) * 0.3})

    forecast = forecast_total(parts)

    alone = [forecast_costs(parts[name]).total for name in parts]
    assert forecast.total == pytest.approx(sum(alone))
    assert forecast.parts.sum().to_list() == pytest.approx(alone)


def test_the_record_holds_past_forecasts_against_what_came() -> None:
    record = forecast_costs(workweeks(15)).record

    assert record is not None
    assert [past.days for past in record.forecasts][:3] == [30, 30, 30]
    assert record.mean_error_percent == pytest.approx(1, abs=1)
    assert record.held95 == len(record.forecasts) == 6


@pytest.mark.parametrize("costs", [[], [1.0], [1.0, 2.0], [float("nan")] * 9])
def test_too_few_days_are_explained(costs: list[float]) -> None:
    with pytest.raises(InsufficientHistoryError, match="3 days of cost are needed"):
        forecast_costs(daily(costs))


def test_a_forecast_reaches_a_day_ahead_at_least() -> None:
    with pytest.raises(ConfigurationError):
        forecast_costs(daily([1.0] * 30), days=0)
