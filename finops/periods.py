"""Stretches of whole UTC days on the bill, and which one to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

Preset = Literal[
    "7 days",
    "30 days",
    "90 days",
    "Month to date",
    "Last month",
    "Quarter to date",
    "Year to date",
]
"""The periods that a person picks by name; each ends on the as-of day or before."""

DAY = timedelta(days=1)

LONGEST_MONTH: Final = 31
"""Days in January, and in six others."""


@dataclass(frozen=True, slots=True, order=True)
class ChargePeriod:
    """A run of whole UTC days; `start` is in it and `end` is not.

    Half-open, because ChargePeriodEnd in FOCUS and `TimePeriod.End` in Cost
    Explorer both are.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            msg = f"A charge period must end after it starts: {self.start}, {self.end}."
            raise ValueError(msg)

    @classmethod
    def last_days(cls, days: int, *, as_of: date) -> Self:
        """The `days` days that end with `as_of`, that day included."""
        return cls(as_of + DAY - timedelta(days=days), as_of + DAY)

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The whole calendar month that holds `day`."""
        start = day.replace(day=1)
        return cls(start, next_month(start))

    @classmethod
    def next_days(cls, days: int, *, after: date) -> Self:
        """The `days` days that follow `after`."""
        return cls(after + DAY, after + DAY + timedelta(days=days))

    @classmethod
    def quarter_of(cls, day: date) -> Self:
        """The whole calendar quarter that holds `day`."""
        start = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        return cls(start, next_month(next_month(next_month(start))))

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.end - self.start).days

    @property
    def last_day(self) -> date:
        """The last day that is in the period."""
        return self.end - DAY

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.last_day}"

    def overlap(self, other: ChargePeriod) -> ChargePeriod | None:
        """The days that both periods hold; None where they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return ChargePeriod(start, end) if start < end else None

    def before(self) -> ChargePeriod:
        """The like-for-like period to compare with: as many days, earlier.

        A period that starts on the 1st is compared with one that does too, so
        that monthly fees fall on both sides as often. Every other period, and
        a month whose neighbour is shorter, is compared with the days right
        before.
        """
        start = self.start - timedelta(days=self.days)
        fits_a_month = start >= previous_month(self.start)
        if self.start.day == 1 and (fits_a_month or self.days > LONGEST_MONTH):
            start = start.replace(day=1)
        return ChargePeriod(start, start + timedelta(days=self.days))

    def months(self) -> list[ChargePeriod]:
        """The period cut at the ends of calendar months, in order."""
        pieces, start = [], self.start
        while start < self.end:
            end = min(next_month(start), self.end)
            pieces.append(ChargePeriod(start, end))
            start = end
        return pieces


def preset_period(preset: Preset, *, as_of: date) -> ChargePeriod:
    """The days that `preset` stands for on `as_of`, the last complete day."""
    match preset:
        case "7 days" | "30 days" | "90 days":
            return ChargePeriod.last_days(int(preset.split()[0]), as_of=as_of)
        case "Month to date":
            return ChargePeriod(as_of.replace(day=1), as_of + DAY)
        case "Last month":
            return ChargePeriod.month_of(previous_month(as_of))
        case "Quarter to date":
            return ChargePeriod(ChargePeriod.quarter_of(as_of).start, as_of + DAY)
        case "Year to date":
            return ChargePeriod(as_of.replace(month=1, day=1), as_of + DAY)


def next_month(day: date) -> date:
    """The first day of the month after `day`'s."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def previous_month(day: date) -> date:
    """The first day of the month before `day`'s."""
    return (day.replace(day=1) - DAY).replace(day=1)
