from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.periods import ChargePeriod
from finops.sources.cost_explorer.dates import askable, cut, history, pages_of

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize(
    ("today", "start", "last_day"),
    [
        (date(2026, 11, 23), date(2025, 10, 1), date(2026, 11, 22)),
        (date(2026, 11, 1), date(2025, 10, 1), date(2026, 10, 31)),
        (date(2026, 1, 31), date(2024, 12, 1), date(2026, 1, 30)),
        (date(2028, 2, 29), date(2027, 1, 1), date(2028, 2, 28)),
    ],
)
def test_history_is_thirteen_months_and_this_one(
    today: date, start: date, last_day: date
) -> None:
    assert history(today).start == start
    assert history(today).last_day == last_day


def test_on_the_first_the_month_to_date_can_still_be_asked() -> None:
    first = date(2026, 11, 1)

    period = askable(ChargePeriod.month_of(first), today=first)

    assert period == ChargePeriod(first, date(2026, 11, 2))


def test_on_the_last_day_the_end_is_the_first_of_the_next_month() -> None:
    last = date(2026, 11, 30)

    period = askable(ChargePeriod(date(2026, 11, 1), date(2027, 1, 1)), today=last)

    assert period == ChargePeriod(date(2026, 11, 1), date(2026, 12, 1))


def test_before_its_history_and_in_the_future_there_is_nothing_to_ask() -> None:
    today = date(2026, 11, 23)

    assert askable(ChargePeriod.month_of(date(2025, 9, 1)), today=today) is None
    assert askable(ChargePeriod.month_of(date(2026, 12, 1)), today=today) is None


@given(today=DAYS, start=DAYS, days=st.integers(1, 900))
def test_aws_never_refuses_what_is_asked(today: date, start: date, days: int) -> None:
    period = askable(ChargePeriod(start, start + timedelta(days=days)), today=today)

    if period is not None:
        first_of_next = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        months_back = (today.year - period.start.year) * 12 + (
            today.month - period.start.month
        )
        assert period.start < period.end <= first_of_next
        assert months_back <= 13


@given(start=DAYS, days=st.integers(1, 900), pages=st.integers(1, 40))
def test_the_pieces_are_the_period(start: date, days: int, pages: int) -> None:
    period = ChargePeriod(start, start + timedelta(days=days))

    pieces = cut(period, pages=pages)

    assert pieces[0].start == period.start
    assert pieces[-1].end == period.end
    assert all(a.end == b.start for a, b in pairwise(pieces))
    assert len(pieces) == min(6, pages, days)


def test_a_small_question_is_one_page_and_a_large_one_many() -> None:
    month = ChargePeriod.month_of(date(2026, 10, 1))

    assert pages_of(month, ("SubAccountId", "ServiceName"), accounts=3) == 1
    assert pages_of(month, ("SubAccountId", "ServiceName"), accounts=50) == 4
