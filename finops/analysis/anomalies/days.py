"""What is known of each day of a cost, and when is it too far from its level?"""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What is known of each day of a cost, by its place.

    Attributes:
        levels: The logarithm of its cost without the rhythm; NaN for not judged.
        season: What the rhythm adds to that.
        fees: What it costs on top on the first of a month.
        amounts: Its cost.
        notable: By how much that must be off to be worth a look.
        months: The logarithm of how many days its month has.
        spread: By how much a level strays by itself.
        least: The cost that stands for none.
        complete: From which place on the days may be incomplete.
    """

    levels: Values
    season: Values
    fees: Values
    amounts: Values
    notable: Values
    months: Values
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
            months=np.log(dates.days_in_month.to_numpy(float)),
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
