from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.periods import (
    ChargePeriod,
    Preset,
    next_month,
    preset_period,
    previous_month,
)

PRESETS: tuple[Preset, ...] = get_args(Preset)

days = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))
periods = st.builds(
    lambda start, count: ChargePeriod(start, start + timedelta(days=count)),
    days,
    st.integers(1, 800),
)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    period = ChargePeriod(date(2026, 11, 1), date(2026, 11, 8))

    assert date(2026, 11, 1) in period
    assert date(2026, 11, 7) in period
    assert date(2026, 11, 8) not in period
    assert period.days == 7
    assert period.last_day == date(2026, 11, 7)
    assert str(period) == "2026-11-01 to 2026-11-07"


@pytest.mark.parametrize("end", [date(2026, 11, 1), date(2026, 10, 31)])
def test_a_period_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        ChargePeriod(date(2026, 11, 1), end)


@pytest.mark.parametrize(
    ("day", "days_of_its_month"),
    [(date(2024, 2, 29), 29), (date(2026, 2, 1), 28), (date(2026, 12, 31), 31)],
)
def test_a_month_ends_where_the_next_begins(day: date, days_of_its_month: int) -> None:
    month = ChargePeriod.month_of(day)

    assert month.start == day.replace(day=1)
    assert month.days == days_of_its_month
    assert month.end == next_month(day)
    assert previous_month(month.end) == month.start


@pytest.mark.parametrize(
    ("preset", "start", "end"),
    [
        ("7 days", date(2026, 11, 16), date(2026, 11, 23)),
        ("30 days", date(2026, 10, 24), date(2026, 11, 23)),
        ("90 days", date(2026, 8, 25), date(2026, 11, 23)),
        ("Month to date", date(2026, 11, 1), date(2026, 11, 23)),
        ("Last month", date(2026, 10, 1), date(2026, 11, 1)),
        ("Quarter to date", date(2026, 10, 1), date(2026, 11, 23)),
        ("Year to date", date(2026, 1, 1), date(2026, 11, 23)),
    ],
)
def test_presets_end_with_the_last_complete_day(
    preset: Preset, start: date, end: date
) -> None:
    period = preset_period(preset, as_of=date(2026, 11, 22))

    assert period == ChargePeriod(start, end)


@given(days)
def test_on_the_last_day_of_a_month_month_to_date_is_the_month(day: date) -> None:
    last_day = ChargePeriod.month_of(day).last_day

    assert preset_period("Month to date", as_of=last_day) == ChargePeriod.month_of(day)


@given(periods)
def test_the_period_before_is_as_long_and_over_before_it_starts(
    period: ChargePeriod,
) -> None:
    before = period.before()

    assert before.days == period.days
    assert before.end <= period.start


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        # As many days of the month before, where it has them.
        ("2026-11-01", "2026-11-23", "2026-10-01 to 2026-10-22"),
        ("2024-03-01", "2024-03-30", "2024-02-01 to 2024-02-29"),
        ("2026-01-01", "2026-02-01", "2025-12-01 to 2025-12-31"),
        # The month before is too short; the days right before hold its 1st.
        ("2026-03-01", "2026-04-01", "2026-01-29 to 2026-02-28"),
        ("2026-05-01", "2026-06-01", "2026-03-31 to 2026-04-30"),
        # Longer periods start on a 1st as well.
        ("2026-10-01", "2026-11-23", "2026-08-01 to 2026-09-22"),
        ("2026-01-01", "2026-11-23", "2025-02-01 to 2025-12-23"),
        # Any other period.
        ("2026-11-16", "2026-11-23", "2026-11-09 to 2026-11-15"),
    ],
)
def test_like_is_compared_with_like(start: str, end: str, before: str) -> None:
    period = ChargePeriod(date.fromisoformat(start), date.fromisoformat(end))

    assert str(period.before()) == before


@given(days, st.sampled_from(["Month to date", "Last month"]))
def test_a_monthly_fee_falls_on_both_sides_of_a_month(
    day: date, preset: Preset
) -> None:
    period = preset_period(preset, as_of=day)

    assert _firsts(period.before()) == _firsts(period) == 1


def test_monthly_fees_rarely_differ_between_quarters_and_years() -> None:
    compared = [
        preset_period(preset, as_of=date(2024, 1, 1) + timedelta(days=n))
        for n in range(0, 4 * 365, 5)
        for preset in ("Quarter to date", "Year to date")
    ]

    uneven = [p for p in compared if _firsts(p) != _firsts(p.before())]

    assert len(uneven) < 0.05 * len(compared)


@given(periods)
def test_months_put_together_are_the_period(period: ChargePeriod) -> None:
    pieces = period.months()

    assert pieces[0].start == period.start
    assert pieces[-1].end == period.end
    assert sum(piece.days for piece in pieces) == period.days
    assert all(piece.end <= next_month(piece.start) for piece in pieces)
    assert {piece.start.day for piece in pieces[1:]} <= {1}


@given(periods, periods)
def test_two_periods_share_the_days_that_both_hold(
    one: ChargePeriod, other: ChargePeriod
) -> None:
    shared = one.overlap(other)

    both = [
        one.start + timedelta(days=n)
        for n in range(one.days)
        if one.start + timedelta(days=n) in other
    ]
    assert shared == (ChargePeriod(both[0], both[-1] + timedelta(1)) if both else None)


def _firsts(period: ChargePeriod) -> int:
    return sum((period.start + timedelta(days=n)).day == 1 for n in range(period.days))
