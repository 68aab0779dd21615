"""What is watched: each service of each account that is large enough to matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from finops.analysis.allocation import ACCOUNT_KEYS, with_accounts
from finops.analysis.anomalies import SERIES_KEYS, Watched, smallest, watched
from finops.analysis.cost_table import with_null_columns
from finops.focus import Costs
from finops.sources import Peaked, Progress
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

MOST_ROWS: Final = 1_000_000
"""Of one answer: 200 accounts of 400 services have seven times as many in 90 days."""

SERVICE: Final = "ServiceName"


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """What is watched in a scope.

    Attributes:
        costs: An answer by day about all of it, with who is missing.
        smallest: An amount a day that is not worth a look.
    """

    costs: Costs
    smallest: float
    series: Sequence[Watched]


def watch(space: Workspace, scope: Scope, progress: Progress) -> Watch:
    """The services of all accounts, day by day.

    All of them are one answer, unless that is too much to hold: then only those
    are asked for that are large enough to matter.

    Raises:
        MixedCurrenciesError: If the costs are in two currencies.
        MetricUnavailableError: If the source does not know the metric.
        SourceError: If the bill cannot be read.
    """
    keys = [key for key in SERIES_KEYS if key in space.source.dimensions]
    if isinstance(space.source, Peaked) and set(ACCOUNT_KEYS) & set(keys):
        dearest = space.source.dearest_days(scope.query(*keys))
        if len(dearest) * scope.period.days > MOST_ROWS:
            return _watch_large(space, scope, keys, dearest, progress)
    costs = space.cost_by(scope, *keys, granularity="day", progress=progress)
    least = _smallest(costs, scope, accounts=_count(costs.table))
    return Watch(costs, least, _watched(costs.table, costs, scope, least))


def _watch_large(
    space: Workspace,
    scope: Scope,
    keys: Sequence[str],
    dearest: pd.DataFrame,
    progress: Progress,
) -> Watch:
    """What had a day that is worth a look, in as many answers as it takes."""
    costs = space.cost_by(scope, granularity="day", progress=progress)
    least = _smallest(costs, scope, accounts=_count(dearest))
    large = dearest[dearest[scope.metric] >= least]
    found: list[Watched] = []
    for part in _portions(scope, large):
        answer = space.cost_by(part, *keys, granularity="day", progress=progress)
        found += _watched(answer.table, costs, scope, least)
    return Watch(costs, least, found)


def _portions(scope: Scope, large: pd.DataFrame) -> Iterator[Scope]:
    """`scope` cut down to some of the accounts at a time, and to the large services.

    Accounts of one name stay together: they have to be told apart.
    """
    services = _values(large[SERVICE]) if SERVICE in large else []
    if services:
        scope = scope.narrowed(SERVICE, *services)
    at_once = max(MOST_ROWS // (max(len(services), 1) * scope.period.days), 1)
    account = "SubAccountName" if "SubAccountName" in large else "SubAccountId"
    accounts = _values(large[account])
    for start in range(0, len(accounts), at_once):
        yield scope.narrowed(account, *accounts[start : start + at_once])


def _values(column: pd.Series[str]) -> list[str | None]:
    known = column.drop_duplicates().astype(object)
    return list(known.where(known.notna(), None))


def _watched(
    table: pd.DataFrame, costs: Costs, scope: Scope, least: float
) -> list[Watched]:
    unread = [problem.account for problem in costs.problems]
    return watched(table, scope.metric, scope.period, smallest=least, unread=unread)


def _smallest(costs: Costs, scope: Scope, *, accounts: int) -> float:
    return smallest(costs.table, scope.metric, scope.period, accounts=accounts)


def _count(table: pd.DataFrame) -> int:
    """How many accounts `table` speaks of, at least one."""
    known = with_accounts(with_null_columns(table, SERIES_KEYS))
    return max(int(known["account"].nunique()), 1)
