"""Asking a little more than was asked, so that the next question is free.

Cost Explorer charges for every page, and groups by two things at most. What
concerns accounts and services alone is therefore always asked by account,
service and day, and answered by adding up; any other question is asked with
its filters as groups, as long as there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from finops.analysis.cost_table import matches, regroup
from finops.errors import DimensionUnavailableError
from finops.focus import Condition, CostQuery
from finops.sources.cost_explorer.dimensions import ACCOUNT, DIMENSIONS

MOST_GROUPS: Final = 2

BY_ACCOUNT_AND_SERVICE: Final = (*ACCOUNT, "ServiceName")

WHY_TWO: Final = "Cost Explorer groups by two things at most"


def groups_of(dimensions: Iterable[str], *, account_known: bool) -> tuple[str, ...]:
    """Which of `dimensions` Cost Explorer must group by, each once.

    The account is one of them, under its id, unless it is known beforehand;
    the currency comes with every amount.
    """
    named = ("SubAccountId" if name in ACCOUNT else name for name in dimensions)
    free = {"BillingCurrency", *(ACCOUNT if account_known else ())}
    return tuple(dict.fromkeys(name for name in named if name not in free))


def widen(query: CostQuery, *, account_known: bool, source: str) -> CostQuery:
    """The question to ask in place of `query`, by day and with fewer filters.

    Raises:
        DimensionUnavailableError: If `query` groups by too many things.
    """
    wanted = groups_of(query.group_by, account_known=account_known)
    if len(wanted) > MOST_GROUPS:
        raise DimensionUnavailableError(
            wanted[-1],
            source=source,
            known=DIMENSIONS,
            why=f"{WHY_TWO}, here by {' and '.join(wanted[:MOST_GROUPS])}",
        )
    if set(query.dimensions) <= {*BY_ACCOUNT_AND_SERVICE, "BillingCurrency"}:
        group_by: tuple[str, ...] = BY_ACCOUNT_AND_SERVICE
    else:
        filtered = (condition.dimension for condition in query.where)
        more = groups_of([*filtered, *ACCOUNT], account_known=account_known)
        groups = tuple(dict.fromkeys([*wanted, *more]))[:MOST_GROUPS]
        group_by = _columns(groups, account_known=account_known)
    return replace(
        query,
        granularity="day",
        group_by=group_by,
        where=_left_over(query.where, group_by),
    )


def narrow(rows: pd.DataFrame, query: CostQuery, *, asked: CostQuery) -> pd.DataFrame:
    """The answer to `query` from `rows`, the answer to the wider `asked`."""
    for condition in query.where:
        if condition not in asked.where:
            rows = rows[matches(rows[condition.dimension], condition)]
    return regroup(rows, query)


def _columns(groups: Sequence[str], *, account_known: bool) -> tuple[str, ...]:
    account = ACCOUNT if account_known or "SubAccountId" in groups else ()
    return (*account, *(name for name in groups if name not in ACCOUNT))


def _left_over(
    where: Sequence[Condition], group_by: Sequence[str]
) -> tuple[Condition, ...]:
    """The conditions that AWS must apply, as the answer will not show them."""
    shown = {*group_by, "BillingCurrency"}
    return tuple(condition for condition in where if condition.dimension not in shown)
