"""What is paid per unit, and could it be less? (FinOps Framework: Rate Optimization).

Reserved Instances and savings plans lower the price of usage that they cover,
and are paid for whether they are used or not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from finops.analysis.allocation import HALF_A_CENT, share_of
from finops.analysis.cost_table import with_null_columns
from finops.analysis.workload_optimization.usage_types import meter

RATE_KEYS: Final = (
    "ServiceName",
    "x_UsageType",
    "ChargeCategory",
    "PricingCategory",
    "CommitmentDiscountType",
    "CommitmentDiscountId",
    "CommitmentDiscountStatus",
    "x_CommitmentEnd",
)
"""What the bill must be grouped by, as far as it can be."""

COVERABLE: Final = re.compile(
    r"(BoxUsage|DedicatedUsage|InstanceUsage|Multi-AZUsage|NodeUsage|Node:|ESInstance|"
    r"Fargate-\w+-Hours|Lambda-GB-Second).*"
)
"""The meters of usage that a commitment can cover."""

SOON: Final = 60
"""Days before its end in which a commitment asks for a decision."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One Reserved Instance or savings plan, and how much of it was used.

    Attributes:
        kind: `Reserved Instance` or `Savings Plan`; None where the bill is silent.
        used: What was paid for the usage that it covered.
        unused: What was paid for nothing.
        ends: Its last day; None where the bill does not say.
    """

    id: str
    kind: str | None
    used: float
    unused: float
    ends: date | None

    @property
    def utilisation(self) -> float | None:
        """The used part of what was paid, from 0 to 1; None for nothing paid."""
        return share_of(self.used, self.used + self.unused)

    def days_left(self, today: date) -> int | None:
        """The days until it ends; None where that is not known."""
        return None if self.ends is None else (self.ends - today).days


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a service's coverable usage a commitment pays for.

    Attributes:
        covered: The covered usage, at public prices.
        on_demand: The rest of it, at public prices.
    """

    service: str
    covered: float
    on_demand: float

    @property
    def share(self) -> float | None:
        """The covered part, from 0 to 1; None for no usage."""
        return share_of(self.covered, self.covered + self.on_demand)


@dataclass(frozen=True, slots=True)
class Rates:
    """What commitments did in a period.

    Attributes:
        coverage: By service, the one with most coverable usage first.
        commitments: The one with most waste first.
        paid: For the coverable usage, and for commitments that were not used.
        public: The coverable usage at public prices.
    """

    coverage: tuple[Coverage, ...]
    commitments: tuple[Commitment, ...]
    paid: float
    public: float

    @property
    def covered(self) -> float | None:
        """The covered part of all coverable usage, from 0 to 1."""
        return share_of(sum(one.covered for one in self.coverage), self.public)

    @property
    def unused(self) -> float:
        """What was paid for commitments that nothing used."""
        return sum(one.unused for one in self.commitments)

    @property
    def utilisation(self) -> float | None:
        """The used part of what was paid for commitments."""
        used = sum(one.used for one in self.commitments)
        return share_of(used, used + self.unused)

    @property
    def effective_savings_rate(self) -> float | None:
        """What commitments save of the public price, after what they waste.

        FinOps Foundation: 1 - what was paid / the on-demand equivalent, over
        the usage that commitments can cover.
        """
        if self.public < HALF_A_CENT:
            return None
        return 1 - self.paid / self.public


def rates(table: pd.DataFrame) -> Rates:
    """What commitments did in `table`, which is by as many of RATE_KEYS as it can."""
    rows = with_null_columns(table, RATE_KEYS)
    unused = _unused(rows)
    coverable = rows["x_UsageType"].isin(_coverable_types(rows)) & ~unused
    coverable &= rows["PricingCategory"].isin(["Standard", "Committed"])
    coverable &= rows["ChargeCategory"].eq("Usage") & rows["ListCost"].notna()
    usage = rows[coverable]
    commitments = _commitments(rows, unused)
    return Rates(
        coverage=tuple(_coverage(usage)),
        commitments=tuple(commitments),
        paid=float(usage["EffectiveCost"].sum()) + sum(c.unused for c in commitments),
        public=float(usage["ListCost"].sum()),
    )


def _coverable_types(rows: pd.DataFrame) -> list[str]:
    types = rows["x_UsageType"].dropna().unique()
    return [name for name in types if COVERABLE.fullmatch(meter(name))]


def _unused(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are what a commitment cost while nothing used it.

    FOCUS has a status for it. Line items of AWS have it in the fee itself: what
    is left of the fee once it is spread over the usage that it covers.
    """
    fee = rows["ChargeCategory"].eq("Purchase") & rows["EffectiveCost"].ne(0)
    return rows["CommitmentDiscountId"].notna() & (
        rows["CommitmentDiscountStatus"].eq("Unused") | fee
    )


def _coverage(usage: pd.DataFrame) -> list[Coverage]:
    committed = usage["PricingCategory"].eq("Committed")
    sides = usage.assign(
        covered=usage["ListCost"].where(committed, 0.0),
        on_demand=usage["ListCost"].where(~committed, 0.0),
        service=usage["ServiceName"].fillna("(no service)"),
    )
    sums = sides.groupby("service")[["covered", "on_demand"]].sum()
    largest_first = sums.loc[sums.sum(axis=1).sort_values(ascending=False).index]
    return [
        Coverage(str(name), float(covered), float(on_demand))
        for name, covered, on_demand in largest_first.itertuples()
    ]


def _commitments(rows: pd.DataFrame, unused: pd.Series[bool]) -> list[Commitment]:
    owned = rows["CommitmentDiscountId"].notna()
    sides = rows.assign(
        used=rows["EffectiveCost"].where(~unused, 0.0),
        unused=rows["EffectiveCost"].where(unused, 0.0),
    )[owned]
    grouped = sides.groupby("CommitmentDiscountId")
    sums = grouped[["used", "unused"]].sum()
    told = grouped[["CommitmentDiscountType", "x_CommitmentEnd"]].first()
    found = [
        Commitment(
            str(name),
            kind if isinstance(kind, str) else None,
            float(sums.loc[name, "used"]),
            float(sums.loc[name, "unused"]),
            _day(end),
        )
        for name, kind, end in told.itertuples()
    ]
    return sorted(found, key=lambda one: (-one.unused, one.id))


def _day(text: object) -> date | None:
    """The day of a moment such as 2019-08-13T18:13:54.000Z."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
