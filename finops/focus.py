"""The words of the bill: FOCUS 1.2 names, and the one question asked of it.

Every source answers a `CostQuery` with `Costs`, whose table has the columns
that the FOCUS specification names, so that what `EffectiveCost` means is
settled there and not by us (https://focus.finops.org/focus-specification).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from finops.errors import Problem
from finops.periods import ChargePeriod

if TYPE_CHECKING:
    import pandas as pd

Metric = Literal["BilledCost", "EffectiveCost", "ListCost"]
"""How to count a charge: as invoiced, amortized, or at public prices."""

METRIC_NAMES: Final[Mapping[Metric, str]] = {
    "EffectiveCost": "Effective cost",
    "BilledCost": "Billed cost",
    "ListCost": "List cost",
}
"""What a metric is called on screen."""

Granularity = Literal["total", "day", "month"]
"""One figure for the whole period, for each day, or for each calendar month."""

Charges = Literal["usage", "all"]
"""Usage and purchases alone, or with taxes, credits and adjustments as well."""

USAGE_CATEGORIES: Final = ("Usage", "Purchase")
"""The ChargeCategory values that `usage` counts; the others are shown apart."""

DIMENSION_NAMES: Final[Mapping[str, str]] = {
    "SubAccountId": "Account id",
    "SubAccountName": "Account",
    "ServiceName": "Service",
    "ServiceCategory": "Service category",
    "RegionId": "Region",
    "ResourceId": "Resource",
    "ResourceType": "Resource type",
    "x_UsageType": "Usage type",
    "x_Operation": "Operation",
    "ChargeCategory": "Charge category",
    "ChargeDescription": "Charge description",
    "PricingCategory": "Pricing category",
    "CommitmentDiscountType": "Commitment type",
    "CommitmentDiscountId": "Commitment",
    "CommitmentDiscountStatus": "Commitment status",
    "x_CommitmentEnd": "Commitment ends",
    "BillingAccountId": "Billing account",
    "BillingCurrency": "Currency",
    "ProviderName": "Provider",
}
"""What a cost can be grouped by besides tags, and what it is called on screen.

Columns that start with `x_` are AWS's additions to FOCUS.
"""

NO_VALUE: Final = "(none)"
"""What stands for a charge that carries no value of a dimension."""

TAG_PREFIX: Final = "Tags."
"""A dimension `Tags.team` stands for the value of the tag `team`."""

DATE_COLUMN: Final = "ChargePeriodStart"

COSTS: Final[tuple[Metric, ...]] = ("BilledCost", "EffectiveCost", "ListCost")

SHORT_NAMES: Final[Mapping[str, str]] = {
    "account": "SubAccountName",
    "account_id": "SubAccountId",
    "service": "ServiceName",
    "region": "RegionId",
    "resource": "ResourceId",
    "usage_type": "x_UsageType",
    "charge": "ChargeCategory",
    "currency": "BillingCurrency",
}
"""What a person may type for the dimensions that are asked for most."""


def dimension_named(text: str) -> str:
    """The dimension that a person means: `service`, `ServiceName`, `tag/team`."""
    if text.startswith("tag/"):
        return TAG_PREFIX + text.removeprefix("tag/")
    return SHORT_NAMES.get(text.lower(), text)


def dimension_label(dimension: str) -> str:
    """What `dimension` is called on screen."""
    if dimension.startswith(TAG_PREFIX):
        return f"Tag {dimension.removeprefix(TAG_PREFIX)}"
    return DIMENSION_NAMES.get(dimension, dimension)


@dataclass(frozen=True, slots=True)
class Condition:
    """Keeps charges whose `dimension` is one of `values`; None: carries none."""

    dimension: str
    values: tuple[str | None, ...]

    @property
    def text(self) -> str:
        """What it keeps, as it is said beside a figure: `Account prod or dev`."""
        values = " or ".join(value or NO_VALUE for value in self.values)
        return f"{dimension_label(self.dimension)} {values}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CostQuery:
    """One question about the bill; frozen and hashable, so it is a cache key.

    Attributes:
        group_by: FOCUS dimensions, tags as `Tags.<key>`. BillingCurrency is
            always in the answer, so that two currencies are never added.
        where: Conditions that all hold.
    """

    period: ChargePeriod
    granularity: Granularity = "day"
    group_by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    charges: Charges = "usage"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that the question names, once, in order."""
        asked = (*self.group_by, *(condition.dimension for condition in self.where))
        return tuple(dict.fromkeys(asked))

    @property
    def keys(self) -> list[str]:
        """The key columns of the answer, in order."""
        dates = [] if self.granularity == "total" else [DATE_COLUMN]
        return list(dict.fromkeys([*dates, *self.group_by, "BillingCurrency"]))


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A source's answer.

    Attributes:
        table: One row per combination of `query.keys`, sorted by them, then
            the columns of `COSTS` in the billing currency. A key without a
            value is null; a cost that the source does not know is NaN.
        problems: The accounts that are missing from the table, and why.
        read_at: When the oldest part of the answer was read from its origin;
            None where it does not age (files, demo).
        notes: What the reader must know, such as which AWS metric was used.
        partly_known: The costs that sum up charges of which some are unknown.
    """

    table: pd.DataFrame
    query: CostQuery
    problems: tuple[Problem, ...] = ()
    read_at: datetime | None = None
    notes: tuple[str, ...] = ()
    partly_known: frozenset[Metric] = frozenset()

    @property
    def complete(self) -> bool:
        """Whether no account is missing."""
        return not self.problems
