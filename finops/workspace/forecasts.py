"""What will be spent: the forecast of any slice, from its parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from finops.analysis.allocation import (
    ACCOUNT_KEYS,
    HALF_A_CENT,
    with_account_labels,
)
from finops.analysis.cost_table import currency_of, with_null_columns
from finops.analysis.forecasting import Method, forecast_total
from finops.analysis.parts import daily_parts
from finops.errors import InsufficientHistoryError
from finops.focus import Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace.ahead import MONTH_DAYS, Ahead, Split
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

DEFAULT_DAYS: Final = 30

HISTORY_DAYS: Final = 270
"""The method looks at 200 days, and is tried on past days that have as many."""

MOST_COMBINATIONS: Final = 1_000
"""With more of them, a total is forecast by service, not by account and service."""

SERVICE: Final = "ServiceName"

PART_KEYS: Final = ("account", SERVICE)
"""The levels of the columns of `Ahead.parts`."""


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
