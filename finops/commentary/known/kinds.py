"""Facts of each kind: amounts, changes, counts, lengths of time, days, names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from finops.analysis.allocation import share_of
from finops.commentary.facts import Fact, Per

Named = tuple[str, Fact]
"""A fact and its id."""

WEEK: Final = 7

MOST_NAMED: Final = 5
"""How many services, changes, anomalies or findings are facts each."""


def change(
    name: str, after: float, before: float, currency: str, label: str
) -> Iterator[Named]:
    """A change, in money and in percent where there was something before."""
    change = Fact(value=after - before, unit=currency, signed=True, label=label)
    yield f"{name}.change", change
    relative = share_of(after - before, before)
    if relative is not None:
        yield f"{name}.percent", percent(100 * relative, label)


def money(value: float, currency: str, label: str, *, per: Per | None = None) -> Fact:
    """An amount."""
    return Fact(value=value, unit=currency, per=per, label=label)


def percent(value: float, label: str) -> Fact:
    """A change in percent."""
    return Fact(value=value, unit="%", signed=True, label=label)


def count(value: int, noun: str, label: str) -> Fact:
    """So many of something."""
    return Fact(value=value, unit="count", noun=noun or None, label=label)


def days(value: int, label: str) -> Fact:
    """A length of time."""
    return Fact(value=value, unit="days", label=label)


def named(value: str, label: str) -> Fact:
    """A name, which may hold anything."""
    return Fact(value=value, unit="text", label=label)


def on_day(day: date, label: str) -> Fact:
    """A day."""
    when = day.date() if isinstance(day, datetime) else day
    return Fact(value=when, unit="date", label=label)
