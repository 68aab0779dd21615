"""How well commitments are used, and what they save."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from finops.analysis.rate_optimization import rates

PLAN = {
    "CommitmentDiscountId": "sp-1",
    "CommitmentDiscountType": "Savings Plan",
    "PricingCategory": "Committed",
}


def row(effective: float, listed: float, **columns: object) -> dict[str, object]:
    """One row of the bill: an hour of a machine, unless `columns` say otherwise."""
    return {
        "ServiceName": "Amazon Elastic Compute Cloud",
        "x_UsageType": "EU-BoxUsage:m5.large",
        "ChargeCategory": "Usage",
        "PricingCategory": "Standard",
        "CommitmentDiscountType": None,
        "CommitmentDiscountId": None,
        "CommitmentDiscountStatus": None,
        "x_CommitmentEnd": None,
        "EffectiveCost": effective,
        "ListCost": listed,
    } | columns


def table(*rows: dict[str, object]) -> pd.DataFrame:
    texts = [name for name in row(0.0, 0.0) if not name.endswith("Cost")]
    return pd.DataFrame(rows).astype(dict.fromkeys(texts, "str"))


def test_coverage_counts_at_public_prices() -> None:
    found = rates(table(row(70.0, 100.0, **PLAN), row(300.0, 300.0)))

    [compute] = found.coverage
    assert (compute.covered, compute.on_demand, compute.share) == (100.0, 300.0, 0.25)
    assert found.covered == 0.25


def test_what_is_not_used_is_waste_and_lowers_the_savings_rate() -> None:
    unused = row(10.0, 0.0, **PLAN, CommitmentDiscountStatus="Unused")
    found = rates(table(row(70.0, 100.0, **PLAN), unused, row(100.0, 100.0)))

    [plan] = found.commitments
    assert (plan.used, plan.unused, plan.utilisation) == (70.0, 10.0, 0.875)
    assert found.unused == 10.0
    assert found.effective_savings_rate == pytest.approx(1 - 180 / 200)


def test_a_fee_that_is_left_after_spreading_it_is_waste() -> None:
    fee = row(26.66, 0.0, **PLAN | {"PricingCategory": "Standard"})
    fee |= {"ChargeCategory": "Purchase", "x_UsageType": "HeavyUsage:c4.large"}

    [plan] = rates(table(fee, row(5.0, 8.0, **PLAN))).commitments

    assert (plan.used, plan.unused) == (5.0, 26.66)


def test_a_purchase_that_is_spread_over_usage_counts_once() -> None:
    purchase = row(0.0, 0.0, **PLAN, ChargeCategory="Purchase")

    [plan] = rates(table(purchase, row(70.0, 100.0, **PLAN))).commitments

    assert (plan.used, plan.unused) == (70.0, 0.0)


@pytest.mark.parametrize(
    "other",
    [
        {"x_UsageType": "EBS:VolumeUsage.gp3"},
        {"PricingCategory": "Dynamic"},
        {"ChargeCategory": "Purchase"},
    ],
)
def test_what_no_commitment_can_cover_is_left_out(other: dict[str, object]) -> None:
    found = rates(table(row(70.0, 100.0, **PLAN), row(300.0, 300.0, **other)))

    assert found.covered == 1.0
    assert found.public == 100.0


def test_the_most_wasteful_commitment_comes_first() -> None:
    idle = row(9.0, 0.0, **PLAN, CommitmentDiscountStatus="Unused")
    found = rates(
        table(row(70.0, 100.0, **PLAN), idle | {"CommitmentDiscountId": "sp-2"})
    )

    assert [one.id for one in found.commitments] == ["sp-2", "sp-1"]


def test_the_end_of_a_commitment_is_known_where_one_line_says_it() -> None:
    told = row(1.0, 2.0, **PLAN, x_CommitmentEnd="2026-12-24T18:13:54.000Z")
    [plan] = rates(table(row(70.0, 100.0, **PLAN), told)).commitments

    assert plan.ends == date(2026, 12, 24)
    assert plan.days_left(date(2026, 11, 24)) == 30


def test_nothing_committed_is_not_a_rate_of_nothing() -> None:
    found = rates(table(row(300.0, 300.0)))

    assert found.commitments == ()
    assert found.utilisation is None
    assert (found.covered, found.effective_savings_rate) == (0.0, 0.0)


def test_a_bill_without_public_prices_has_no_savings_rate() -> None:
    found = rates(table(row(300.0, float("nan"))))

    assert found.effective_savings_rate is None
    assert found.covered is None
