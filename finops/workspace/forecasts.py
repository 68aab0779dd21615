"""What will be spent: the forecast of any slice, from its parts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import pandas as pd

from finops.analysis.allocation import (
    ACCOUNT_KEYS,
    HALF_A_CENT,
    with_account_labels,
)
from finops.analysis.cost_table import currency_of, with_null_columns
from finops.analysis.forecasting import Forecast, Method, forecast_total
from finops.analysis.landing import Landing, landing
from finops.analysis.parts import daily_parts
from finops.errors import InsufficientHistoryError
from finops.focus import Costs
from finops.periods import DAY, ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

DEFAULT_DAYS: Final = 30

MONTH_DAYS: Final = 30
"""The days that a monthly budget is for, when the next 30 days are asked about."""

HISTORY_DAYS: Final = 270
"""The method looks at 200 days, and is tried on past days that have as many."""

MOST_COMBINATIONS: Final = 1_000
"""With more of them, a total is forecast by service, not by account and service."""

SERVICE: Final = "ServiceName"

PART_KEYS: Final = ("account", SERVICE)
"""The levels of the columns of `Ahead.parts`, unless a dimension was asked for."""


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


def forecast(
    space: Workspace,
    scope: Scope,
    *,
    days: int = DEFAULT_DAYS,
    by: str | None = None,
    method: Method = "recipe",
    progress: Progress = in_silence,
) -> Ahead:
    """What the `days` days after the last complete one will cost.

    The forecast is the sum of the forecasts of its parts, account and service as
    far as the source knows them, which knows more than one of the total: a fee of
    one service is lost in the noise of all.

    Args:
        space: Whose costs they are.
        scope: Which part of the bill; its period does not matter.
        days: How far to look ahead.
        by: The dimension to split it by.
        method: How to forecast.
        progress: Is told how far each account has got.

    Raises:
        InsufficientHistoryError: If nothing was charged.
        MixedCurrenciesError: If the costs are in two currencies.
        DimensionUnavailableError: If the source cannot group by `by`.
    """
    past = replace(scope, period=history_of(space))
    keys = _keys(space, past, progress=progress)
    costs = space.cost_by(past, *keys, granularity="day", progress=progress)
    if costs.table.empty:
        raise InsufficientHistoryError(needed=1, found=0)
    parts = _parts(costs, past)
    restated = _restated(space)
    ahead = Ahead(
        scope=past,
        currency=currency_of(costs.table),
        parts=parts,
        forecast=forecast_total(
            parts, days=days, restated_days=restated, method=method
        ),
        restated_days=restated,
        costs=costs,
    )
    if by is None:
        return ahead
    if by == SERVICE and SERVICE in keys:
        return replace(ahead, split=_of_services(ahead))
    sums = space.cost_by(past, by, granularity="day", progress=progress).table
    return replace(ahead, split=_scaled(ahead, sums, by))


def _of_services(ahead: Ahead) -> Split:
    """The total by service: its parts, added up over accounts."""
    known, coming = (
        table.T.groupby(level=SERVICE, sort=False).sum().T
        for table in (
            ahead.parts,
            ahead.forecast.parts.set_axis(ahead.parts.columns, axis=1),
        )
    )
    return Split(known, coming)


def _scaled(ahead: Ahead, sums: pd.DataFrame, by: str) -> Split:
    """The total by the values of another dimension.

    Each is forecast by itself, and all are scaled by one factor, so that they add
    up to the same total whatever it is split by.
    """
    known = daily_parts(sums, (by,), ahead.scope.metric, ahead.scope.period)
    found = ahead.forecast
    own = forecast_total(
        known,
        days=found.days,
        restated_days=ahead.restated_days,
        method=found.method,
    )
    scale = found.total / own.total if own.total >= HALF_A_CENT else 1.0
    return Split(known, own.parts * scale)


def history_of(space: Workspace) -> ChargePeriod:
    """The days that forecasts are made from."""
    return space.known(ChargePeriod.last_days(HISTORY_DAYS, as_of=space.as_of))


def _restated(space: Workspace) -> int:
    """How many of the known days may still change."""
    since = (space.extent.last_day - space.as_of).days
    return max(space.source.restated_days - since, 0)


def _keys(space: Workspace, scope: Scope, *, progress: Progress) -> tuple[str, ...]:
    """What the source knows parts by; not by account where there are too many."""
    known = [key for key in (*ACCOUNT_KEYS, SERVICE) if key in space.source.dimensions]
    recent = ChargePeriod.last_days(MONTH_DAYS, as_of=space.as_of)
    lately = replace(scope, period=space.known(recent))
    count = len(space.cost_by(lately, *known, progress=progress).table)
    return tuple(known if count <= MOST_COMBINATIONS else known[-1:])


def _parts(costs: Costs, scope: Scope) -> pd.DataFrame:
    table = with_null_columns(costs.table, [*ACCOUNT_KEYS, SERVICE])
    labelled = with_account_labels(table)
    return daily_parts(labelled, PART_KEYS, scope.metric, scope.period)
