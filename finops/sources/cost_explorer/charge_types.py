"""What kind of charge each of AWS's record types is, in the words of FOCUS.

The mapping is that of the FOCUS specification's supporting content for AWS:
a Savings Plan's negation belongs to the usage that it covers, and a refund is
an adjustment.
"""

from __future__ import annotations

from typing import Final

RECORD_TYPES: Final = {
    "Usage": (
        "Usage",
        "DiscountedUsage",
        "SavingsPlanCoveredUsage",
        "SavingsPlanNegation",
        "BundledDiscount",
        "Discount",
        "EdpDiscount",
        "Enterprise Discount Program Discount",
        "PrivateRateDiscount",
        "RiVolumeDiscount",
        "Solution Provider Program Discount",
        "SppDiscount",
    ),
    "Purchase": (
        "Fee",
        "Recurring",
        "RIFee",
        "SavingsPlanRecurringFee",
        "SavingsPlanUpfrontFee",
        "Support",
        "Upfront",
    ),
    "Tax": ("Tax",),
    "Credit": ("Credit",),
}
"""The record types of each ChargeCategory; whatever else is an Adjustment."""

NOT_USAGE: Final = ("Credit", "Refund", "Tax")
"""What the charges `usage` leave out.

They are named rather than those that stay, so that a record type AWS adds is
counted; and a negation is never left out, or covered usage would count twice.
"""

CATEGORIES: Final = {
    record_type: category
    for category, record_types in RECORD_TYPES.items()
    for record_type in record_types
}


def charge_category(record_type: str) -> str:
    """The ChargeCategory of `record_type`."""
    discount = "Usage" if record_type.endswith("Discount") else "Adjustment"
    return CATEGORIES.get(record_type, discount)
