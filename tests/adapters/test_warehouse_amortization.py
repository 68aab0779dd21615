"""Fees paid up front or by the month are spread over what they pay for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.adapters.made_up_bills import Columns, cur_line, opened, total, write_parquet

RESERVATION: Columns = {
    "reservation_reservation_a_r_n": "arn:ri",
    "reservation_effective_cost": 0.0,
    "reservation_unused_amortized_upfront_fee_for_billing_period": 0.0,
    "reservation_unused_recurring_fee": 0.0,
}
SAVINGS_PLAN: Columns = {
    "savings_plan_savings_plan_a_r_n": "arn:sp",
    "savings_plan_savings_plan_effective_cost": 0.0,
    "savings_plan_total_commitment_to_date": 0.0,
    "savings_plan_used_commitment": 0.0,
}


def effective(tmp_path: Path, line_type: str, billed: float, **columns: Any) -> float:
    """The effective cost of one line item."""
    line = cur_line(billed, line_item_line_item_type=line_type, **columns)
    return total(opened(write_parquet(tmp_path / "a.parquet", [line])), "EffectiveCost")


def test_reserved_usage_costs_its_share_of_the_fees(tmp_path: Path) -> None:
    share = RESERVATION | {"reservation_effective_cost": 0.7}

    assert effective(tmp_path, "DiscountedUsage", 0.0, **share) == 0.7


def test_a_monthly_reservation_fee_costs_what_was_not_used(tmp_path: Path) -> None:
    unused = RESERVATION | {
        "reservation_unused_amortized_upfront_fee_for_billing_period": 2.0,
        "reservation_unused_recurring_fee": 1.0,
    }

    assert effective(tmp_path, "RIFee", 50.0, **unused) == 3.0


def test_a_reservation_fee_without_a_statement_of_what_idled_costs_nothing(
    tmp_path: Path,
) -> None:
    unknown = RESERVATION | {
        "reservation_unused_amortized_upfront_fee_for_billing_period": None,
        "reservation_unused_recurring_fee": None,
    }
    stated = cur_line(0.0, **RESERVATION)
    line = cur_line(50.0, line_item_line_item_type="RIFee", **unknown)
    bill = opened(write_parquet(tmp_path / "a.parquet", [stated, line]))

    assert total(bill, "EffectiveCost") == 0.0


def test_an_upfront_reservation_fee_costs_nothing_by_itself(tmp_path: Path) -> None:
    assert effective(tmp_path, "Fee", 900.0, **RESERVATION) == 0.0


def test_another_fee_costs_what_was_billed(tmp_path: Path) -> None:
    none = RESERVATION | {"reservation_reservation_a_r_n": ""}

    assert effective(tmp_path, "Fee", 15.0, **none) == 15.0


def test_usage_under_a_savings_plan_costs_its_share(tmp_path: Path) -> None:
    share = SAVINGS_PLAN | {"savings_plan_savings_plan_effective_cost": 0.6}

    assert effective(tmp_path, "SavingsPlanCoveredUsage", 1.0, **share) == 0.6


def test_a_savings_plan_fee_costs_what_was_not_used(tmp_path: Path) -> None:
    idle = SAVINGS_PLAN | {
        "savings_plan_total_commitment_to_date": 5.0,
        "savings_plan_used_commitment": 3.5,
    }

    assert effective(tmp_path, "SavingsPlanRecurringFee", 5.0, **idle) == 1.5


@pytest.mark.parametrize("kind", ["SavingsPlanNegation", "SavingsPlanUpfrontFee"])
def test_what_only_balances_the_invoice_costs_nothing(
    tmp_path: Path, kind: str
) -> None:
    assert effective(tmp_path, kind, -1.0, **SAVINGS_PLAN) == 0.0


def test_a_bill_without_savings_plan_columns_keeps_both_sides_as_billed(
    tmp_path: Path,
) -> None:
    lines = [
        cur_line(1.0, line_item_line_item_type="SavingsPlanCoveredUsage"),
        cur_line(-1.0, line_item_line_item_type="SavingsPlanNegation"),
        cur_line(0.7, line_item_line_item_type="SavingsPlanRecurringFee"),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill, "EffectiveCost") == pytest.approx(0.7)


def test_a_month_costs_the_same_billed_and_amortized(tmp_path: Path) -> None:
    usage = SAVINGS_PLAN | {"savings_plan_savings_plan_effective_cost": 3.5}
    fee = SAVINGS_PLAN | {
        "savings_plan_total_commitment_to_date": 5.0,
        "savings_plan_used_commitment": 3.5,
    }
    lines = [
        cur_line(8.0, line_item_line_item_type="SavingsPlanCoveredUsage", **usage),
        cur_line(-8.0, line_item_line_item_type="SavingsPlanNegation", **SAVINGS_PLAN),
        cur_line(5.0, line_item_line_item_type="SavingsPlanRecurringFee", **fee),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill, "BilledCost") == total(bill, "EffectiveCost") == 5.0


def test_net_amounts_are_used_where_they_are_filled(tmp_path: Path) -> None:
    lines = [
        cur_line(10.0, line_item_net_unblended_cost=9.0),
        cur_line(
            -1.0,
            line_item_line_item_type="EdpDiscount",
            line_item_net_unblended_cost=0.0,
        ),
        cur_line(
            2.0, line_item_line_item_type="Tax", line_item_net_unblended_cost=None
        ),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill) == 11.0


def test_a_discount_without_a_net_amount_is_in_the_lines_already(
    tmp_path: Path,
) -> None:
    lines = [
        cur_line(10.0, line_item_net_unblended_cost=9.0),
        cur_line(-1.0, line_item_line_item_type="EdpDiscount"),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill) == 9.0


def test_without_net_amounts_the_discount_is_a_line_of_its_own(tmp_path: Path) -> None:
    empty: Columns = {"line_item_net_unblended_cost": None}
    lines = [
        cur_line(10.0, **empty),
        cur_line(-1.0, line_item_line_item_type="EdpDiscount", **empty),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill) == 9.0


def test_each_file_is_read_net_or_gross_by_itself(tmp_path: Path) -> None:
    discount: Columns = {"line_item_line_item_type": "EdpDiscount"}
    net = [cur_line(10.0, line_item_net_unblended_cost=9.0), cur_line(-1.0, **discount)]
    gross = [
        cur_line(20.0, line_item_net_unblended_cost=None),
        cur_line(-2.0, **discount),
    ]
    write_parquet(tmp_path / "bills" / "net.parquet", net)
    write_parquet(tmp_path / "bills" / "gross.parquet", gross)

    assert total(opened(tmp_path / "bills")) == 27.0


def test_net_amounts_are_amortized_as_well(tmp_path: Path) -> None:
    covered: Columns = {
        "reservation_effective_cost": 0.7,
        "reservation_net_effective_cost": 0.63,
        "line_item_net_unblended_cost": 0.0,
    }
    fee: Columns = {
        "savings_plan_savings_plan_effective_cost": 0.0,
        "savings_plan_total_commitment_to_date": 5.0,
        "savings_plan_used_commitment": 3.0,
        "savings_plan_recurring_commitment_for_billing_period": 100.0,
        "savings_plan_net_recurring_commitment_for_billing_period": 90.0,
        "line_item_net_unblended_cost": 4.5,
    }
    lines = [
        cur_line(0.0, line_item_line_item_type="DiscountedUsage", **covered),
        cur_line(5.0, line_item_line_item_type="SavingsPlanRecurringFee", **fee),
    ]
    bill = opened(write_parquet(tmp_path / "a.parquet", lines))

    assert total(bill, "EffectiveCost") == pytest.approx(0.63 + 2.0 * 0.9)
