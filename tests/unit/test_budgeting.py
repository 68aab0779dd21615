"""Will the money last: on any day of a month, for any limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.budget_words import cut_text, outlook_sentence
from finops.analysis.budgeting import outlook, probability_above
from finops.analysis.landing import Landing, landing
from finops.periods import ChargePeriod

TODAY = date(2026, 11, 23)

limits = st.floats(0, 10_000)
daily_costs = st.floats(0, 500)
spreads = st.floats(0, 50)


def days_from(first: date, count: int) -> pd.DatetimeIndex:
    """So many days in a row."""
    return pd.date_range(first, periods=count, tz="UTC", unit="us")


def sums(cost: float, *, days: int = 30, spread: float = 0.0) -> pd.DataFrame:
    """The forecast of the sum of days of one cost, with an interval that widens."""
    total = pd.Series(cost, days_from(TODAY, days)).cumsum()
    half = spread * pd.Series(1.0, total.index).cumsum()
    bounds = {"low80": -1.0, "high80": 1.0, "low95": -2.0, "high95": 2.0}
    return pd.DataFrame(
        {"cost": total} | {name: total + share * half for name, share in bounds.items()}
    )


def next_days(cost: float, *, spread: float = 0.0) -> Landing:
    """Where 30 days of one cost land."""
    period = ChargePeriod(TODAY, TODAY + timedelta(days=30))
    return landing(known(cost), sums(cost, spread=spread), period)


def known(cost: float, *, days: int = 60) -> pd.Series:
    """The days before today, of one cost."""
    return pd.Series(cost, days_from(TODAY - timedelta(days=days), days))


def november(cost: float, *, today: date = TODAY, ahead: int = 31) -> Landing:
    """Where November lands on one of its days."""
    history = pd.Series(
        cost, days_from(date(2026, 9, 1), (today - date(2026, 9, 1)).days)
    )
    coming = sums(cost, days=ahead).set_index(days_from(today, ahead))
    return landing(history, coming, ChargePeriod.month_of(today))


def late(cost: float, *, first: date = date(2026, 11, 10)) -> Landing:
    """Where November lands on the 23rd, on a bill that begins within it."""
    history = pd.Series(cost, days_from(first, (TODAY - first).days))
    coming = sums(cost, days=31).set_index(days_from(TODAY, 31))
    return landing(history, coming, ChargePeriod.month_of(TODAY))


def test_days_before_the_bill_begins_have_not_cost_nothing() -> None:
    lands = late(50.0)

    found = outlook(lands, 1200.0)

    assert lands.missing == ChargePeriod(date(2026, 11, 1), date(2026, 11, 10))
    assert lands.name == "10 to 30 Nov 2026"
    assert lands.projected == pytest.approx(21 * 50.0)
    assert (found.severity, found.overage, found.probability) == ("unknown", None, None)
    assert not found.needs_attention
    assert outlook_sentence(found, lands.name, "USD") == (
        "10 to 30 Nov 2026: $1,050.00 projected, of $1,200.00 a month; what 1 to 9 Nov "
        "2026 cost is not known, nor whether the budget holds."
    )


def test_a_limit_is_passed_whatever_the_missing_days_cost() -> None:
    found = outlook(late(50.0), 1000.0)

    assert found.severity == "medium"
    assert "1 to 9 Nov 2026 cost is not known, and comes on top" in outlook_sentence(
        found, "November 2026", "USD"
    )
    assert cut_text(found, "USD").startswith("reduce daily spend by at least $")


def test_a_bill_that_begins_with_the_month_lacks_nothing() -> None:
    lands = late(50.0, first=date(2026, 11, 1))

    assert lands.missing is None
    assert lands.name == "November 2026"
    assert outlook(lands, 2000.0).severity == "none"


def test_the_example_of_the_mission() -> None:
    found = outlook(next_days(95.0), 2500.0)

    assert found.projected == pytest.approx(2850.0)
    assert found.overage == pytest.approx(350.0)
    assert found.overage_percent == pytest.approx(14.0)
    assert found.severity == "high"
    assert found.days_left == 26
    assert found.breach_date == TODAY + timedelta(days=26)
    assert found.reduce_per_day == pytest.approx(11.67, abs=0.005)


def test_a_breach_has_a_range() -> None:
    found = outlook(next_days(95.0, spread=10.0), 2500.0)

    assert found.breach_early == TODAY + timedelta(days=23)
    assert found.breach_date == TODAY + timedelta(days=26)
    assert found.breach_late == TODAY + timedelta(days=29)


def test_a_breach_may_come_though_none_is_expected() -> None:
    found = outlook(next_days(80.0, spread=10.0), 2500.0)

    assert found.breach_date is None
    assert found.breach_late is None
    assert found.breach_early == TODAY + timedelta(days=27)
    assert found.severity == "low"
    assert not found.needs_attention


@pytest.mark.parametrize(
    ("limit", "severity"),
    [
        (2200.0, "critical"),
        (2500.0, "high"),
        (2800.0, "medium"),
        (2850.0, "none"),
        (3000.0, "none"),
        (0.0, "critical"),
    ],
)
def test_severity_follows_the_overage(limit: float, severity: str) -> None:
    assert outlook(next_days(95.0), limit).severity == severity


def test_a_month_that_has_passed_its_limit_cannot_be_saved() -> None:
    found = outlook(november(100.0), 2000.0)

    assert found.severity == "critical"
    assert found.to_date == pytest.approx(2200.0)
    assert found.breach_date == date(2026, 11, 21)
    assert found.breach_early == found.breach_late == found.breach_date
    assert found.days_left == 0
    assert found.reduce_per_day is None
    assert found.probability == 1.0


def test_the_cut_is_spread_over_the_days_that_are_left() -> None:
    found = outlook(november(100.0), 2920.0)

    assert found.projected == pytest.approx(3000.0)
    assert found.reduce_per_day == pytest.approx(80.0 / 8)


@pytest.mark.parametrize(
    ("today", "to_date", "days_ahead"),
    [(date(2026, 11, 1), 0.0, 30), (date(2026, 11, 30), 2900.0, 1)],
)
def test_the_first_and_the_last_day_of_a_month(
    today: date, to_date: float, days_ahead: int
) -> None:
    lands = november(100.0, today=today)

    assert lands.to_date == pytest.approx(to_date)
    assert lands.days_ahead == days_ahead
    assert lands.projected == pytest.approx(3000.0)


def test_nothing_spent_against_nothing_allowed_is_fine() -> None:
    found = outlook(next_days(0.0), 0.0)

    assert found.severity == "none"
    assert found.overage_percent is None
    assert found.reduce_per_day == 0.0


def test_a_limit_of_nothing_is_passed_on_the_first_day() -> None:
    found = outlook(next_days(5.0), 0.0)

    assert found.days_left == 0
    assert found.breach_date == TODAY
    assert found.overage_percent is None
    assert found.reduce_per_day == pytest.approx(5.0)


def test_the_chance_is_what_the_intervals_say() -> None:
    lands = next_days(95.0, spread=10.0)

    assert probability_above(lands, lands.projected) == pytest.approx(0.5)
    assert probability_above(lands, lands.interval80.high) == pytest.approx(0.1)
    assert probability_above(lands, lands.interval80.low) == pytest.approx(0.9)
    assert probability_above(lands, lands.interval95.high) == pytest.approx(0.025)
    assert probability_above(lands, 10 * lands.projected) < 0.0001


@settings(max_examples=50)
@given(daily_costs, spreads, limits, limits)
def test_a_higher_limit_is_never_likelier_to_be_passed(
    cost: float, spread: float, one: float, other: float
) -> None:
    lands = next_days(cost, spread=spread)

    low, high = sorted((one, other))

    assert 0 <= probability_above(lands, high) <= probability_above(lands, low) <= 1


@settings(max_examples=50)
@given(daily_costs, limits, st.integers(1, 30))
def test_the_cut_saves_the_month(cost: float, limit: float, day: int) -> None:
    lands = november(cost, today=date(2026, 11, day))
    cut = outlook(lands, limit).reduce_per_day

    if cut is None:
        assert lands.to_date > limit
    else:
        saved = lands.projected - cut * lands.days_ahead
        assert saved <= limit + 0.01


@settings(max_examples=50)
@given(daily_costs, spreads, limits)
def test_the_breach_lies_in_its_range(cost: float, spread: float, limit: float) -> None:
    found = outlook(next_days(cost, spread=spread), limit)

    if found.breach_date:
        assert found.breach_early is not None
        assert found.breach_early <= found.breach_date
        assert found.breach_late is None or found.breach_date <= found.breach_late
        assert found.days_left == (found.breach_date - TODAY).days


def test_what_an_account_costs_that_was_not_read_may_be_what_seems_left() -> None:
    lands = replace(november(100.0), unread=("staging",))

    left, passed = outlook(lands, 3500.0), outlook(lands, 2500.0)

    assert (left.severity, left.overage, left.probability) == ("unknown", None, None)
    assert outlook_sentence(left, "November 2026", "USD") == (
        "November 2026: $3,000.00 projected, of $3,500.00 a month; what staging cost "
        "is not known, nor whether the budget holds."
    )
    assert passed.severity == "high"
    assert "what staging cost is not known, and comes on top" in outlook_sentence(
        passed, "November 2026", "USD"
    )
    assert cut_text(passed, "USD") == "reduce daily spend by at least $62.50 a day"
