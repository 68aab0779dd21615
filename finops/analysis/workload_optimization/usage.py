"""What was used, meter by meter: what the checks look at.

A line is one meter of one resource over the whole period, or of an account in
a region where the bill does not name resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from finops.analysis.workload_optimization import list_prices
from finops.analysis.workload_optimization.line_table import line_table, meter_days
from finops.focus import Metric
from finops.periods import ChargePeriod

STILL_CHARGED: Final = timedelta(days=2)
"""The last charge of what still exists is this old at most: bills come late."""

HISTORY_DAYS: Final = 90
"""How long a snapshot must have been there to be called old."""


STEADY: Final = 0.95
"""The cheapest day of what never stops costs this part of the dearest at least."""

Place = tuple[str | None, str | None, str | None]
"""An account, a region and a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One meter of one resource, with what it cost.

    Attributes:
        account: What the account is called; its id where it has no name.
        resource_id: None where the bill does not name resources.
        meter: The usage type without its region.
        usage_type: As the bill has it.
        pricing: FOCUS's PricingCategory; None where the bill does not say.
        environment: The value of the tag that names it; None where there is none.
        cost: What was paid in the period.
        monthly: What 730 hours cost at the pace since `first`.
        quantity: How much was used in the period, worked out from the public
            price that the bill states; None where it states none.
        monthly_quantity: The same in 730 hours.
        first, last: The first and the last day with a charge.
        days: How many days have one.
        least, most: What the cheapest and the dearest day between them cost.
    """

    account: str
    account_id: str | None = None
    region: str | None = None
    service: str | None = None
    resource_id: str | None = None
    meter: str
    usage_type: str
    operation: str | None = None
    pricing: str | None = None
    environment: str | None = None
    cost: float
    monthly: float
    quantity: float | None = None
    monthly_quantity: float | None = None
    first: date
    last: date
    days: int
    least: float
    most: float

    @classmethod
    def of_account(
        cls,
        account: str,
        account_id: object,
        costs: pd.Series[float],
        *,
        monthly: float,
        region: object = None,
    ) -> Line:
        """What an account paid on each day, as one line that names no meter."""
        return cls(
            account=account,
            account_id=account_id if isinstance(account_id, str) else None,
            region=region if isinstance(region, str) else None,
            meter="",
            usage_type="",
            cost=float(costs.sum()),
            monthly=monthly,
            first=costs.index[0].date(),
            last=costs.index[-1].date(),
            days=len(costs),
            least=float(costs.min()),
            most=float(costs.max()),
        )

    @property
    def span(self) -> int:
        """The days from the first to the last with a charge."""
        return (self.last - self.first).days + 1

    @property
    def place(self) -> Place:
        """Which resource it is a meter of."""
        return (self.account_id or self.account, self.region, self.resource_id)

    @property
    def committed(self) -> bool:
        """Whether a reservation or a savings plan pays for it."""
        return self.pricing == "Committed"

    @property
    def flat(self) -> bool:
        """Whether it costs the same on every day, so that it never stops."""
        steady = self.most > 0 and self.least >= STEADY * self.most
        return steady and self.days == self.span

    def units(self, price: str) -> float:
        """How much was used in 730 hours; the public `price` helps where needed."""
        if self.monthly_quantity is not None:
            return self.monthly_quantity
        return self.monthly / list_prices.price(price)


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """The usage of a period.

    Attributes:
        currency: Of every amount.
        dimensions: What the bill could be asked by.
        days: What each meter cost on each day.
        table: One row for each line.
        seen_before: The resources that were charged 90 days before the end of
            the period; None where the bill does not reach back, or names none.
    """

    period: ChargePeriod
    metric: Metric
    currency: str
    dimensions: frozenset[str]
    days: pd.DataFrame
    table: pd.DataFrame
    seen_before: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        charges: pd.DataFrame,
        *,
        period: ChargePeriod,
        metric: Metric,
        currency: str,
        seen_before: frozenset[str] | None = None,
    ) -> Usage:
        """The usage in `charges`, which are by day and by all that tells meters."""
        days = meter_days(charges, metric)
        return cls(
            period,
            metric,
            currency,
            dimensions=frozenset(map(str, charges.columns)),
            days=days,
            table=line_table(days, period),
            seen_before=seen_before,
        )

    def lines(self, pattern: str, *, service: str = "") -> list[Line]:
        """What fits `pattern` and is still charged, the dearest first.

        Args:
            pattern: What the whole meter looks like.
            service: What the service's name looks like: several of them have
                a meter `TimedStorage-ByteHrs`.
        """
        still = pd.Timestamp(self.period.last_day - STILL_CHARGED, tz="UTC")
        kept = self.table["meter"].str.fullmatch(pattern, na=False)
        kept &= (self.table["last"] >= still) & (self.table["monthly"] > 0)
        if service:
            kept &= self.table["service"].str.contains(service, na=False)
        found = self.table[kept].sort_values("monthly", ascending=False, kind="stable")
        known = found.astype(object).where(found.notna(), None)
        return [_line(row) for row in known.to_dict("records")]

    def units(
        self, pattern: str, price: str, *, service: str = ""
    ) -> dict[Place, float]:
        """How much of some meters each resource used in 730 hours."""
        counted: dict[Place, float] = {}
        for line in self.lines(pattern, service=service):
            counted[line.place] = counted.get(line.place, 0.0) + line.units(price)
        return counted

    def monthly(self, pattern: str, *, service: str = "") -> dict[Place, float]:
        """What some meters of each resource cost in 730 hours."""
        costs: dict[Place, float] = {}
        for line in self.lines(pattern, service=service):
            costs[line.place] = costs.get(line.place, 0.0) + line.monthly
        return costs


def _line(row: dict[Any, Any]) -> Line:
    first, last = row["first"].date(), row["last"].date()
    return Line(**{**row, "first": first, "last": last})
