"""What do the line items of an AWS bill mean in FOCUS?

What CUR 2.0 and the legacy CUR share.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from finops.focus import USAGE_CATEGORIES
from finops.sources.warehouse.amortization import (
    DISCOUNTS,
    LINE_TYPE,
    billed_cost,
    effective_cost,
)
from finops.sources.warehouse.bills import (
    Bill,
    Reading,
    Value,
    account,
    amount,
    constant,
    doubtful_moment,
    moment,
    text,
)

CATEGORIES: Final[Mapping[str, str]] = {
    "Usage": "Usage",
    "DiscountedUsage": "Usage",
    "SavingsPlanCoveredUsage": "Usage",
    "SavingsPlanNegation": "Usage",
    **dict.fromkeys(DISCOUNTS, "Usage"),
    "Fee": "Purchase",
    "RIFee": "Purchase",
    "SavingsPlanUpfrontFee": "Purchase",
    "SavingsPlanRecurringFee": "Purchase",
    "Tax": "Tax",
    "Credit": "Credit",
}
"""The ChargeCategory of each type of line item; of all others, Adjustment.

A refund is an Adjustment: so say the mappings in FOCUS's supporting content.
"""


def charge_category(bill: Bill) -> Value:
    """Usage, Purchase, Tax, Credit or Adjustment."""
    return bill[LINE_TYPE].cases(*CATEGORIES.items(), else_="Adjustment")


def commitment_type(bill: Bill) -> Value | None:
    """Reserved Instance or Savings Plan, where one of them applied."""
    names = {
        "reservation_reservation_a_r_n": "Reserved Instance",
        "savings_plan_savings_plan_a_r_n": "Savings Plan",
    }
    branches = [
        (arn.notnull(), kind)
        for name, kind in names.items()
        if (arn := text(name)(bill)) is not None
    ]
    return ibis.cases(*branches) if branches else None


def pricing_category(bill: Bill) -> Value:
    """Committed, Dynamic (spot) or Standard; null for what is no usage."""
    usage_type = text("line_item_usage_type")(bill)
    committed = bill[LINE_TYPE].isin(["DiscountedUsage", "SavingsPlanCoveredUsage"])
    branches = [(committed, "Committed")]
    if usage_type is not None:
        branches.append((usage_type.contains("SpotUsage"), "Dynamic"))
    priced = charge_category(bill).isin(USAGE_CATEGORIES)
    return ibis.cases(*branches, (priced, "Standard"))


COLUMNS: Final[Mapping[str, Reading]] = {
    "BillingPeriodStart": doubtful_moment("bill_billing_period_start_date"),
    "ChargePeriodStart": moment("line_item_usage_start_date"),
    "ChargePeriodEnd": doubtful_moment("line_item_usage_end_date"),
    "BilledCost": billed_cost,
    "EffectiveCost": effective_cost,
    "ListCost": amount("pricing_public_on_demand_cost"),
    "BillingCurrency": text("line_item_currency_code"),
    "SubAccountId": account("line_item_usage_account_id"),
    "BillingAccountId": account("bill_payer_account_id"),
    "RegionId": text("product_region_code", "product_region"),
    "ResourceId": text("line_item_resource_id"),
    "x_UsageType": text("line_item_usage_type"),
    "x_Operation": text("line_item_operation"),
    "ChargeCategory": charge_category,
    "ChargeDescription": text("line_item_line_item_description"),
    "PricingCategory": pricing_category,
    "CommitmentDiscountType": commitment_type,
    "CommitmentDiscountId": text(
        "reservation_reservation_a_r_n", "savings_plan_savings_plan_a_r_n"
    ),
    "x_CommitmentEnd": text("reservation_end_time", "savings_plan_end_time"),
    "ProviderName": constant("AWS"),
}
"""What fills each FOCUS column from line items of either CUR."""

NEEDED: Final = (
    "line_item_usage_start_date",
    "line_item_line_item_type",
    "line_item_unblended_cost",
)
"""The columns without which line items cannot be counted."""


def line_id(bill: Bill) -> list[Value]:
    """What tells line items apart: the id alone comes again in other intervals."""
    names = ("identity_line_item_id", "identity_time_interval")
    return [bill[name] for name in names] if all(name in bill for name in names) else []
