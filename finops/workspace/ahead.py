"""What the coming days of a slice of the bill will cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from finops.analysis.allocation import HALF_A_CENT
from finops.analysis.forecasting import Forecast, Method, forecast_total
from finops.analysis.landing import Landing, landing
from finops.focus import Costs
from finops.periods import DAY, ChargePeriod
from finops.workspace.scope import Scope

MONTH_DAYS: Final = 30
"""The days that a monthly budget is for, when the next 30 days are asked about."""


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A total by the values of one dimension.

    Attributes:
        known: Cost per known day and value.
        coming: What is expected per coming day and value.
    """

    known: pd.DataFrame
    coming: pd.DataFrame


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What the coming days of a slice will cost, and what it is made from.

    Attributes:
        scope: What was counted, and from which days the forecast is made.
        parts: Cost per known day and part: account and service.
        forecast: Of the days that were asked for.
        restated_days: How many of the last days may still change.
        costs: The source's answer, with who is missing.
        split: The same total by the dimension that was asked for, if one was.
    """

    scope: Scope
    currency: str
    parts: pd.DataFrame
    forecast: Forecast
    restated_days: int
    costs: Costs = field(repr=False)
    split: Split | None = None
    _made: dict[tuple[Method, int], Forecast] = field(default_factory=dict, repr=False)

    @property
    def history(self) -> pd.Series[float]:
        """The cost of each known day."""
        return self.parts.sum(axis=1)

    @property
    def as_of(self) -> date:
        """The last known day."""
        return self.scope.period.last_day

    @property
    def period(self) -> ChargePeriod:
        """The days that were asked for."""
        return ChargePeriod.next_days(self.forecast.days, after=self.as_of)

    @property
    def compared(self) -> pd.DataFrame:
        """What the coming days cost, and as many before; the largest first.

        Per part, or per value of the dimension that was asked for. What came
        before is NaN where fewer days than that are known.
        """
        days = self.forecast.days
        split = self.split or Split(self.parts, self.forecast.parts)
        known = split.known.tail(days).sum(min_count=days)
        coming = split.coming.sum().set_axis(known.index)
        sides = pd.DataFrame({"before": known, "total": coming})
        return sides.sort_values("total", ascending=False)

    @property
    def steepest(self) -> tuple[str, float] | None:
        """The part that rises most, and by how much; None where none is known to."""
        moves = self.compared["total"] - self.compared["before"]
        if not moves.max() >= HALF_A_CENT:
            return None
        part = moves.idxmax()
        names = part[::-1] if isinstance(part, tuple) else (part,)
        return " in ".join(map(str, names)), float(moves.max())

    @property
    def next_30_days(self) -> Landing:
        """Where the next 30 days land."""
        return self.landing(ChargePeriod.next_days(MONTH_DAYS, after=self.as_of))

    @property
    def month(self) -> Landing:
        """Where the calendar month of the first coming day lands."""
        return self.landing(ChargePeriod.month_of(self.as_of + DAY))

    @property
    def quarter(self) -> Landing:
        """Where its calendar quarter lands."""
        return self.landing(ChargePeriod.quarter_of(self.as_of + DAY))

    def landing(self, period: ChargePeriod) -> Landing:
        """Where `period` lands, which holds the first coming day."""
        found = self.until(period)
        return landing(
            self.history,
            found.cumulative,
            period,
            passed=found.passed,
            unread=self.unread,
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """The accounts that could not be read, whose cost is in no figure."""
        return tuple(each.account or "an account" for each in self.costs.problems)

    def until(self, period: ChargePeriod) -> Forecast:
        """The forecast of the coming days until `period` ends, or of 30 days.

        It is the same whatever number of days was asked for, so that a month
        lands at one figure wherever it is shown.
        """
        days = max(MONTH_DAYS, (period.last_day - self.as_of).days)
        return self._of(self.forecast.method, days)

    @property
    def linear(self) -> Forecast:
        """What the plain trend says of the days asked for, to compare with."""
        return self._of("linear", self.forecast.days)

    def _of(self, method: Method, days: int) -> Forecast:
        """A forecast of the same parts, worked out when it is first asked for."""
        if (method, days) == (self.forecast.method, self.forecast.days):
            return self.forecast
        if (method, days) not in self._made:
            self._made[method, days] = forecast_total(
                self.parts, days=days, restated_days=self.restated_days, method=method
            )
        return self._made[method, days]
