from __future__ import annotations

import doctest
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops import formats
from finops.periods import ChargePeriod

amounts = st.floats(allow_nan=False, min_value=-1e12, max_value=1e12)


def test_the_examples_in_the_docstrings_are_so() -> None:
    failed, tried = doctest.testmod(formats)

    assert tried > 0
    assert failed == 0


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (2450.8, "USD", "$2,450.80"),
        (-17.5, "EUR", "-€17.50"),
        (1e6, "SEK", "SEK 1,000,000.00"),
        (0.0, "USD", "$0.00"),
    ],
)
def test_money_shows_its_currency(amount: float, currency: str, text: str) -> None:
    assert formats.money(amount, currency) == text


@pytest.mark.parametrize("unknown", [None, math.nan])
def test_an_unknown_figure_is_called_so(unknown: float | None) -> None:
    assert formats.money(unknown) == "unknown"
    assert formats.change(unknown) == "unknown"
    assert formats.percent(unknown) == "unknown"
    assert formats.percent(unknown, signed=True) == "unknown"


@given(amount=amounts, cents=st.booleans())
def test_no_figure_is_minus_nothing(*, amount: float, cents: bool) -> None:
    texts = [
        formats.money(amount, cents=cents),
        formats.change(amount, cents=cents),
        formats.percent(amount),
        formats.percent(amount, signed=True),
    ]

    for text in texts:
        digits = text.strip("+-$ %").replace(",", "")
        assert float(digits) != 0 or text[0] not in "+-"


@given(amounts)
def test_a_change_is_money_with_a_sign(amount: float) -> None:
    text = formats.change(amount)

    assert text.removeprefix("+") == formats.money(amount)
    assert text.startswith("+") == (round(amount, 2) > 0)


@given(st.integers(-(10**12), 10**12))
def test_every_cent_is_written(cents: int) -> None:
    text = formats.money(cents / 100)

    written = text.replace("$", "").replace(",", "").replace(".", "")
    assert int(written) == cents


@pytest.mark.parametrize(
    ("share", "signed", "text"),
    [
        (0.734, False, "73.4 %"),
        (0.125, True, "+12.5 %"),
        (-0.05, True, "-5.0 %"),
        (12.5, False, "1,250.0 %"),
    ],
)
def test_a_share_is_written_in_percent(
    *, share: float, signed: bool, text: str
) -> None:
    assert formats.percent(share, signed=signed) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2026, 11, 5), date(2026, 11, 6), "5 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 23), "1 to 22 Nov 2026"),
        (date(2026, 10, 24), date(2026, 11, 23), "24 Oct to 22 Nov 2026"),
        (date(2025, 12, 1), date(2026, 2, 1), "1 Dec 2025 to 31 Jan 2026"),
        (date(2024, 2, 1), date(2024, 3, 1), "1 to 29 Feb 2024"),
    ],
)
def test_days_are_written_with_the_last_day_included(
    start: date, end: date, text: str
) -> None:
    assert formats.days(ChargePeriod(start, end)) == text


def test_a_count_has_its_noun() -> None:
    assert formats.plural(1, "account") == "1 account"
    assert formats.plural(0, "account") == "0 accounts"
    assert formats.plural(1200, "account") == "1,200 accounts"
