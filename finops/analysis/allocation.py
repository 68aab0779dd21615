"""Whose cost is it? (FinOps Framework: Allocation)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from finops.errors import Problem
from finops.focus import DATE_COLUMN, TAG_PREFIX, Metric

ACCOUNT_KEYS = ["SubAccountId", "SubAccountName"]

NO_ACCOUNT = "(no account)"
"""Stands for an account without id and name: charges to the whole bill."""

NO_SERVICE = "(no service)"
"""Stands for a null service, such as a tax on the whole bill."""

HALF_A_CENT = 0.005
"""A whole below this is nothing; credits rarely bring a sum of floats to 0.0."""


@dataclass(frozen=True, slots=True)
class AccountCost:
    """What one account cost in a period, or why that is not known.

    Attributes:
        name: What to call it; its id follows where two accounts share a name.
        id: Its account id; None where the bill does not tell.
        cost: In the billing currency; None where the account was not read.
        share: Of the cost of all accounts that were read, from 0 to 1 unless
            credits outweigh the cost of one; None where the cost is unknown
            or the accounts cost nothing together.
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
        """The allocated part of the cost, from 0 to 1.

        None for no cost, and where credits outweigh one of the parts.
        """
        if min(self.allocated, self.unallocated) < 0:
            return None
        return share_of(self.allocated, self.allocated + self.unallocated)


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


def share_of(part: float, whole: float) -> float | None:
    """`part` as a share of `whole`; None where the whole is nothing or a credit."""
    return part / whole if whole >= HALF_A_CENT else None


def with_accounts(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with a column `account`, which tells each account from the others.

    It is the account's id, or its name where the bill has no ids: two accounts
    may share a name, and one may be renamed within a period.
    """
    known = table["SubAccountId"].fillna(table["SubAccountName"])
    return table.assign(account=known.fillna(NO_ACCOUNT))


def with_account_labels(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with a column `account`: what to call it, as `accounts` does."""
    charges = with_accounts(table)
    names = _names_and_ids(charges)["name"]
    return charges.assign(account=charges["account"].map(names))


def accounts(
    table: pd.DataFrame, metric: Metric, problems: Sequence[Problem] = ()
) -> list[AccountCost]:
    """Each account's cost, largest first, then the accounts that are missing.

    Args:
        table: Cost by SubAccountId, SubAccountName and ServiceName.
        metric: Which cost to add up.
        problems: The accounts that could not be read.
    """
    charges = with_accounts(table)
    by_service = cost_by(charges, ["account", "ServiceName"], metric)
    charged = by_service[by_service != 0].reset_index("ServiceName")["ServiceName"]
    costs = by_service.groupby("account").sum(min_count=1)
    figures = _names_and_ids(charges).assign(
        cost=costs,
        share=costs / costs.sum() if costs.sum() >= HALF_A_CENT else math.nan,
        services=charged.groupby("account").count(),
        top_service=charged.fillna(NO_SERVICE).groupby("account").first(),
    )
    figures["services"] = figures["services"].fillna(0).astype(int)
    largest_first = figures.sort_values(["cost", "name"], ascending=[False, True])
    missing = [
        AccountCost(problem.account, None, None, None, 0, None, problem.code)
        for problem in problems
        if problem.account
    ]
    return _account_costs(largest_first) + missing


def _account_costs(figures: pd.DataFrame) -> list[AccountCost]:
    known = figures.astype(object).where(figures.notna(), None)
    return [AccountCost(*row) for row in known.itertuples(index=False)]


def _names_and_ids(charges: pd.DataFrame) -> pd.DataFrame:
    """The name and the id of each account; no two have the same name."""
    found = charges.groupby("account")[ACCOUNT_KEYS].first()
    names = found["SubAccountName"].fillna(found.index.to_series())
    shared = names.duplicated(keep=False)
    with_id = names + " (" + found.index + ")"
    return pd.DataFrame(
        {"name": names.mask(shared, with_id), "id": found["SubAccountId"]}
    )


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
