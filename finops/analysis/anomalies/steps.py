"""On which days did a cost leave its level, and for how long?

Every day is compared with the median of the last seven on the same level. A
cost that moves further than it strays by itself has stepped to another level.
A rise of a few days that ends where it began is a spike; after a working week
the new level is the usual one, and leaving it is a step as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import Final

import numpy as np

from finops.analysis.anomalies.days import USUAL_DAYS, Days
from finops.analysis.anomalies.rhythm import WEEK, Values

SETTLED: Final = 5
"""A cost that stays longer than these days has a new level."""

OUTAGE: Final = 1
"""A fall of one day is somebody's mishap, or a holiday; it is left out."""


@dataclass(frozen=True, slots=True)
class Step:
    """A run of days that a cost spent away from the level before.

    Attributes:
        start: The place of its first day.
        end: The place after its last day, at most a week later.
        reference: The places of the days that it is compared with.
        before: The logarithm of the level before, without the rhythm.
        score: How far its furthest day lies off, in spreads; negative for less.
        lasts: Whether the cost stayed on the new level.
    """

    start: int
    end: int
    reference: tuple[int, ...]
    before: float
    score: float
    lasts: bool


def find_steps(days: Days) -> list[Step]:
    """All steps in a cost, in the order in which they began."""
    found = _stretches(days)
    return [
        _step(stretch, following, days)
        for stretch, following in zip(found, [*found[1:], None], strict=True)
        if stretch.is_told
    ]


def levels_before(days: Days) -> Values:
    """The level that each day is compared with; NaN for what is not judged.

    In the week after a step that is the level before it.
    """
    before = np.full(len(days.levels), np.nan)
    for stretch in _stretches(days):
        dropped = len(stretch.places) - len(stretch.levels)
        for known, place in enumerate(stretch.places, start=-dropped):
            if stretch.origin and place < stretch.places[0] + WEEK:
                before[place] = stretch.before
            elif known > 0:
                before[place] = median(stretch.levels[:known][-WEEK:])
    return before


@dataclass(slots=True, eq=False)
class _Stretch:
    """The days on one level.

    Attributes:
        origin: The stretch that the cost came from; None for the first one.
        before: The level of that stretch when the cost left it.
        reference: The days of that stretch until then.
        after_spike: Whether that stretch was a short rise.
    """

    origin: _Stretch | None = None
    before: float = 0.0
    reference: tuple[int, ...] = ()
    after_spike: bool = False
    places: list[int] = field(default_factory=list)
    levels: list[float] = field(default_factory=list)

    def next(self) -> _Stretch:
        """The stretch that begins when the cost leaves this one."""
        reference = tuple(self.places[-USUAL_DAYS:])
        is_spike = self.origin is not None and self.rises and self.may_end
        return _Stretch(self, self.level, reference, after_spike=is_spike)

    @property
    def level(self) -> float:
        return median(self.levels[-WEEK:])

    @property
    def rises(self) -> bool:
        return self.levels[0] > self.before

    @property
    def is_told(self) -> bool:
        """Whether it is worth telling: neither a short outage nor the end of a spike."""
        if self.origin is None:
            return False
        return self.rises or (not self.after_spike and len(self.places) > OUTAGE)

    @property
    def may_end(self) -> bool:
        """Whether the cost may simply go back to where it came from."""
        return len(self.places) <= (SETTLED if self.rises else OUTAGE)

    @property
    def is_known(self) -> bool:
        """Whether there are enough days to tell what is usual here."""
        return self.origin is not None or len(self.places) >= WEEK


def _stretches(days: Days) -> list[_Stretch]:
    """The levels that a cost was on, in the order in which they began."""
    here = _Stretch()
    found = [here]
    for place in map(int, np.flatnonzero(np.isfinite(days.levels))):
        level = float(days.levels[place])
        if here.levels and level < here.level and days.may_lack(place):
            continue
        if _is_back(here, level):
            here = here.origin or here
        elif _goes_on(here, level):
            here.levels.clear()
        elif here.is_known and _has_left(here, days, place):
            here = here.next()
            found.append(here)
        here.places.append(place)
        here.levels.append(level)
    return found


def _has_left(here: _Stretch, days: Days, place: int) -> bool:
    """Whether a day lies too far off, by the day and by the month.

    What is stored has a price for a month, which costs more a day in February.
    """
    if not days.has_left(here.level, place):
        return False
    seen = list(zip(here.places[::-1], here.levels[::-1], strict=False))[:WEEK]
    month = median(level + days.months[before] for before, level in seen)
    return days.has_left(float(month - days.months[place]), place)


def _is_back(here: _Stretch, level: float) -> bool:
    """Whether the cost went back to the level that it came from."""
    if here.origin is None or not here.may_end:
        return False
    return abs(level - here.origin.level) < abs(level - here.level)


def _goes_on(here: _Stretch, level: float) -> bool:
    """Whether a move goes on: the first day of one is rarely a whole day."""
    if here.origin is None or len(here.places) > 1:
        return False
    return (level > here.level) == here.rises


def _step(stretch: _Stretch, following: _Stretch | None, days: Days) -> Step:
    """What is told of a stretch: its first week, until another one begins."""
    start = stretch.places[0]
    until = following.places[0] if following else len(days.levels)
    end = min(until, start + WEEK)
    own = [place for place in stretch.places if place < end]
    off = [level - stretch.before for level in stretch.levels[: len(own)]]
    is_left = following is not None and end == until and not following.rises
    return Step(
        start=start,
        end=own[-1] + 1,
        reference=stretch.reference,
        before=stretch.before,
        score=max(off, key=abs) / days.spread,
        lasts=len(stretch.places) > SETTLED and not is_left,
    )
