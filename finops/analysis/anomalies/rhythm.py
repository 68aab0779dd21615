"""What is usual for a cost: its week, its first of the month, its noise.

Costs are compared by their logarithms, because what is usual is a percentage:
a service that doubles its cost doubles its weekends and its noise too. It also
makes every score the same in any currency and at any size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]

WEEK: Final = 7

HALF_A_WEEK: Final = 4
"""A level is known from this many days."""

ENOUGH: Final = 4
"""A weekday that was seen so often has a median that one odd day cannot move."""

SIGMA_PER_MAD: Final = 1.4826
"""Standard deviations per median absolute deviation of a normal sample."""

LEAST_SPREAD: Final = 0.02
"""A cost that never strayed may still stray by 2 % before anybody looks."""

NEARLY_NOTHING: Final = 0.001
"""The part of a usual day that stands for none, which has no logarithm."""

FEES_GROW: Final = 2.0
"""A fee may double before anybody looks: it is paid for more, or for longer."""

STEADY: Final = 0.5
"""A cost that comes on fewer of its days than this comes now and then."""


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """How a cost runs while nothing happens.

    Attributes:
        weekdays: What each weekday adds to the logarithm of a cost.
        fee: What the first of a month costs on top, which does not grow with
            the rest; NaN where no first has been seen, so that none is judged.
        spread: By how much a day strays from the days before it.
        least: The cost that stands for none.
        steady: Whether it comes every day, or now and then.
    """

    weekdays: Values
    fee: float
    spread: float
    least: float
    steady: bool

    @classmethod
    def of(cls, costs: pd.Series[float]) -> Rhythm:
        """The rhythm of `costs` per day, from all of them."""
        amounts = _since_the_first_charge(costs)
        known = amounts.to_numpy(float)
        charged = known[known > 0]
        least = NEARLY_NOTHING * float(np.median(charged)) if len(charged) else 1.0
        steady = bool(len(charged) >= STEADY * np.isfinite(known).sum())
        if not steady:
            logs = np.log(charged)
            return cls(np.zeros(WEEK), 0.0, _spread(_strays(logs)), least, steady)
        logs = np.log(np.maximum(known, least))
        days = pd.DatetimeIndex(amounts.index)
        first = np.asarray(days.day == 1)
        around = _around(np.where(first, np.nan, logs))
        apart = np.where(first, np.nan, logs - around)
        weekdays = np.array(
            [_usual(apart[days.day_of_week == day]) for day in range(WEEK)]
        )
        season = weekdays[days.day_of_week]
        fee = _usual_fee((known - np.exp(around + season))[first], least)
        strays = _strays((logs - season)[~first])
        return cls(weekdays, fee, _spread(strays), least, steady)

    def fees(self, days: pd.DatetimeIndex) -> Values:
        """What each of `days` costs on top of its level."""
        fees: Values = np.where(days.day == 1, self.fee, 0.0)
        return fees

    def season(self, days: pd.DatetimeIndex) -> Values:
        """What each of `days` adds to the logarithm of a cost."""
        season: Values = self.weekdays[days.day_of_week]
        return season

    def levels(self, costs: pd.Series[float]) -> Values:
        """The logarithms of `costs` without the rhythm; NaN for what is not judged."""
        days = pd.DatetimeIndex(costs.index)
        amounts = costs.to_numpy(float) - FEES_GROW * self.fees(days)
        logs = np.log(np.maximum(amounts, self.least))
        if not self.steady:
            logs = np.where(amounts > 0, logs, np.nan)
        levels: Values = logs - self.season(days)
        return levels


def _since_the_first_charge(costs: pd.Series[float]) -> pd.Series[float]:
    """`costs` from the first day that was charged: a new cost was not nothing."""
    charged = np.flatnonzero(costs.to_numpy() > 0)
    return costs.iloc[charged[0] :] if len(charged) else costs


def _around(logs: Values) -> Values:
    """The level around each day.

    The median of a week keeps its edges where a cost steps up or down, so that
    a step does not look like a rhythm.
    """
    week = pd.Series(logs).rolling(WEEK, center=True, min_periods=HALF_A_WEEK)
    around: Values = week.median().to_numpy(float)
    return around


def _usual(seen: Values) -> float:
    """What a weekday adds: the median, or what the few that were seen agree on."""
    known = seen[np.isfinite(seen)]
    if len(known) >= ENOUGH:
        return float(np.median(known))
    if len(known) < 2 or min(known) * max(known) <= 0:  # noqa: PLR2004 - needs a peer
        return 0.0
    return float(min(known, key=abs))


def _usual_fee(seen: Values, least: float) -> float:
    """What the first of a month adds; the only one that was seen is the fee."""
    known = seen[np.isfinite(seen)]
    if not len(known):
        return np.nan
    usual = np.median(known) if len(known) > 2 else min(known)  # noqa: PLR2004 - no middle
    return float(usual) if usual > least else 0.0


def _strays(levels: Values) -> Values:
    """How far each day lies from the week before it; NaN for the first week."""
    series = pd.Series(levels)
    before = series.rolling(WEEK, min_periods=HALF_A_WEEK - 1).median().shift()
    strays: Values = (series - before).to_numpy(float)
    return strays


def _spread(strays: Values) -> float:
    """The spread of `strays`, wider where there are few of them."""
    known = strays[np.isfinite(strays)]
    if not len(known):
        return LEAST_SPREAD * WEEK
    deviation = float(np.median(np.abs(known - np.median(known))))
    return max(SIGMA_PER_MAD * deviation, LEAST_SPREAD) * (1 + WEEK / 2 / len(known))
