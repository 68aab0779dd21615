"""What the coming days will cost, and how far off that may be."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.forecasting import Forecast, Method, forecast_costs, forecast_total
from finops.errors import ConfigurationError, InsufficientHistoryError

FIRST_DAY = "2026-08-01"

METHODS: tuple[Method, ...] = ("recipe", "linear")

amounts = st.one_of(st.just(0.0), st.floats(0.01, 1000))
anything = st.one_of(amounts, st.floats(), st.just(-5.0))


def daily(costs: list[float], *, first: str = FIRST_DAY) -> pd.Series[float]:
    """The costs of days in a row."""
    days = pd.date_range(first, periods=len(costs), tz="UTC")
    return pd.Series(costs, index=days, dtype="float64")


def workweeks(weeks: int) -> pd.Series[float]:
    """Workdays at about 100 and weekends at about 60, from a Saturday on."""
    noise = np.random.default_rng(3).normal(1, 0.02, 7 * weeks)
    return daily(list(np.tile([60.0, 60, 100, 100, 100, 100, 100], weeks) * noise))


def figures(forecast: Forecast) -> list[float]:
    """Everything in a forecast that is money."""
    record = forecast.record.forecasts if forecast.record else ()
    return [
        *forecast.daily.to_numpy().ravel(),
        *forecast.cumulative.to_numpy().ravel(),
        *forecast.parts.to_numpy().ravel(),
        *(each for past in record for each in (past.forecast, past.actual)),
        *(past.interval80.low for past in record),
        *(past.interval95.high for past in record),
    ]


def test_flat_costs_are_forecast_flat_with_a_narrow_band() -> None:
    forecast = forecast_costs(daily([95.0] * 90))

    assert forecast.total == pytest.approx(2850)
    assert forecast.daily_average == pytest.approx(95)
    assert forecast.monthly_run_rate == pytest.approx(2850)
    assert forecast.interval95.high - forecast.interval95.low < 0.05 * 2850
    assert forecast.volatility_percent == pytest.approx(0)
    assert forecast.confidence.level == "high"


def test_flat_costs_have_no_trend_on_any_day_of_the_month() -> None:
    days = pd.date_range("2026-10-01", periods=31).strftime("%Y-%m-%d")

    forecasts = [forecast_costs(daily([100.0] * 45, first=day)) for day in days]

    assert {forecast.trend for forecast in forecasts} == {"stable"}
    for forecast in forecasts:
        assert forecast.trend_percent == pytest.approx(0)


def test_a_monthly_fee_makes_no_trend_and_comes_again() -> None:
    costs = daily([100.0] * 75)
    costs[["2026-09-01", "2026-10-01"]] += 500

    forecast = forecast_costs(costs, restated_days=0)

    assert forecast.trend_percent == pytest.approx(0)
    assert forecast.daily["cost"].to_dict() == pytest.approx(
        {
            day: 600.0 if str(day.date()) == "2026-11-01" else 100.0
            for day in forecast.daily.index
        }
    )
    assert "Fees of the first days of a month come again" in str(forecast.assumptions)


def test_growth_is_a_trend() -> None:
    forecast = forecast_costs(daily([100 * 1.004**day for day in range(90)]))

    assert forecast.trend == "increasing"
    assert forecast.trend_percent == pytest.approx(12, abs=4)


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


def test_an_unknown_day_is_not_a_day_without_costs() -> None:
    costs = workweeks(10)
    costs.iloc[30] = math.nan
    costs = costs.drop(costs.index[[40, 41]])

    forecast = forecast_costs(costs)

    assert forecast.total == pytest.approx(forecast_costs(workweeks(10)).total, 0.01)
    assert "3 days without a known cost" in str(forecast.notes)


def test_bounds_lie_around_the_cost_and_inside_one_another() -> None:
    forecast = forecast_costs(workweeks(10))

    for table in (forecast.daily, forecast.cumulative):
        inside_out = table[["low95", "low80", "cost", "high80", "high95"]]
        assert (inside_out.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)
    assert forecast.cumulative["cost"].iloc[-1] == pytest.approx(forecast.total)
    assert forecast.interval80.high == forecast.cumulative["high80"].iloc[-1]


def test_the_sum_is_surer_than_its_days_together() -> None:
    forecast = forecast_costs(workweeks(20))

    of_sum = forecast.interval80.high - forecast.total
    of_days = (forecast.daily["high80"] - forecast.daily["cost"]).sum()
    assert of_sum < of_days


def test_the_record_holds_past_forecasts_against_what_came() -> None:
    costs = workweeks(15)

    record = forecast_costs(costs).record

    assert record is not None
    [first, *_, last] = record.forecasts
    assert (first.days, last.days) == (30, 7)
    since = pd.Timestamp(first.first_day, tz="UTC")
    assert first.actual == pytest.approx(costs[since:].iloc[:30].sum())
    assert record.mean_error_percent == pytest.approx(1, abs=1)
    assert record.held95 == len(record.forecasts) == 6


def test_the_record_knows_nothing_of_later_days() -> None:
    costs, later = workweeks(15), workweeks(15)
    later.iloc[-40:] *= 3

    records = [forecast_costs(each).record for each in (costs, later)]

    [then, afterwards] = [record.forecasts[0] for record in records if record]
    assert then.forecast == pytest.approx(afterwards.forecast)
    assert then.interval80.high == pytest.approx(afterwards.interval80.high)
    assert then.actual != pytest.approx(afterwards.actual)


def test_the_linear_method_goes_on_along_the_line() -> None:
    costs = daily([100.0 + day for day in range(60)])

    forecast = forecast_costs(costs, days=10, method="linear")

    assert forecast.daily["cost"].to_list() == pytest.approx(range(160, 170))
    assert forecast.method == "linear"
    assert forecast.record is not None
    assert forecast.record.mean_error_percent == pytest.approx(0, abs=1e-6)


def test_the_record_compares_with_the_linear_trend() -> None:
    costs = daily([100.0] * 60 + [200.0] * 60)

    record = forecast_costs(costs).record

    assert record is not None
    assert record.mean_error_percent is not None
    assert record.linear_mean_error_percent is not None
    assert record.mean_error_percent < record.linear_mean_error_percent


@pytest.mark.parametrize(
    ("costs", "note"),
    [
        ([0.0] * 50 + [10.0] * 40, "It was first charged on 20 Sep 2026"),
        ([10.0] * 12, "There is not enough history for a forecast to rely on: 12"),
        ([10.0] * 20, "20 days of history are too few to see a trend"),
        ([-10.0] * 60, "Credits outweigh what is charged"),
        ([0.0, 0.0, 0.0, 9.0] * 20, "It is charged on few days only"),
    ],
)
def test_unusual_histories_are_named(costs: list[float], note: str) -> None:
    forecast = forecast_costs(daily(costs), restated_days=0)

    assert note in " ".join(forecast.notes)


def test_a_history_of_nothing_goes_on_as_nothing() -> None:
    forecast = forecast_costs(daily([0.0] * 60))

    assert (forecast.total, forecast.interval95.high) == (0, 0)
    assert forecast.volatility_percent is None
    assert "Nothing was charged" in str(forecast.assumptions)


def test_a_step_up_is_named_with_its_day() -> None:
    costs = daily([100.0] * 60 + [150.0] * 20)

    forecast = forecast_costs(costs, restated_days=0)

    assert forecast.total == pytest.approx(4500)
    step = "The level changed by +50.0 % on 30 Sep 2026 and stays."
    assert step in forecast.assumptions


@pytest.mark.parametrize("costs", [[], [1.0], [1.0, 2.0], [math.nan] * 9])
def test_too_few_days_are_explained(costs: list[float]) -> None:
    with pytest.raises(InsufficientHistoryError, match="3 days of cost are needed"):
        forecast_costs(daily(costs))


def test_a_single_day_is_enough_for_a_guess() -> None:
    forecast = forecast_costs(daily([10.0]), restated_days=0)

    assert forecast.total == pytest.approx(300)
    assert forecast.confidence.level == "low"
    assert forecast.record is None


def test_a_forecast_reaches_a_day_ahead_at_least() -> None:
    with pytest.raises(ConfigurationError):
        forecast_costs(daily([1.0] * 30), days=0)


def test_twenty_years_are_read_by_their_end() -> None:
    forecast = forecast_costs(daily([1.0] * 7000 + [100.0] * 300, first="2006-01-01"))

    assert forecast.total == pytest.approx(3000)
    assert forecast.history_days == 200


def test_a_total_is_the_sum_of_its_parts() -> None:
    parts = pd.DataFrame({"web": workweeks(10), "data": workweeks(10) * 0.3})

    forecast = forecast_total(parts)

    alone = [forecast_costs(parts[name]).total for name in parts]
    assert forecast.total == pytest.approx(sum(alone))
    assert forecast.parts.sum().to_list() == pytest.approx(alone)
    assert forecast.record == forecast_costs(parts.sum(axis=1)).record


def test_a_part_that_did_not_exist_yet_cost_nothing() -> None:
    parts = pd.DataFrame({"old": workweeks(10), "new": workweeks(10).iloc[-30:]})

    forecast = forecast_total(parts)

    assert forecast.parts["new"].sum() == pytest.approx(
        forecast.parts["old"].sum(), rel=0.05
    )


def test_credits_that_bring_a_bill_to_nothing_leave_nothing() -> None:
    usage = workweeks(10)

    forecast = forecast_total(pd.DataFrame({"usage": usage, "credit": -usage}))

    assert forecast.total == pytest.approx(0)
    assert forecast.trend_percent == 0
    assert forecast.volatility_percent is None


@settings(max_examples=25)
@given(st.lists(amounts, min_size=20, max_size=70), st.sampled_from([1e-3, 7, 1e6]))
def test_scaling_costs_scales_forecasts(costs: list[float], factor: float) -> None:
    forecast = forecast_costs(daily(costs))
    scaled = forecast_costs(daily(costs) * factor)

    tolerance = 1e-6 * factor * (1 + max(costs))
    expected = [factor * figure for figure in figures(forecast)]
    assert figures(scaled) == pytest.approx(expected, rel=1e-6, abs=tolerance)
    assert scaled.trend == forecast.trend
    assert scaled.confidence.level == forecast.confidence.level


@settings(max_examples=40)
@given(
    costs=st.lists(anything, max_size=60),
    restated_days=st.sampled_from([0, 2]),
    method=st.sampled_from(METHODS),
)
def test_any_costs_get_an_answer_or_a_sentence(
    costs: list[float], restated_days: int, method: Method
) -> None:
    given_costs = daily(costs)
    before = given_costs.copy()

    try:
        forecast = forecast_costs(
            given_costs,
            restated_days=restated_days,
            method=method,
        )
    except InsufficientHistoryError:
        known = before.iloc[: len(before) - restated_days].abs() <= 1e15
        assert not known.any()
    else:
        assert np.isfinite(figures(forecast)).all()
    pd.testing.assert_series_equal(given_costs, before)


@settings(max_examples=10)
@given(st.lists(st.tuples(amounts, amounts, amounts), min_size=15, max_size=40))
def test_parts_add_up_to_the_forecast(
    rows: list[tuple[float, float, float]],
) -> None:
    days = pd.date_range(date(2026, 1, 1), periods=len(rows), tz="UTC")
    parts = pd.DataFrame(rows, index=days, columns=["a", "b", "c"])

    forecast = forecast_total(parts)

    assert forecast.parts.sum(axis=1).to_list() == pytest.approx(
        forecast.daily["cost"].to_list()
    )
