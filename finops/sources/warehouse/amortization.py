"""What does a line item of an AWS bill cost: as invoiced, and amortized?

Upfront and recurring fees are spread over the usage that they pay for, as AWS
and FOCUS define it; what is left is what was paid for and not used
(https://docs.aws.amazon.com/cur/latest/userguide/amortized-reservation.html).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import ibis

from finops.sources.warehouse.bills import Bill, Value, amount, text

LINE_TYPE: Final = "line_item_line_item_type"

DISCOUNTS: Final = (
    "BundledDiscount",
    "Discount",
    "EdpDiscount",
    "PrivateRateDiscount",
    "RiVolumeDiscount",
    "SppDiscount",
)
"""Line items that lower a price; FOCUS counts them as part of the usage."""

NET: Final[Mapping[str, str]] = {
    "line_item_unblended_cost": "line_item_net_unblended_cost",
    "reservation_effective_cost": "reservation_net_effective_cost",
    "reservation_unused_amortized_upfront_fee_for_billing_period": "reservation_net_unused_amortized_upfront_fee_for_billing_period",
    "reservation_unused_recurring_fee": "reservation_net_unused_recurring_fee",
    "savings_plan_savings_plan_effective_cost": "savings_plan_net_savings_plan_effective_cost",
}
"""Amounts before negotiated discounts, and the columns that hold them after.

AWS fills these for accounts with an agreement. A file is read either all net
or not at all: net amounts have the discount in each line, so that the lines
which state the discount must then count nothing.
"""


def net(bill: Bill, name: str) -> Value:
    """The amount in the column `name`, after discounts where `bill` has it."""
    gross = amount(name)(bill)
    after = amount(NET[name])(bill) if bill.net else None
    return gross if after is None else after.coalesce(gross)


def billed_cost(bill: Bill) -> Value:
    """What the line item adds to the invoice."""
    if not bill.net:
        return amount("line_item_unblended_cost")(bill)
    stated = amount(NET["line_item_unblended_cost"])(bill)
    is_discount = bill[LINE_TYPE].isin(DISCOUNTS)
    in_the_lines = ibis.ifelse(
        is_discount, 0.0, amount("line_item_unblended_cost")(bill)
    )
    return ibis.coalesce(stated, in_the_lines)


def effective_cost(bill: Bill) -> Value:
    """The cost with every commitment's fees spread over what they cover.

    A bill without the columns to spread a kind of fee by keeps that kind as it
    was billed, on both sides.
    """
    billed = billed_cost(bill)
    spread: list[tuple[str, Value]] = []
    if "reservation_effective_cost" in bill:
        spread += reservations(bill, billed)
    if "savings_plan_savings_plan_effective_cost" in bill:
        spread += savings_plans(bill, billed)
    return bill[LINE_TYPE].cases(*spread, else_=billed) if spread else billed


def reservations(bill: Bill, billed: Value) -> list[tuple[str, Value]]:
    """What reservations cost where they are used, and where they idle."""
    covered = net(bill, "reservation_effective_cost").coalesce(billed)
    idle = [
        net(bill, name).coalesce(0.0)
        for name in (
            "reservation_unused_amortized_upfront_fee_for_billing_period",
            "reservation_unused_recurring_fee",
        )
        if name in bill
    ]
    reservation = text("reservation_reservation_a_r_n")(bill)
    upfront = (
        billed if reservation is None else reservation.isnull().ifelse(billed, 0.0)
    )
    return [
        ("DiscountedUsage", covered),
        ("RIFee", sum(idle[1:], idle[0]) if idle else billed),
        ("Fee", upfront),
    ]


def savings_plans(bill: Bill, billed: Value) -> list[tuple[str, Value]]:
    """What savings plans cost where they are used, and where they idle."""
    covered = net(bill, "savings_plan_savings_plan_effective_cost").coalesce(billed)
    return [
        ("SavingsPlanCoveredUsage", covered),
        ("SavingsPlanRecurringFee", idle_commitment(bill, billed)),
        ("SavingsPlanNegation", ibis.literal(0.0)),
        ("SavingsPlanUpfrontFee", ibis.literal(0.0)),
    ]


def idle_commitment(bill: Bill, billed: Value) -> Value:
    """What was committed to and not used.

    Its net amount has no column; it has the share that the net fees are of the
    gross ones.
    """
    total = amount("savings_plan_total_commitment_to_date")(bill)
    used = amount("savings_plan_used_commitment")(bill)
    if total is None or used is None:
        return billed
    idle = (total - used).coalesce(billed)
    return idle * net_share_of_fees(bill) if bill.net else idle


def net_share_of_fees(bill: Bill) -> Value:
    """What is left of a savings plan's fees after discounts, as a share."""
    gross, after = ibis.literal(0.0), ibis.literal(0.0)
    for kind in ("recurring", "amortized_upfront"):
        fee = f"{kind}_commitment_for_billing_period"
        gross_fee = amount(f"savings_plan_{fee}")(bill)
        net_fee = amount(f"savings_plan_net_{fee}")(bill)
        if gross_fee is not None and net_fee is not None:
            gross += gross_fee.coalesce(0.0)
            after += net_fee.coalesce(gross_fee, 0.0)
    return (after / gross.nullif(0.0)).coalesce(1.0)
