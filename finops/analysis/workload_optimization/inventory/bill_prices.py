"""What does an account really pay for a unit, by its own bill?

The bill of a live account says what a meter cost, and the inventory how much
there is of it. Where the meter cost the same every day, and nothing came or
went, one over the other is the price, with every discount in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory.prices import (
    Price,
    Prices,
    PublicPrices,
)
from finops.analysis.workload_optimization.inventory.resources import (
    NatGateway,
    Resource,
    Volume,
)
from finops.analysis.workload_optimization.public_prices import HOURS, PUBLIC_PRICES
from finops.analysis.workload_optimization.usage import Usage
from finops.periods import ChargePeriod

LEAST, MOST = 0.25, 2.5
"""How far a price may be from the public one of us-east-1 to be believed; the
dearest region asks for less than twice as much."""

DOLLARS: Final = "USD"

Meter = tuple[str, str, str]
"""An account id, a region, and a usage type without its region."""


@dataclass(frozen=True, slots=True)
class Metered:
    """Something that the bill meters as the inventory counts it.

    Attributes:
        meter: The usage type, without its region.
        units: How much of it a resource has.
    """

    meter: str
    units: Callable[[Resource], float]


def _gb_of(kind: str) -> Callable[[Resource], float]:
    def count(resource: Resource) -> float:
        if not isinstance(resource, Volume) or resource.type != kind:
            return 0.0
        return float(resource.size_gb)

    return count


def _gateway_hours(resource: Resource) -> float:
    up = isinstance(resource, NatGateway) and resource.state == "available"
    return float(HOURS) if up else 0.0


DISKS: Final[Mapping[str, Metered]] = {
    "gp2 GB-month": Metered("EBS:VolumeUsage.gp2", _gb_of("gp2")),
    "gp3 GB-month": Metered("EBS:VolumeUsage.gp3", _gb_of("gp3")),
    "io1 GB-month": Metered("EBS:VolumeUsage.piops", _gb_of("io1")),
}

DISK_PRICES: Final = frozenset(
    name for name in PUBLIC_PRICES if re.match(r"(gp[23]|io[12]|st1|sc1) ", name)
)
"""What AWS asks for disks is in the same proportions in all regions."""

METERED: Final[Mapping[str, Metered]] = {
    **DISKS,
    "NAT gateway hour": Metered("NatGateway-Hours", _gateway_hours),
}

METERS: Final = frozenset(each.meter for each in METERED.values())
"""The usage types, without their region, that prices are worked out from."""


@dataclass(frozen=True, slots=True)
class BillPricing:
    """What accounts pay by the meters of `monthly`.

    Attributes:
        monthly: What each steady meter costs in a month.
    """

    period: ChargePeriod
    monthly: Mapping[Meter, float]

    @classmethod
    def of(cls, usage: Usage) -> BillPricing:
        """The prices that `usage` tells, if it is in dollars."""
        lines = usage.lines("|".join(map(re.escape, METERS)))
        totals: dict[Meter, float] = {}
        unsteady: set[Meter] = set()
        for line in lines if usage.currency == DOLLARS else ():
            key = (line.account_id or "", line.region or "", line.meter)
            totals[key] = totals.get(key, 0.0) + line.monthly
            unsteady |= set() if line.flat else {key}
        steady = {key: sum_ for key, sum_ in totals.items() if key not in unsteady}
        return cls(usage.period, steady)

    def __call__(
        self, account_id: str, region: str, resources: Sequence[Resource]
    ) -> Prices:
        """What the account pays in `region` for the resources it has there."""
        paid = {
            what: amount
            for what, metered in METERED.items()
            if (amount := self._paid(account_id, region, what, metered, resources))
        }
        return PaidPrices(paid, PublicPrices(region), self.period)

    def _paid(
        self,
        account_id: str,
        region: str,
        what: str,
        metered: Metered,
        resources: Sequence[Resource],
    ) -> float | None:
        monthly = self.monthly.get((account_id, region, metered.meter))
        counted = [one for one in resources if metered.units(one)]
        if not monthly or not all(_there_since(self.period.start, r) for r in counted):
            return None
        units = sum(metered.units(one) for one in counted)
        price = monthly / units if units else 0.0
        believed = LEAST <= price / PUBLIC_PRICES[what] <= MOST
        return price if believed else None


def _there_since(day: date, resource: Resource) -> bool:
    created: datetime | None = resource.created
    return created is not None and created.date() < day


@dataclass(frozen=True, slots=True)
class PaidPrices:
    """What is paid in one place; what the bill does not tell is the public price.

    Attributes:
        paid: What the bill tells, by what it is for.
    """

    paid: Mapping[str, float]
    public: PublicPrices
    period: ChargePeriod

    def price(self, what: str) -> Price | None:
        """What the account pays for `what`, or would pay at its own rates."""
        if what in self.paid:
            return Price(self.paid[what], self._origin())
        if what in DISK_PRICES and (sibling := next(self._paid_disks(), None)):
            scale = self.paid[sibling] / PUBLIC_PRICES[sibling]
            origin = f"{self._origin()}, in proportion to {sibling}"
            return Price(PUBLIC_PRICES[what] * scale, origin)
        return self.public.price(what)

    def _paid_disks(self) -> Iterator[str]:
        return (what for what in DISKS if what in self.paid)

    def _origin(self) -> str:
        return f"What this account paid from {formats.days(self.period)}"
