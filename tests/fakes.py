"""Bills in memory, in place of files and of AWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd

from finops.analysis.cost_table import answer, require_dimensions
from finops.errors import FinOpsError, Problem
from finops.focus import DATE_COLUMN, DIMENSION_NAMES, TAG_PREFIX, CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence

KEYS = ("SubAccountId", "SubAccountName", "ServiceName", "BillingCurrency")

ACCOUNT_IDS: Mapping[str, str] = {
    "prod": "111111111111",
    "staging": "222222222222",
    "dev": "033333333333",
}

Charge = dict[str, object]


def charge(
    day: date,
    cost: float,
    *,
    account: str | None = "prod",
    service: str | None = "Amazon RDS",
    **columns: object,
) -> Charge:
    """One row of a bill: usage in dollars, unless `columns` say otherwise."""
    return {
        DATE_COLUMN: pd.Timestamp(day, tz="UTC"),
        "SubAccountId": ACCOUNT_IDS.get(account or "", account),
        "SubAccountName": account,
        "ServiceName": service,
        "ChargeCategory": "Usage",
        "BillingCurrency": "USD",
        "BilledCost": float(cost),
        "EffectiveCost": float(cost),
        "ListCost": float(cost),
    } | columns


def every_day(
    period: ChargePeriod,
    cost: float,
    *,
    account: str | None = "prod",
    service: str | None = "Amazon RDS",
    **columns: object,
) -> list[Charge]:
    """The same charge on each day of `period`."""
    days = (period.start + timedelta(days=n) for n in range(period.days))
    return [
        charge(day, cost, account=account, service=service, **columns) for day in days
    ]


def bill(*charges: Charge) -> pd.DataFrame:
    """The charges as one table."""
    return pd.DataFrame(charges).astype(dict.fromkeys(KEYS, "str"))


@dataclass(eq=False)
class BillInMemory:
    """A cost source that answers from a table, and remembers what it was asked.

    Attributes:
        problems: What it says is missing from every answer.
        missing_before: What is missing besides from answers about days before
            a date.
        known: The days it knows; those with charges unless given.
        refusal: What it raises instead of answering.
    """

    charges: pd.DataFrame
    name: str = "the bill"
    restated_days: int = 0
    problems: tuple[Problem, ...] = ()
    missing_before: Mapping[date, Problem] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    read_at: datetime | None = None
    known: ChargePeriod | None = None
    refusal: FinOpsError | None = None
    queries: list[CostQuery] = field(default_factory=list)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns of the table that costs can be grouped by."""
        return tuple(
            name
            for name in map(str, self.charges)
            if name in DIMENSION_NAMES or name.startswith(TAG_PREFIX)
        )

    @property
    def extent(self) -> ChargePeriod:
        """The days with charges, unless it was told which days it knows."""
        if self.known:
            return self.known
        days = self.charges[DATE_COLUMN]
        return ChargePeriod(days.min().date(), days.max().date() + timedelta(days=1))

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query` from the table."""
        require_dimensions(query, self.dimensions, source=self.name)
        self.queries.append(query)
        if self.refusal:
            raise self.refusal
        earlier = [
            problem
            for day, problem in self.missing_before.items()
            if query.period.start < day
        ]
        for account in self.charges.get("SubAccountName", pd.Series()).dropna():
            progress(account, "read")
        return Costs(
            answer(self.charges, query),
            query,
            problems=(*self.problems, *earlier),
            read_at=self.read_at,
            notes=self.notes,
        )
