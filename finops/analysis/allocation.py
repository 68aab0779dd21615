"""Whose cost is it? (FinOps Framework: Allocation)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from finops.errors import Problem
from finops.focus import DATE_COLUMN, TAG_PREFIX, Metric

ACCOUNT_KEYS = ["SubAccountId", "SubAccountName"]

NO_SERVICE = "(no service)"
"""Stands for a null service, such as a tax on the whole bill."""


@dataclass(frozen=True, slots=True)
class AccountCost:
    """What one account cost in a period, or why that is not known.

    Attributes:
        cost: In the billing currency; None where the account was not read.
        share: Of the cost of all accounts that were read, from 0 to 1; None
            where the cost is unknown or the accounts cost nothing together.
        services: How many services were charged.
        top_service: The one that cost most; None where none was charged.
        status: "read", or the code of the problem.
    """

    name: str
    id: str | None
    cost: float | None
    share: float | None
    services: int
    top_service: str | None
    status: str = "read"


@dataclass(frozen=True, slots=True)
class TagCoverage:
    """How much of the cost carries one tag.

    Attributes:
        allocated: The cost that carries a value of the tag.
        unallocated: The cost that carries none.
    """

    key: str
    allocated: float
    unallocated: float

    @property
    def share(self) -> float | None:
        """The allocated part of the cost, from 0 to 1; None for no cost."""
        total = self.allocated + self.unallocated
        return self.allocated / total if total > 0 else None


def cost_by(
    table: pd.DataFrame, dimensions: Sequence[str], metric: Metric
) -> pd.Series[float]:
    """Total cost per combination of `dimensions`, largest first.

    Cost that carries no value is kept, under NA: leaving it out would make
    the parts sum to less than the bill.
    """
    totals = table.groupby(list(dimensions), dropna=False)[metric].sum(min_count=1)
    return totals.sort_values(ascending=False, kind="stable")


def daily_cost(table: pd.DataFrame, metric: Metric) -> pd.Series[float]:
    """Cost per day; a day without charges between two with them is zero."""
    totals = table.groupby(DATE_COLUMN)[metric].sum(min_count=1)
    return totals.asfreq("D", fill_value=0.0) if len(totals) else totals


def with_account_labels(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with a column `account`: the account's name, else its id."""
    return table.assign(account=table["SubAccountName"].fillna(table["SubAccountId"]))


def accounts(
    table: pd.DataFrame, metric: Metric, problems: Sequence[Problem] = ()
) -> list[AccountCost]:
    """Each account's cost, largest first, then the accounts that are missing.

    Args:
        table: Cost by SubAccountId, SubAccountName and ServiceName.
        metric: Which cost to add up.
        problems: The accounts that could not be read.
    """
    total = float(table[metric].sum())
    groups = table.groupby(ACCOUNT_KEYS, dropna=False, sort=False)
    known = [
        _account(account_id, name, charges, metric, total)
        for (account_id, name), charges in groups
    ]
    known.sort(key=lambda account: (-(account.cost or 0.0), account.name))
    missing = [
        AccountCost(problem.account, None, None, None, 0, None, problem.code)
        for problem in problems
        if problem.account
    ]
    return known + missing


def _account(
    account_id: object,
    name: object,
    charges: pd.DataFrame,
    metric: Metric,
    total: float,
) -> AccountCost:
    by_service = cost_by(charges, ["ServiceName"], metric)
    services = [_text(service) for service in by_service.index[by_service != 0]]
    cost = charges[metric].sum() if charges[metric].notna().any() else None
    return AccountCost(
        name=_text(name) or _text(account_id) or "(no account)",
        id=_text(account_id),
        cost=None if cost is None else float(cost),
        share=None if cost is None or not total else float(cost / total),
        services=sum(service is not None for service in services),
        top_service=services[0] or NO_SERVICE if services else None,
    )


def _text(key: object) -> str | None:
    """A key of the table; None for a null."""
    return key if isinstance(key, str) else None


def tag_coverage(
    tables: Mapping[str, pd.DataFrame], metric: Metric
) -> list[TagCoverage]:
    """How much of the cost each tag allocates, the best covered first.

    Args:
        tables: For each dimension `Tags.<key>`, the cost grouped by it.
        metric: Which cost to add up.
    """
    found = [
        TagCoverage(
            key=dimension.removeprefix(TAG_PREFIX),
            allocated=float(table.loc[table[dimension].notna(), metric].sum()),
            unallocated=float(table.loc[table[dimension].isna(), metric].sum()),
        )
        for dimension, table in tables.items()
    ]
    return sorted(found, key=lambda coverage: (-coverage.allocated, coverage.key))
