"""Where does a period land: its known days, and those that are forecast?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from finops import formats
from finops.analysis.forecasting import Interval
from finops.periods import ChargePeriod


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """What a period has cost so far, and will have cost at its end.

    Attributes:
        burned: The sum up to each known day of the period.
        ahead: The sum up to each coming day of it, with what was burned before:
            the columns of `Forecast.cumulative`.
        missing: The first days of the period, where what they cost is not known:
            no sum has them, and that is not the same as their having cost nothing.
        passed: What each known day that is not trusted yet was expected to cost;
            None where all are.
        unread: The accounts that could not be read, which no sum has either.
    """

    period: ChargePeriod
    burned: pd.Series[float]
    ahead: pd.DataFrame
    missing: ChargePeriod | None = None
    unread: tuple[str, ...] = ()

    @property
    def counted(self) -> ChargePeriod:
        """The days that are counted: those of the period that are not missing."""
        start = self.missing.end if self.missing else self.period.start
        return ChargePeriod(start, self.period.end)

    @property
    def name(self) -> str:
        """What is counted: `November 2026`, `Q4 2026`, `15 to 30 Nov 2026`."""
        return formats.period_name(self.counted)

    @property
    def to_date(self) -> float:
        """The cost of the days that are known."""
        return float(self.burned.iloc[-1]) if len(self.burned) else 0.0

    @property
    def projected(self) -> float:
        """The cost of all days that are counted."""
        return self._at_end("cost")

    @property
    def interval80(self) -> Interval:
        """Where the projected cost lies in 8 of 10 cases."""
        return Interval(self._at_end("low80"), self._at_end("high80"))

    @property
    def interval95(self) -> Interval:
        """Where it lies in 19 of 20 cases."""
        return Interval(self._at_end("low95"), self._at_end("high95"))

    @property
    def today(self) -> date:
        """The first day that is not known."""
        return self.period.end if self.ahead.empty else self.ahead.index[0].date()

    @property
    def days_ahead(self) -> int:
        """How many days of the period are still to come."""
        return len(self.ahead)

    def _at_end(self, column: str) -> float:
        return self.to_date if self.ahead.empty else float(self.ahead[column].iloc[-1])


def landing(
    history: pd.Series[float],
    cumulative: pd.DataFrame,
    period: ChargePeriod,
    *,
    passed: pd.Series[float] | None = None,
    unread: tuple[str, ...] = (),
) -> Landing:
    """Where `period` lands.

    Of its last known days, which may not be complete, it counts what was expected
    where that is more.

    Args:
        history: Cost per known day.
        cumulative: The forecast of the sum up to each day after them.
        period: Holds the first day after them, and ends no later than the
            forecast does.
        passed: What each known day that is not trusted yet was expected to cost;
            None where all are.
        unread: The accounts that could not be read.
    """
    start, last = (
        pd.Timestamp(day, tz="UTC") for day in (period.start, period.last_day)
    )
    burned = history.loc[start:last].cumsum()
    ahead = cumulative.loc[:last]
    so_far = float(burned.iloc[-1]) if len(burned) else 0.0
    if passed is not None:
        unsettled = passed.loc[start:last]
        billed = float(history.reindex(unsettled.index).sum())
        so_far += max(float(unsettled.sum()) - billed, 0.0)
    first = history.index[0].date()
    missing = ChargePeriod(period.start, first) if first > period.start else None
    return Landing(period, burned, ahead + so_far, missing, unread)
