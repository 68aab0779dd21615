"""The lines of a bill: one meter of one resource each, found by their meters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Self

import pandas as pd

from finops.analysis.workload_optimization import list_prices
from finops.analysis.workload_optimization.ownership import Tag

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
        made_by: The tags that tell who manages the resource.
        cost: What was paid in the period.
        monthly: What a month costs at the pace since `first`: 730 hours, or the
            month that storage is priced by.
        quantity: How much was used in the period, worked out from the public
            price that the bill states; None where it states none.
        monthly_quantity: The same in such a month; of what is stored, how much of
            it there is at the end.
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
    made_by: tuple[Tag, ...] | None = None
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

    @property
    def told(self) -> bool:
        """Whether the bill tells how much was used: by a quantity, or by its cost."""
        return self.monthly_quantity is not None or bool(self.monthly)

    def units(self, price: str) -> float:
        """How much is used in a month; the public `price` helps where needed."""
        if self.monthly_quantity is not None:
            return self.monthly_quantity
        return self.monthly / list_prices.price(price)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The lines of a bill, the dearest first, to be found by their meters.

    A bill has few different meters, however many lines: patterns are held
    against those, and only what is found is made a `Line`.
    """

    fields: Mapping[str, Sequence[Any]]
    by_meter: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, table: pd.DataFrame) -> Self:
        """The lines of `table`, which has a column for each field of `Line`."""
        ordered = table.sort_values("monthly", ascending=False, kind="stable")
        ordered = ordered.assign(
            first=ordered["first"].dt.date, last=ordered["last"].dt.date
        )
        known = ordered.astype(object).where(ordered.notna(), None)
        places: dict[str, list[int]] = {}
        for place, meter in enumerate(known["meter"]):
            places.setdefault(meter, []).append(place)
        return cls({one.name: known[one.name].tolist() for one in fields(Line)}, places)

    def found(self, pattern: str, *, service: str = "") -> list[Line]:
        """What fits `pattern` as a whole, and `service` somewhere."""
        fits, serves = re.compile(pattern), re.compile(service)
        places = sorted(
            place
            for meter, places in self.by_meter.items()
            if meter and fits.fullmatch(meter)
            for place in places
        )
        lines = map(self._line, places)
        return [one for one in lines if serves.search(one.service or "")]

    def _line(self, place: int) -> Line:
        return Line(**{name: values[place] for name, values in self.fields.items()})
