"""What a change really saved, held against truths that are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from finops.analysis.realization import MeasuredSaving, NotMeasurable, measure
from finops.analysis.realization.monthly import days_in_a_month
from finops.analysis.realization.window import window_around

CHANGE = date(2026, 9, 24)

DAYS = pd.date_range("2026-06-01", "2026-11-01", tz="UTC")

AFTER = pd.Timestamp(CHANGE, tz="UTC") < DAYS

HOURS = 730 / 24
"""Days of the month that AWS estimates for."""


def costs(daily: object) -> pd.Series[float]:
    return pd.Series(daily, index=DAYS, dtype="float64")


def saving(found: MeasuredSaving | NotMeasurable) -> MeasuredSaving:
    assert isinstance(found, MeasuredSaving), found
    return found


def noisy(
    seed: int, noise: float = 0.05
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    week = np.where(DAYS.day_of_week >= 5, 0.7, 1.0)
    drawn = np.random.default_rng(seed).normal(0, noise, len(DAYS))
    return np.asarray(100.0 * week * np.exp(drawn))


def test_a_deleted_volume_of_ten_dollars_saves_ten_dollars() -> None:
    storage = 10.0 / DAYS.days_in_month

    found = saving(measure(costs(np.where(AFTER, 0.0, storage)), implemented_on=CHANGE))

    assert (found.saving, found.low, found.high) == pytest.approx((10.0, 10.0, 10.0))
    assert found.expected == pytest.approx(10.0)
    assert (found.method, found.verified) == ("fixed", True)


def test_a_machine_by_the_hour_is_measured_for_730_hours() -> None:
    hourly = costs(np.where(AFTER, 0.0832, 0.624)) * 24

    found = saving(measure(hourly, implemented_on=CHANGE))

    assert found.saving == pytest.approx((0.624 - 0.0832) * 730)
    assert found.low == pytest.approx(found.saving)


def test_a_cut_under_growth_is_measured_against_the_grown_cost() -> None:
    """Load rises by 20 % on the day on which its price falls by 30 %."""
    load = noisy(1) * np.where(AFTER, 1.2, 1.0)
    paid = costs(load * np.where(AFTER, 0.7, 1.0))
    others = costs(3 * load * noisy(9, noise=0.02) / noisy(9, noise=0.0))
    truth = (0.3 * load[AFTER][:30]).mean() * HOURS

    by_usage = saving(measure(paid, implemented_on=CHANGE, usage=costs(5 * load)))
    by_control = saving(measure(paid, implemented_on=CHANGE, control=others))

    assert by_usage.saving == pytest.approx(truth, rel=0.01)
    assert (by_usage.method, by_control.method) == ("usage", "control")
    assert by_control.low <= truth <= by_control.high
    assert by_control.verified


def test_what_saves_the_same_every_day_is_not_measured_by_the_busy_days() -> None:
    load = noisy(1) * np.where(DAYS.day_of_week >= 5, 0.6, 1.0)
    paid = costs(load - np.where(AFTER, 20.0, 0.0))

    found = saving(measure(paid, implemented_on=CHANGE, control=costs(3 * load)))

    assert found.method == "control"
    assert found.saving == pytest.approx(20.0 * HOURS, rel=0.015)


@pytest.mark.parametrize("growth", [-0.006, 0.008])
def test_growth_that_goes_on_is_neither_saved_nor_lost(growth: float) -> None:
    grown = np.exp(growth * np.arange(len(DAYS)))
    paid = costs(noisy(1, noise=0.01) * grown)

    found = saving(measure(paid, implemented_on=CHANGE))

    assert found.low < 0 < found.high
    assert abs(found.saving) < 0.02 * paid[AFTER].mean() * HOURS


def test_a_change_of_what_grows_is_measured_at_what_it_has_grown_to() -> None:
    grown = noisy(1, noise=0.01) * np.exp(0.005 * np.arange(len(DAYS)))
    paid = costs(np.where(AFTER, 0.7, 1.0) * grown)

    found = saving(measure(paid, implemented_on=CHANGE))

    truth = (0.3 * grown)[AFTER][:30].mean() * HOURS
    assert found.low < truth < found.high
    assert found.saving == pytest.approx(truth, rel=0.1)


@pytest.mark.parametrize("seed", range(5))
def test_noise_does_not_make_a_month_of_what_is_paid_by_the_hour(seed: int) -> None:
    window = window_around(costs(noisy(seed, noise=0.03)), CHANGE)

    monthly = window.times(days_in_a_month(window))

    assert monthly.values.dropna().tolist() == pytest.approx(
        (window.values.dropna() * HOURS).tolist()
    )


def test_costs_that_vary_are_measured_by_their_own_level() -> None:
    paid = costs(noisy(2) - np.where(AFTER, 25.0, 0.0))

    found = saving(measure(paid, implemented_on=CHANGE))

    assert found.method == "level"
    assert found.low < 25.0 * HOURS < found.high
    assert found.verified


def test_a_change_that_saved_nothing_is_not_verified() -> None:
    found = saving(measure(costs(noisy(3)), implemented_on=CHANGE))

    assert found.low < 0 < found.high
    assert not found.verified


def test_a_change_that_costs_more_has_a_negative_saving() -> None:
    paid = costs(np.where(AFTER, 3.0, 2.0))

    found = saving(measure(paid, implemented_on=CHANGE))

    assert found.saving == pytest.approx(-HOURS)
    assert not found.verified


def test_what_was_deleted_while_it_varied_has_an_interval() -> None:
    paid = costs(np.where(AFTER, 0.0, noisy(4)))

    found = saving(measure(paid, implemented_on=CHANGE))

    truth = noisy(4)[AFTER][:30].mean() * HOURS
    assert found.low < truth < found.high
    assert found.low < found.saving < found.high


def test_fees_on_the_first_and_the_day_of_the_change_tell_nothing() -> None:
    paid = costs(np.where(AFTER, 1.0, 2.0))
    paid[DAYS.day == 1] += 500.0
    paid[pd.Timestamp(CHANGE, tz="UTC") == DAYS] = 77.0

    found = saving(measure(paid, implemented_on=CHANGE))

    assert found.saving == pytest.approx(HOURS)


@pytest.mark.parametrize(
    "first",
    ["2026-10-13", "2026-09-22", "2026-09-25"],
    ids=["later", "before", "after"],
)
def test_a_spike_is_not_the_changes_doing(first: str) -> None:
    paid = costs(noisy(5) - np.where(AFTER, 30.0, 0.0))
    spiked = paid.copy()
    spiked[pd.date_range(first, periods=2, tz="UTC")] += 900.0

    found = [saving(measure(each, implemented_on=CHANGE)) for each in (paid, spiked)]

    assert found[1].saving == pytest.approx(found[0].saving, rel=0.1)


def test_a_control_that_runs_its_own_way_is_not_used() -> None:
    paid = costs(noisy(6) - np.where(AFTER, 30.0, 0.0))
    strange = costs(np.linspace(10.0, 400.0, len(DAYS)))

    found = saving(measure(paid, implemented_on=CHANGE, control=strange))

    assert found == measure(paid, implemented_on=CHANGE)


def test_usage_that_ended_drives_nothing() -> None:
    storage = costs(np.where(AFTER, 0.0, 2.0))

    found = saving(measure(storage, implemented_on=CHANGE, usage=storage * 50))

    assert found.method == "fixed"
    assert found.saving == pytest.approx(2.0 * HOURS)


@settings(max_examples=50)
@given(
    drawn=st.lists(st.integers(-1, 3), min_size=1, max_size=15),
    left=st.sampled_from([0.0, 0.5, 1.0]),
)
@example(drawn=[3, *[1] * 13], left=0.5)
@example(drawn=[3, *[1] * 13], left=0.0)
def test_whatever_is_charged_has_an_interval_or_a_reason(
    drawn: list[int], left: float
) -> None:
    paid = costs(np.resize(drawn, len(DAYS)) * np.where(AFTER, left, 1.0))

    found = measure(paid, implemented_on=CHANGE)

    if isinstance(found, MeasuredSaving):
        assert -np.inf < found.low <= found.saving <= found.high < np.inf
    else:
        assert found.reason


Cut = Callable[["pd.Series[float]"], "pd.Series[float]"]

NOT_MEASURABLE: dict[str, tuple[Cut, str]] = {
    "too early": (
        lambda paid: paid[:"2026-10-05"],
        "10 of 14 days after the change are known.",
    ),
    "the bill starts late": (
        lambda paid: paid["2026-09-01":],
        "22 of 28 days before the change are known.",
    ),
    "the change is older than the bill": (
        lambda paid: paid["2026-10-10":],
        "of 28 days before the change are known.",
    ),
    "nothing was charged": (lambda paid: 0 * paid, "Too little was charged"),
    "credits outweighed it": (lambda paid: -1 * paid, "Too little was charged"),
}


@pytest.mark.parametrize(("cut", "told"), NOT_MEASURABLE.values(), ids=NOT_MEASURABLE)
def test_what_cannot_be_measured_says_why(cut: Cut, told: str) -> None:
    found = measure(cut(costs(noisy(7))), implemented_on=CHANGE)

    assert isinstance(found, NotMeasurable)
    assert told in found.reason


def test_a_saving_smaller_than_the_noise_does_not_show() -> None:
    found = saving(measure(costs(noisy(8, noise=0.3)), implemented_on=CHANGE))

    assert not found.tells(5.0)
    assert found.tells(5000.0)
    assert found.tells(None)


@settings(max_examples=20)
@given(
    price=st.floats(0.01, 1e5),
    left=st.floats(0.0, 2.0),
    by_the_month=st.booleans(),
)
def test_a_fixed_cost_saves_exactly_the_difference(
    *, price: float, left: float, by_the_month: bool
) -> None:
    month = DAYS.days_in_month if by_the_month else HOURS
    paid = costs(price * np.where(AFTER, left, 1.0) / month)

    found = saving(measure(paid, implemented_on=CHANGE))

    assert found.saving == pytest.approx(price * (1 - left), abs=1e-6 * price)


@settings(max_examples=8)
@given(factor=st.floats(0.01, 1000.0), seed=st.integers(0, 50))
def test_costs_in_another_unit_save_as_much(factor: float, seed: int) -> None:
    paid = costs(noisy(seed) - np.where(AFTER, 20.0, 0.0))

    one, other = (
        saving(measure(each, implemented_on=CHANGE)) for each in (paid, factor * paid)
    )

    assert other.saving == pytest.approx(factor * one.saving, rel=0.02)
    assert other.verified == one.verified
