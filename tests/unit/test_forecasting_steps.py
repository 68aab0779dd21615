"""Each step of the recipe, on costs that show what it is for."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from finops.analysis.forecasting.daily_costs import (
    Calendar,
    DailyCosts,
    Values,
    read_costs,
)
from finops.analysis.forecasting.guard import guarded
from finops.analysis.forecasting.level_shift import aligned, find_shift
from finops.analysis.forecasting.members import fit_members, weekday_means
from finops.analysis.forecasting.month_length import (
    in_mean_months,
    is_priced_per_month,
)
from finops.analysis.forecasting.month_start import take_out_fees
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.sparse import is_sparse, sparse_path
from finops.analysis.forecasting.spikes import without_spikes
from finops.analysis.forecasting.spread import row_medians, usual_costs
from finops.analysis.forecasting.trials import follow
from finops.analysis.forecasting.weights import weights


def calendar(days: int, *, first: date = date(2026, 1, 1)) -> Calendar:
    """Days in a row."""
    return Calendar.starting(np.datetime64(first, "D"), days)


def noisy(costs: Values, deviation: float = 0.02) -> Values:
    """The costs with a little noise, the same each time."""
    rng = np.random.default_rng(8)
    return np.asarray(costs * rng.normal(1, deviation, len(costs)))


def test_a_calendar_knows_leap_years_and_weekdays() -> None:
    days = calendar(3, first=date(2028, 2, 28))

    assert days.day_of_month.tolist() == [28, 29, 1]
    assert days.days_in_month.tolist() == [29, 29, 31]
    assert days.weekday.tolist() == [day.weekday() for day in days.days.tolist()]


def test_the_same_course_is_forecast_once_in_whatever_currency() -> None:
    days = pd.date_range("2026-01-01", periods=90, tz="UTC")
    dollars = pd.Series(noisy(np.full(90, 100.0)), index=days)
    later = dollars.set_axis(days + pd.Timedelta(days=1))
    in_dollars, in_yen, moved = map(read_costs, (dollars, dollars * 157.25, later))

    def path(costs: DailyCosts, days: int = 30) -> Path:
        return follow("recipe", costs, skipped=2, days=days)

    assert path(in_yen) is path(in_dollars)
    assert path(moved) is not path(in_dollars)
    assert len(path(in_dollars, days=60).costs) == 60


def test_the_median_of_a_row_leaves_out_what_is_unknown() -> None:
    nan = np.nan

    medians = row_medians(np.array([[3, nan, 1], [nan, nan, 5], [1, 9, 2]]))

    assert medians.tolist() == [2, 5, 2]
    assert np.isnan(row_medians(np.full((1, 3), nan))).all()


def test_what_is_usual_comes_from_the_same_weekday() -> None:
    costs = np.tile([1.0, 2, 3, 4, 5, 6, 7], 6)

    assert usual_costs(costs).tolist() == costs.tolist()


def test_a_fee_of_the_first_is_taken_out_and_comes_again() -> None:
    days = calendar(90)
    costs = np.where(days.day_of_month == 1, 400.0, 100.0)

    without, fees = take_out_fees(costs, days)

    assert without.tolist() == [100.0] * 90
    assert fees.amounts == {1: 300.0}
    assert fees.on(calendar(3, first=date(2026, 4, 30))).tolist() == [0, 300, 0]


def test_a_fee_that_stopped_does_not_come_again() -> None:
    days = calendar(120, first=date(2026, 1, 20))
    costs = np.full(120, 100.0)
    costs[12] = 400.0  # 1 February; March, April and May were quiet

    _, fees = take_out_fees(costs, days)

    assert fees.amounts == {}


def test_noise_on_the_first_is_no_fee() -> None:
    _, fees = take_out_fees(noisy(np.full(150, 100.0), 0.1), calendar(150))

    assert fees.amounts == {}


def test_a_price_per_month_is_told_by_the_length_of_the_months() -> None:
    days = calendar(120)
    costs = noisy(3000 / days.days_in_month, 0.002)

    assert is_priced_per_month(costs, days)
    assert in_mean_months(costs, days) == pytest.approx(98.7, rel=0.02)
    assert not is_priced_per_month(noisy(np.full(120, 100.0), 0.002), days)


def test_a_spike_is_replaced_by_what_is_usual() -> None:
    costs = noisy(np.tile([60.0, 60, 100, 100, 100, 100, 100], 8))
    spiky = costs.copy()
    spiky[[20, 21]] *= 3

    without, spikes = without_spikes(spiky)

    assert np.flatnonzero(spikes).tolist() == [20, 21]
    assert without == pytest.approx(costs, rel=0.1)


def test_a_rise_that_lasts_until_the_end_is_no_spike() -> None:
    costs = noisy(np.full(60, 100.0))
    costs[-2:] *= 3

    without, spikes = without_spikes(costs)

    assert without.tolist() == costs.tolist()
    assert not spikes.any()


@pytest.mark.parametrize("ratio", [0.6, 1.3, 2.0])
def test_days_before_a_step_are_moved_to_its_level(ratio: float) -> None:
    week = np.tile([60.0, 60, 100, 100, 100, 100, 100], 10)
    costs = noisy(week)
    costs[:40] /= ratio

    shift = find_shift(costs)

    assert shift is not None
    assert shift.position == pytest.approx(40, abs=1)
    assert shift.ratio == pytest.approx(ratio, rel=0.1)
    assert aligned(costs, shift) == pytest.approx(week, rel=0.2)


def test_days_before_another_world_are_dropped() -> None:
    costs = noisy(np.full(70, 100.0))
    costs[:40] /= 20

    shift = find_shift(costs)

    assert shift is not None
    assert shift.ratio is None
    assert aligned(costs, shift).tolist() == costs[shift.position :].tolist()


def test_noise_and_rhythm_are_no_step() -> None:
    assert find_shift(noisy(np.tile([40.0, 40, 100, 100, 100, 100, 100], 12))) is None


def test_the_mean_of_each_weekday_goes_on_in_its_place() -> None:
    costs = np.array([0.0, *np.tile([1.0, 2, 3, 4, 5, 6, 7], 4)])

    assert weekday_means(costs, 9).tolist() == [1, 2, 3, 4, 5, 6, 7, 1, 2]


def test_the_model_that_was_right_has_most_to_say() -> None:
    costs = noisy(np.tile([40.0, 40, 100, 100, 100, 100, 100], 12))
    members = fit_members(costs)

    def far_off(known: int, horizon: int) -> Values:
        return np.full(horizon, 10.0)

    right, wrong = weights([members.level, far_off], costs, 30)

    assert right + wrong == pytest.approx(1)
    assert right > 0.99


def test_days_are_not_independent_of_each_other() -> None:
    members = fit_members(np.cumsum(noisy(np.full(90, 1.0), 3.0)) + 500)

    of_days, of_sums = members.spreads(0, 30)

    assert of_sums[-1] > 2 * np.sqrt((of_days**2).sum())


def test_the_guard_keeps_the_mean_near_that_of_the_last_weeks() -> None:
    costs = np.full(60, 100.0)

    assert guarded(np.full(30, 300.0), costs) == pytest.approx(115)
    assert guarded(np.full(30, 0.0), costs) == pytest.approx(85)
    assert guarded(np.full(30, 105.0), costs) == pytest.approx(105)


def test_a_monthly_charge_comes_on_its_day() -> None:
    days = calendar(130)
    costs = np.where(days.day_of_month[:100] == 15, 80.0, 0.0)

    path = sparse_path(costs, days, skipped=0)

    assert is_sparse(costs)
    expected = np.where(days.day_of_month[100:] == 15, 80.0, 0.0)
    assert path.costs.tolist() == path.fees.tolist() == expected.tolist()
    assert path.sum_spread[-1] < 10


def test_a_weekly_charge_comes_on_its_weekday() -> None:
    days = calendar(86)
    costs = np.where(days.weekday[:56] == 2, 70.0, 0.0)

    path = sparse_path(costs, days, skipped=2)

    assert path.costs.tolist() == np.where(days.weekday[58:] == 2, 70.0, 0.0).tolist()


@pytest.mark.parametrize("silent", [15, 23, 30, 55, 90])
def test_what_was_charged_daily_and_ended_does_not_come_again(silent: int) -> None:
    costs = np.concatenate([np.full(100, 10.0), np.zeros(silent)])

    path = sparse_path(costs, calendar(len(costs) + 30), skipped=0)

    assert path.costs.sum() == 0.0


def test_a_batch_now_and_then_may_come_again_after_a_usual_pause() -> None:
    costs = np.zeros(110)
    costs[[5, 9, 28, 47, 66, 71, 86]] = 10.0

    path = sparse_path(costs, calendar(140), skipped=0)

    assert path.costs.sum() > 0.0


def test_charges_now_and_then_go_on_at_their_rate() -> None:
    rng = np.random.default_rng(1)
    costs = np.where(rng.random(112) < 0.3, 10.0, 0.0)

    path = sparse_path(costs, calendar(142), skipped=0)

    assert path.costs == pytest.approx(costs[-56:].mean())
    assert path.sum_spread[-1] > path.sum_spread[0] > 0
