"""Cost per day, by account or by service, as the pages need it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from finops.analysis.allocation import ACCOUNT_KEYS, daily_cost, with_account_labels
from finops.analysis.cost_table import days_in, with_null_columns
from finops.errors import Problem
from finops.focus import Metric
from finops.periods import DAY, ChargePeriod, previous_month
from finops.web.filters import Chosen
from finops.web.session import ask, workspace
from finops.workspace import Scope, Workspace

ACCOUNT: Final = "account"
"""The column of account labels: the name, else the id."""

SERVICE: Final = "ServiceName"


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Cost per day and name.

    Attributes:
        table: Reaches back to what the figures are compared with.
        by: The column of names; None where the source has none.
        extent: The days that are known.
        problems: The accounts that are missing from some of the days.
    """

    table: pd.DataFrame
    by: str | None
    metric: Metric
    extent: ChargePeriod
    problems: tuple[Problem, ...] = ()

    def without_before(self, period: ChargePeriod) -> Days:
        """As if nothing were known of the time before `period`."""
        return replace(self, extent=ChargePeriod(period.start, self.extent.end))

    def within(self, period: ChargePeriod) -> pd.DataFrame:
        """The rows of `period`."""
        return days_in(self.table, period)

    @property
    def total(self) -> pd.Series[float]:
        """The cost of each day."""
        return daily_cost(self.table, self.metric)

    def largest(self, period: ChargePeriod) -> str | None:
        """The name that cost most in `period`; None where there is none."""
        if self.by is None:
            return None
        costs = self.within(period).groupby(self.by)[self.metric].sum()
        return str(costs.idxmax()) if len(costs) and costs.max() > 0 else None

    def of(self, name: str) -> pd.Series[float]:
        """The cost of each day of one name."""
        return daily_cost(self.table[self.table[str(self.by)] == name], self.metric)


def account_keys() -> list[str]:
    """What the source knows accounts by."""
    return [key for key in ACCOUNT_KEYS if key in workspace().source.dimensions]


def labelled(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with a column of account labels."""
    return with_account_labels(with_null_columns(table, ACCOUNT_KEYS))


def days_split(chosen: Chosen) -> Days:
    """The days by account where there are several, else by service."""
    if account_keys() and chosen.count > 1:
        return days_by_account(chosen.scope)
    known = workspace().source.dimensions
    keys = [SERVICE] if SERVICE in known else []
    return _days(chosen.scope, keys, by=keys[0] if keys else None)


def days_by_account(scope: Scope) -> Days:
    """The days of each account."""
    keys = account_keys()
    return _days(scope, keys, by=ACCOUNT if keys else None)


def _days(scope: Scope, keys: list[str], *, by: str | None) -> Days:
    space = workspace()
    first = min(scope.period.before().start, previous_month(space.as_of))
    reach = ChargePeriod(max(first, space.extent.start), space.as_of + DAY)
    wider = replace(scope, period=reach)
    costs = ask(Workspace.cost_by, wider, *keys, granularity="day")
    table = labelled(costs.table) if by == ACCOUNT else costs.table
    return Days(table, by, scope.metric, space.extent, costs.problems)
