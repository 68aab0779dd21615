"""Cost Explorer's pages, as a cost table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import pandas as pd

from finops.aws.errors import well_formed
from finops.focus import DATE_COLUMN
from finops.sources.cost_explorer.caller import COSTS
from finops.sources.cost_explorer.dimensions import value_of

if TYPE_CHECKING:
    from mypy_boto3_ce.type_defs import (
        GetCostAndUsageResponseTypeDef as Page,
    )
    from mypy_boto3_ce.type_defs import GroupTypeDef as Group


@dataclass(frozen=True, slots=True)
class Metrics:
    """Which of AWS's metrics stand for BilledCost and EffectiveCost."""

    billed: str
    effective: str
    note: str


NET: Final = Metrics(
    "NetUnblendedCost",
    "NetAmortizedCost",
    "Costs are net of discounts: BilledCost is AWS's NetUnblendedCost, "
    "EffectiveCost its NetAmortizedCost.",
)

GROSS: Final = Metrics(
    "UnblendedCost",
    "AmortizedCost",
    "AWS gives no net costs here: BilledCost is its UnblendedCost, EffectiveCost "
    "its AmortizedCost, both before negotiated discounts.",
)

Keys = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """What each group of each day cost, exactly, however the pages cut it.

    Attributes:
        groups: The dimensions of the groups' keys, in order.
        account_id: The account of all charges where it is no group.
        names: What to call an account; AWS's own name is used for others.
    """

    groups: Sequence[str]
    metrics: Metrics
    account_id: str
    names: Mapping[str, str]
    sums: dict[Keys, list[Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: [Decimal(0), Decimal(0)])
    )
    described: dict[str, str] = field(default_factory=dict)

    def enter(self, pages: Iterable[Page]) -> None:
        """Add the costs on `pages`.

        Raises:
            MalformedTableError: If a page is not what AWS promises.
        """
        for page in pages:
            with well_formed(COSTS):
                self._enter(page)

    def table(self) -> pd.DataFrame:
        """One row for each day, group and currency."""
        columns = [DATE_COLUMN, "BillingCurrency", *self.groups]
        rows = [
            (*keys, float(billed), float(effective))
            for keys, (billed, effective) in self.sums.items()
        ]
        table = pd.DataFrame(rows, columns=[*columns, "BilledCost", "EffectiveCost"])
        days = pd.to_datetime(table[DATE_COLUMN], utc=True)
        table = table.assign(**{DATE_COLUMN: days})
        if "SubAccountId" not in self.groups and self.account_id:
            table = table.assign(SubAccountId=self.account_id)
        if "SubAccountId" in table:
            table = table.assign(SubAccountName=self._names(table["SubAccountId"]))
        return table

    def _enter(self, page: Page) -> None:
        for described in page.get("DimensionValueAttributes", ()):
            name = described["Attributes"].get("description")
            if name:
                self.described[described["Value"]] = name
        for day in page["ResultsByTime"]:
            start = day["TimePeriod"]["Start"]
            for group in day["Groups"]:
                self._add(start, group)

    def _add(self, day: str, group: Group) -> None:
        billed = group["Metrics"][self.metrics.billed]
        effective = group["Metrics"][self.metrics.effective]
        values = self._values(group["Keys"])
        sums = self.sums[day, billed["Unit"], *values]
        sums[0] += Decimal(billed["Amount"])
        sums[1] += Decimal(effective["Amount"])

    def _values(self, keys: Sequence[str]) -> Iterator[str | None]:
        for dimension, key in zip(self.groups, keys, strict=True):
            yield value_of(dimension, key)

    def _names(self, ids: pd.Series[str]) -> pd.Series[str]:
        known = {**self.described, **self.names}
        return ids.map(lambda account_id: known.get(account_id, account_id))
