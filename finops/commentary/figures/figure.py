"""What a figure in a text says: how much, of what, how exactly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from finops.commentary.facts import Per

Kind = Literal["money", "percent", "times", "date", "duration", "count", "account"]

Hedge = Literal["", "about", "at_least", "at_most"]
"""How a figure is qualified: not at all, `about`, `more than`, `nearly`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date as exactly as it is written: what is None is not said.

    Attributes:
        first: The earliest and the latest day of the month that it may be.
        weekday: Monday is 0.
    """

    year: int | None = None
    month: int | None = None
    first: int | None = None
    last: int | None = None
    quarter: int | None = None
    half: int | None = None
    weekday: int | None = None

    def holds(self, day: date) -> bool:
        """Whether `day` is what was written."""
        said = (
            (self.year, day.year),
            (self.month, day.month),
            (self.quarter, (day.month - 1) // 3 + 1),
            (self.half, (day.month - 1) // 6 + 1),
            (self.weekday, day.weekday()),
        )
        within = (self.first or 1) <= day.day <= (self.last or 31)
        return within and all(written in (None, real) for written, real in said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure in a text.

    Attributes:
        start: Where it stands; `end` is past it.
        value: The size, without its sign; 0 for a date.
        quantum: The written precision: 100 for `$2.8k`.
        coarse: The precision if trailing zeros are rounding: 100 for `$2,800`.
        loose: By which part of its value a figure in words may be off.
        currency: Empty where none is written.
        per: The time that it is written to be for: `$95 a day`.
        rhythm: The time that stands before it, which need not be its own: a
            `monthly budget of $3,000`.
        nouns: The words that say what is counted, in the singular.
        sign: As it is written; 0 where it is not.
        lone: Whether it is a month without a day or a year: often no date at all.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: float = 0.0
    quantum: float = 0.0
    coarse: float = 0.0
    loose: float = 0.0
    hedge: Hedge = ""
    currency: str = ""
    per: Per | None = None
    rhythm: Per | None = None
    nouns: tuple[str, ...] = ()
    sign: int = 0
    day: Day | None = None
    lone: bool = False
