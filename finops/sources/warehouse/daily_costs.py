"""What fills each FOCUS column from a plain table of costs per day?

Any CSV or Parquet file with a date and a cost will do. Further columns of text
are dimensions: those with a name that FOCUS knows become its, others tags.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import ibis

from finops.focus import TAG_PREFIX
from finops.sources.warehouse.bills import (
    Bill,
    Reading,
    Value,
    as_amount,
    as_moment,
    as_text,
    constant,
    text,
)
from finops.sources.warehouse.formats import Format

DATE: Final = re.compile(r"(usage_?|charge_?)?(date|day)")
COST: Final = re.compile(
    r"((?:total|daily|unblended|net|billed)_?)?(cost|amount|spend|charge)s?"
    r"(_(?P<currency>[a-z]{3}))?"
)
"""Names of the two columns that are needed; cost_usd also tells the currency."""

DIMENSIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "BillingCurrency": ("currency", "billing_currency"),
    "SubAccountId": ("account_id", "account"),
    "SubAccountName": ("account_name",),
    "ServiceName": ("service", "service_name", "servicename"),
    "ServiceCategory": ("category", "service_category"),
    "RegionId": ("region", "region_id"),
    "ResourceId": ("resource", "resource_id"),
    "ProviderName": ("provider", "cloud"),
}
"""Names under which a column is one of FOCUS's dimensions."""


def lacking(names: Collection[str]) -> list[str]:
    """Which of date and cost there is no column for."""
    needed = {"date": DATE, "cost": COST}
    return [
        word
        for word, pattern in needed.items()
        if not any(pattern.fullmatch(name) for name in names)
    ]


def column_like(bill: Bill, pattern: re.Pattern[str]) -> tuple[str, Value]:
    """The plain name and the values of the first column that `pattern` fits."""
    name = next(name for name in bill.names if pattern.fullmatch(name))
    return name, bill[name]


def day(bill: Bill) -> Value:
    """The day of the cost."""
    return as_moment(column_like(bill, DATE)[1])


def cost(bill: Bill) -> Value:
    """The cost of the day."""
    return as_amount(column_like(bill, COST)[1])


def currency(bill: Bill) -> Value | None:
    """The column of currencies, else the one in the cost column's name."""
    stated = text(*DIMENSIONS["BillingCurrency"])(bill)
    if stated is not None:
        return stated
    found = COST.fullmatch(column_like(bill, COST)[0])
    code = found["currency"] if found else None
    return ibis.literal(code.upper()) if code else None


def tags(bill: Bill) -> dict[str, Value]:
    """Each column that is neither date, cost, nor one of FOCUS's dimensions."""
    known = {name for names in DIMENSIONS.values() for name in names}
    return {
        TAG_PREFIX + column: as_text(bill[name])
        for name, column in bill.names.items()
        if name not in known
        and not name.startswith("__")
        and not DATE.fullmatch(name)
        and not COST.fullmatch(name)
    }


COLUMNS: Final[Mapping[str, Reading]] = {
    **{name: text(*columns) for name, columns in DIMENSIONS.items()},
    "BillingCurrency": currency,
    "ChargePeriodStart": day,
    "ChargePeriodEnd": lambda bill: day(bill) + ibis.interval(days=1),
    "BilledCost": cost,
    "EffectiveCost": cost,
    "ChargeCategory": constant("Usage"),
}


def line_id(bill: Bill) -> list[Value]:
    """The day, every dimension, and the cost.

    Two files may tell of the same days of two accounts, and not say so.
    """
    dimensions = [COLUMNS[name](bill) for name in DIMENSIONS]
    known = [value for value in dimensions if value is not None]
    return [day(bill), *known, *tags(bill).values(), cost(bill)]


DAILY_COSTS: Final = Format(
    name="costs per day",
    lacking=lacking,
    columns=COLUMNS,
    tags=tags,
    line_id=line_id,
    ids_repeat=True,
    ids_hold_costs=True,
)
