"""How figures, days and shares are written, on every screen and in every file."""

from __future__ import annotations

import math
from datetime import date
from typing import Final, TypeGuard

from finops.periods import ChargePeriod

SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
"""Currencies that are written with a symbol; the others with their code."""

UNKNOWN: Final = "unknown"
"""Stands for an amount that nobody told us; it is never written as 0."""


def money(amount: float | None, currency: str = "USD", *, cents: bool = True) -> str:
    """`amount` with its currency, to the cent or to the whole unit.

    >>> money(1234.5), money(-0.001), money(None), money(1234.5, "CHF", cents=False)
    ('$1,234.50', '$0.00', 'unknown', 'CHF 1,234')
    """
    if not _known(amount):
        return UNKNOWN
    digits = 2 if cents else 0
    # A sum of floats that should end in .5 lies on either side of it.
    rounded = round(round(amount, 6), digits) or 0.0
    sign = "-" if rounded < 0 else ""
    symbol = SYMBOLS.get(currency, f"{currency} ")
    return f"{sign}{symbol}{abs(rounded):,.{digits}f}"


def change(amount: float | None, currency: str = "USD", *, cents: bool = True) -> str:
    """`amount` with its currency and always a sign, unless it rounds to 0."""
    text = money(amount, currency, cents=cents)
    rises = _known(amount) and round(amount, 2 if cents else 0) > 0
    return f"+{text}" if rises else text


def percent(share: float | None, *, signed: bool = False) -> str:
    """A share, 0.734 for instance, as `73.4 %`; None and NaN as unknown.

    >>> percent(0.734), percent(0.125, signed=True), percent(-0.0001, signed=True)
    ('73.4 %', '+12.5 %', '0.0 %')
    """
    if not _known(share):
        return UNKNOWN
    rounded = round(share * 100, 1) or 0.0
    sign = "+" if signed and rounded > 0 else ""
    return f"{sign}{rounded:,.1f} %"


def day(when: date) -> str:
    """A day, such as `5 Nov 2026`."""
    return f"{when.day} {when:%b %Y}"


def days(period: ChargePeriod) -> str:
    """The first and the last day of a period, such as `24 Oct to 22 Nov 2026`."""
    first, last = period.start, period.last_day
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start} to {day(last)}"


def period_name(period: ChargePeriod) -> str:
    """What a period is called: `November 2026`, `Q4 2026`, `24 Oct to 22 Nov 2026`."""
    if period == ChargePeriod.month_of(period.start):
        return f"{period.start:%B %Y}"
    if period == ChargePeriod.quarter_of(period.start):
        return f"Q{(period.start.month + 2) // 3} {period.start.year}"
    return days(period)


def plural(count: int, noun: str) -> str:
    """`count` with its noun: `1 account`, `3 accounts`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _known(figure: float | None) -> TypeGuard[float]:
    return figure is not None and not math.isnan(figure)
