"""Steps are found on their day, and what is usual is left alone."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.anomalies.days import Days
from finops.analysis.anomalies.rhythm import Rhythm
from finops.analysis.anomalies.steps import Step, find_steps
from finops.analysis.anomalies.watching import usual

START = date(2026, 8, 3)
"""A Monday."""


def daily(
    days: int = 84, *, level: float = 100.0, weekend: float = 1.0, noise: float = 0.02
) -> pd.Series[float]:
    """A cost per day with a weekly rhythm and some noise."""
    index = pd.date_range(START, periods=days, tz="UTC")
    strays = np.random.default_rng(5).normal(0.0, noise, days)
    week = np.where(index.day_of_week >= 5, weekend, 1.0)
    return pd.Series(level * week * np.exp(strays), index=index)


def steps(
    costs: pd.Series[float], *, smallest: float = 0.0, restated: int = 0
) -> list[Step]:
    rhythm = usual(costs)
    return find_steps(Days.of(costs, rhythm, smallest=smallest, restated=restated))


def test_nothing_happens_to_a_cost_with_its_usual_noise() -> None:
    assert steps(daily(noise=0.1)) == []


def test_a_weekly_rhythm_is_usual() -> None:
    assert steps(daily(weekend=0.04)) == []


def test_what_is_priced_by_the_month_costs_more_a_day_in_february() -> None:
    index = pd.date_range("2025-11-01", "2026-02-28", tz="UTC")
    costs = pd.Series(3100.0 / index.days_in_month.to_numpy(float), index=index)

    assert steps(costs) == []
    assert steps(costs["2025-12-10":"2026-02-03"]) == []


def test_a_rise_in_february_beyond_its_length_is_found() -> None:
    index = pd.date_range("2025-11-01", "2026-02-28", tz="UTC")
    costs = pd.Series(np.where(index.month == 2, 130.0, 100.0), index=index)

    [rise] = steps(costs)

    assert index[rise.start].day == 1


def test_a_spike_is_found_with_its_days_and_what_was_expected() -> None:
    costs = daily()
    costs.iloc[40:43] *= 1.6

    [spike] = steps(costs)

    assert (spike.start, spike.end, spike.lasts) == (40, 43, False)
    assert np.exp(spike.before) == pytest.approx(100.0, rel=0.03)
    assert spike.score > 10


def test_a_spike_on_a_quiet_day_is_one_though_workdays_cost_more() -> None:
    costs = daily(weekend=0.2)
    costs.iloc[40] *= 3.0

    [spike] = steps(costs)

    assert costs.iloc[40] < 100.0
    assert spike.start == 40


def test_a_step_is_told_for_a_week_and_then_it_is_usual() -> None:
    costs = daily()
    costs.iloc[40:] *= 1.5

    [step] = steps(costs)

    assert (step.start, step.end, step.lasts) == (40, 47, True)


def test_a_spike_on_top_of_a_step_is_another() -> None:
    costs = daily()
    costs.iloc[40:] *= 1.5
    costs.iloc[44:48] *= 1.6

    [step, spike] = steps(costs)

    assert (step.start, step.end, step.lasts) == (40, 44, True)
    assert (spike.start, spike.end, spike.lasts) == (44, 48, False)
    assert np.exp(spike.before) == pytest.approx(150.0, rel=0.05)


def test_a_new_cost_is_found_though_there_was_none_before() -> None:
    costs = daily()
    costs.iloc[:60] = 0.0

    [new] = steps(costs)

    assert (new.start, new.lasts) == (60, True)


def test_what_goes_down_and_stays_is_found() -> None:
    costs = daily()
    costs.iloc[50:] *= 0.5

    [fall] = steps(costs)

    assert (fall.start, fall.lasts) == (50, True)
    assert fall.score < 0


def test_an_outage_of_a_day_is_left_out() -> None:
    costs = daily()
    costs.iloc[50] *= 0.2

    assert steps(costs) == []


def test_what_comes_back_after_a_fall_is_told_as_it_may_be_something_else() -> None:
    costs = daily()
    costs.iloc[50:53] *= 0.4

    [fall, rise] = steps(costs)

    assert (fall.start, fall.end) == (50, 53)
    assert (rise.start, rise.score > 0) == (53, True)


def test_the_end_of_a_spike_is_no_news_and_the_end_of_a_level_is() -> None:
    short, long = daily(), daily()
    short.iloc[50:55] *= 1.6
    long.iloc[50:58] *= 1.6

    assert [step.start for step in steps(short)] == [50]
    assert [step.start for step in steps(long)] == [50, 58]


def test_a_step_is_found_in_a_month_of_history() -> None:
    costs = daily(31, noise=0.01)
    costs.iloc[9:] *= 2.0

    [step] = steps(costs)

    assert step.start == 9


def test_the_newest_day_is_judged_by_the_days_before_it() -> None:
    costs = daily(60)
    costs.iloc[-1] *= 1.4

    [rise] = steps(costs)

    assert (rise.start, rise.end, rise.lasts) == (59, 60, False)


def test_fees_of_the_first_of_a_month_are_usual() -> None:
    costs = daily(120)
    costs[pd.DatetimeIndex(costs.index).day == 1] += 500.0

    assert steps(costs) == []


def test_a_fee_that_was_never_seen_before_is_not_judged() -> None:
    costs = daily(40)
    costs[pd.DatetimeIndex(costs.index).day == 1] += 500.0

    assert steps(costs) == []


def test_a_cost_beyond_the_usual_fee_is_found_on_the_first() -> None:
    costs = daily(120)
    first = pd.DatetimeIndex(costs.index).day == 1
    costs[first] += 50.0
    last = int(np.flatnonzero(first)[-1])
    costs.iloc[last] += 300.0

    [spike] = steps(costs)

    assert (spike.start, spike.end) == (last, last + 1)


def test_a_cost_that_comes_now_and_then_is_compared_with_its_own_days() -> None:
    costs = daily(90, noise=0.05)
    runs = np.random.default_rng(3).random(90) < 0.3
    costs[~runs] = 0.0
    assert steps(costs) == []
    last_run = int(np.flatnonzero(runs)[-3])
    costs.iloc[last_run] *= 4

    [spike] = steps(costs)

    assert spike.start == last_run


def test_a_weekly_job_is_usual() -> None:
    costs = daily(90)
    costs[pd.DatetimeIndex(costs.index).day_of_week != 2] = 0.0

    assert steps(costs) == []


def test_a_fall_of_incomplete_days_means_nothing_and_a_rise_does() -> None:
    falling, rising = daily(), daily()
    falling.iloc[-2:] *= [0.8, 0.2]
    rising.iloc[-2:] *= [1.6, 1.5]

    assert steps(falling, restated=2) == []
    [fall] = steps(falling)
    [rise] = steps(rising, restated=2)
    assert (fall.start, rise.start) == (82, 82)


def test_a_move_too_small_to_matter_is_left_out() -> None:
    costs = daily(level=1.0)
    costs.iloc[40] *= 2.0

    assert steps(costs, smallest=1.5) == []
    assert len(steps(costs, smallest=0.5)) == 1


def test_a_move_of_less_than_a_tenth_is_left_out() -> None:
    costs = daily(noise=0.001)
    costs.iloc[40] *= 1.09

    assert steps(costs) == []


@pytest.mark.parametrize("scale", [1e-6, 0.37, 2.0, 1e7])
def test_the_size_of_a_cost_moves_no_step(scale: float) -> None:
    costs = daily(weekend=0.6, noise=0.05)
    costs.iloc[30] *= 2.0
    costs.iloc[50:] *= 1.5
    costs.iloc[70:72] = 0.0

    found = [(step.start, step.end, step.lasts) for step in steps(costs)]

    scaled = steps(costs * scale)
    assert [(step.start, step.end, step.lasts) for step in scaled] == found
    assert found


ODD = st.one_of(
    st.floats(allow_nan=True, allow_infinity=False, width=32),
    st.sampled_from([0.0, 1.0, 100.0, -5.0, 1e-300, 1e300, float("nan")]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ODD, max_size=45))
def test_whatever_the_costs_are_the_answer_is_a_list_of_steps(
    amounts: list[float],
) -> None:
    index = pd.date_range(START, periods=len(amounts), tz="UTC")
    costs = pd.Series(amounts, index=index, dtype=float)

    found = steps(costs)

    assert all(0 <= step.start < step.end <= len(costs) for step in found)
    assert all(np.isfinite([step.before, step.score]).all() for step in found)


def test_twenty_years_of_days_are_an_answer() -> None:
    costs = daily(20 * 365, weekend=0.7)
    costs.iloc[5000:5002] *= 2.0

    [spike] = steps(costs)

    assert spike.start == 5000


def test_fewer_days_than_a_week_have_no_rhythm_and_no_steps() -> None:
    costs = daily(6)
    costs.iloc[3] *= 10

    assert steps(costs) == []
    assert not Rhythm.of(costs).weekdays.any()


def test_a_series_without_charges_has_no_steps() -> None:
    assert steps(daily() * 0.0) == []
    assert steps(daily() * -1.0) == []
