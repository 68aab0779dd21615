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
import pandas as pd

from finops.analysis.anomalies.rhythm import WEEK, Rhythm, Values

THRESHOLD: Final = 3.5
"""How many spreads a day must lie off (Iglewicz & Hoaglin, 1993)."""

NOTABLE: Final = 0.1
"""And by which part of what a day usually costs."""

BEYOND_ROUNDING: Final = 1 + 1e-9
"""What lies exactly on a limit lies there in every currency."""

USUAL_DAYS: Final = 4 * WEEK
"""What a day usually costs is the median of this many days."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What is known of each day of a cost, by its place.

    Attributes:
        levels: The logarithm of its cost without the rhythm; NaN for not judged.
        season: What the rhythm adds to that.
        fees: What it costs on top on the first of a month.
        amounts: Its cost.
        notable: By how much that must be off to be worth a look.
        spread: By how much a level strays by itself.
        least: The cost that stands for none.
        complete: From which place on the days may be incomplete.
    """

    levels: Values
    season: Values
    fees: Values
    amounts: Values
    notable: Values
    spread: float
    least: float
    complete: int

    @classmethod
    def of(
        cls,
        costs: pd.Series[float],
        rhythm: Rhythm,
        *,
        smallest: float,
        restated: int = 0,
    ) -> Days:
        """The days of `costs`, one value a day without gaps.

        Args:
            costs: NaN where a day is not known.
            rhythm: What is usual for it.
            smallest: An amount a day that is not worth a look.
            restated: How many of the last days may be incomplete, so that a
                fall there means nothing.
        """
        usual = costs.rolling(USUAL_DAYS, min_periods=1).median().shift()
        dates = pd.DatetimeIndex(costs.index)
        return cls(
            levels=rhythm.levels(costs),
            season=rhythm.season(dates),
            fees=rhythm.fees(dates),
            amounts=np.asarray(costs, dtype=float),
            notable=np.fmax(NOTABLE * usual.to_numpy(float), smallest),
            spread=rhythm.spread,
            least=rhythm.least,
            complete=len(costs) - restated,
        )

    def has_left(self, level: float, place: int) -> bool:
        """Whether a day lies too far off `level` for chance."""
        off = self.levels[place] - level
        usual = np.exp(level + self.season[place]) + self.fees[place]
        impact = self.amounts[place] - usual
        too_far = abs(off) > THRESHOLD * self.spread * BEYOND_ROUNDING
        return bool(too_far and abs(impact) > self.notable[place] * BEYOND_ROUNDING)

    def may_lack(self, place: int) -> bool:
        """Whether a day may lack a part of its cost, so that a fall means nothing."""
        return place >= self.complete or self.fees[place] > 0

    def expected(self, level: float | Values, start: int, end: int) -> Values:
        """What the days from `start` to `end` cost on `level`."""
        usual = np.exp(level + self.season[start:end])
        usual = np.where(usual > 2 * self.least, usual, 0.0) + self.fees[start:end]
        judged = np.isfinite(self.levels[start:end])
        return np.where(judged, usual, self.amounts[start:end])


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
        elif here.is_known and days.has_left(here.level, place):
            here = here.next()
            found.append(here)
        here.places.append(place)
        here.levels.append(level)
    return found


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
