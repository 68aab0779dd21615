"""What fills each FOCUS column from a FOCUS export: the column itself.

Versions 1.0 to 1.2 differ in columns that are not asked for here; from 1.3 on
the provider is called ServiceProviderName.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from finops.focus import DIMENSION_NAMES, TAG_PREFIX
from finops.sources.warehouse.bills import (
    Bill,
    Reading,
    Value,
    amount,
    doubtful_moment,
    moment,
    text,
)
from finops.sources.warehouse.formats import Format, needing
from finops.sources.warehouse.keyed_columns import keys_in, value_at

COLUMNS: Final[Mapping[str, Reading]] = {
    **{name: text(name) for name in DIMENSION_NAMES},
    "ProviderName": text("ProviderName", "ServiceProviderName"),
    "BillingPeriodStart": doubtful_moment("BillingPeriodStart"),
    "ChargePeriodStart": moment("ChargePeriodStart"),
    "ChargePeriodEnd": doubtful_moment("ChargePeriodEnd"),
    "BilledCost": amount("BilledCost"),
    "EffectiveCost": amount("EffectiveCost"),
    "ListCost": amount("ListCost"),
}

WHAT_FOR: Final = (
    moment("ChargePeriodStart"),
    doubtful_moment("ChargePeriodEnd"),
    text("BillingAccountId"),
    text("SubAccountId"),
    text("ChargeCategory"),
    text("ChargeDescription"),
    text("RegionId"),
    text("ResourceId"),
    text("ServiceName"),
    text("SkuPriceId"),
    text("x_UsageType"),
    text("x_Operation"),
)
"""What a charge is for: FOCUS gives its lines no id of their own."""


def line_id(bill: Bill) -> list[Value]:
    """Everything that says what a charge is for."""
    absent = ibis.literal("")
    found = [read(bill) for read in WHAT_FOR]
    return [absent if value is None else value for value in found]


def tags(bill: Bill) -> dict[str, Value]:
    """Each key that occurs in the column Tags."""
    if "Tags" not in bill:
        return {}
    column = bill["Tags"]
    return {TAG_PREFIX + key: value_at(column, key) for key in keys_in(column)}


FOCUS: Final = Format(
    name="FOCUS",
    lacking=needing(
        "ChargePeriodStart", "ChargeCategory", "BilledCost", "EffectiveCost"
    ),
    columns=COLUMNS,
    tags=tags,
    line_id=line_id,
    ids_repeat=True,
)
