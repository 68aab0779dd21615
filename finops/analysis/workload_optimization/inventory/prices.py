"""What does a unit of something cost in one place, and who says so?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from finops.analysis.workload_optimization.inventory.resources import Resource
from finops.analysis.workload_optimization.machine_prices import machine_hour
from finops.analysis.workload_optimization.public_prices import (
    PUBLIC_PRICES,
    REGION,
    origin,
)


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs, and who says so."""

    amount: float
    origin: str


class Prices(Protocol):
    """Knows what things cost in one account and region."""

    def price(self, what: str) -> Price | None:
        """What a unit of `what` costs; None where nobody tells."""
        ...


class Pricing(Protocol):
    """Knows what things cost, wherever they are."""

    def __call__(
        self, account_id: str, region: str, resources: Sequence[Resource]
    ) -> Prices:
        """The prices in `region` of an account that has `resources` there."""
        ...


@dataclass(frozen=True, slots=True)
class PublicPrices:
    """AWS's own list, for the one region it is known of."""

    region: str

    def price(self, what: str) -> Price | None:
        """The public price; None in another region, for prices differ there."""
        if self.region != REGION:
            return None
        if (amount := PUBLIC_PRICES.get(what)) is not None:
            return Price(amount, origin())
        amount = machine_hour(what.removesuffix(" hour"))
        return None if amount is None else Price(amount, origin(machines=True))


def public_pricing(
    account_id: str, region: str, resources: Sequence[Resource]
) -> PublicPrices:
    """What AWS asks of everyone."""
    del account_id, resources
    return PublicPrices(region)
