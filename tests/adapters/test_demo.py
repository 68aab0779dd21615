"""The demo company's bill holds together, and tells its story on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from finops.focus import DATE_COLUMN, Charges, Condition, CostQuery
from finops.periods import DAY, ChargePeriod
from finops.sources.demo import DemoSource
from finops.sources.demo.charges import charges
from finops.sources.demo.metering import read_meters
from finops.sources.demo.story import (
    ACCOUNTS,
    ANOMALY,
    COMMITMENTS,
    LAUNCH_DAYS_AGO,
    PRICES,
    RIGHTSIZING,
    SERVICES,
)

TODAY = date(2026, 11, 23)
MONTH = ChargePeriod.last_days(30, as_of=TODAY - DAY)

DAYS = [date(2026, 3, 1), date(2026, 12, 25), date(2027, 1, 31), date(2028, 2, 29)]
"""Awkward days to look at the demo: month ends, a leap day, holidays."""

WASTE = {
    "gp2 volumes": "EBS:VolumeUsage.gp2",
    "provisioned IOPS volumes": "EBS:VolumeUsage.io1",
    "snapshots": "EBS:SnapshotUsage",
    "idle addresses": "PublicIPv4:IdleAddress",
    "data through a NAT gateway": "NatGateway-Bytes",
    "machines of an old generation": r"BoxUsage:(?:m4|t2)\.",
    "cache nodes of an old generation": r"NodeUsage:cache\.t2\.",
    "load balancers": "LoadBalancerUsage",
    "extended support": "ExtendedSupport:",
    "stored logs": r"TimedStorage-ByteHrs",
    "provisioned concurrency": "Lambda-Provisioned",
    "database storage on gp2": "RDS:.*GP2-Storage",
}


@pytest.fixture(scope="module")
def company() -> DemoSource:
    return DemoSource(TODAY)


def spend(
    company: DemoSource,
    *group_by: str,
    period: ChargePeriod = MONTH,
    where: tuple[Condition, ...] = (),
    charges: Charges = "usage",
) -> pd.DataFrame:
    query = CostQuery(
        period=period,
        granularity="total",
        group_by=group_by,
        where=where,
        charges=charges,
    )
    return company.costs(query).table.set_index(list(group_by) or "BillingCurrency")


def daily(company: DemoSource, *where: Condition, days: int = 120) -> pd.Series[float]:
    period = ChargePeriod.last_days(days, as_of=TODAY - DAY)
    table = company.costs(CostQuery(period=period, where=where)).table
    return table.set_index(DATE_COLUMN)["EffectiveCost"]


def test_the_company_is_the_same_on_every_machine(company: DemoSource) -> None:
    again = DemoSource(TODAY)

    assert company.charges.equals(again.charges)


def test_the_bill_ends_yesterday_and_covers_more_than_fifteen_months(
    company: DemoSource,
) -> None:
    days = company.charges[DATE_COLUMN].dt.date

    assert days.max() == TODAY - DAY
    assert days.min() == company.extent.start
    assert company.extent.days > 15 * 31


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_shares_are_as_told_whatever_the_day(today: date) -> None:
    period = ChargePeriod.last_days(30, as_of=today - DAY)

    cost = spend(DemoSource(today), "SubAccountName", period=period)["EffectiveCost"]

    assert cost.sum() == pytest.approx(2450.80, abs=0.01)
    shares = 100 * cost / cost.sum()
    assert shares["prod"] == pytest.approx(73.4, abs=0.1)
    assert shares["staging"] == pytest.approx(18.4, abs=0.1)
    assert shares["dev"] == pytest.approx(8.2, abs=0.1)


@pytest.mark.parametrize(
    "today", [TODAY + timedelta(days=40 * step) for step in range(19)], ids=str
)
def test_no_quantity_is_negative_whatever_the_day(today: date) -> None:
    bill = charges(today)

    assert (bill["ConsumedQuantity"] > 0).all()


@pytest.mark.parametrize(
    ("account", "services", "top"),
    [
        ("prod", 25, "Amazon Elastic Compute Cloud"),
        ("staging", 18, "Amazon Relational Database Service"),
        ("dev", 12, "Amazon Elastic Container Service for Kubernetes"),
    ],
)
def test_each_account_has_its_services(
    company: DemoSource, account: str, services: int, top: str
) -> None:
    its = Condition("SubAccountName", (account,))

    cost = spend(company, "ServiceName", where=(its,))["EffectiveCost"]

    assert len(cost) == services
    assert cost.idxmax() == top


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_the_next_thirty_days_land_over_the_budget(today: date) -> None:
    bill = charges(today, ahead=30)
    bill = bill[bill["ChargeCategory"].isin(["Usage", "Purchase"])]

    ahead = bill.loc[bill[DATE_COLUMN] >= pd.Timestamp(today, tz="UTC")]

    assert ahead["EffectiveCost"].sum() == pytest.approx(2850, rel=0.04)


def test_what_lies_ahead_does_not_change_the_past(company: DemoSource) -> None:
    bill = charges(TODAY, ahead=30)

    before = bill[DATE_COLUMN] < pd.Timestamp(TODAY, tz="UTC")

    past = bill[before & (bill["ChargeCategory"] != "Tax")]
    known = company.charges[company.charges["ChargeCategory"] != "Tax"]
    assert past["EffectiveCost"].tolist() == known["EffectiveCost"].tolist()


def test_the_months_before_were_cheaper(company: DemoSource) -> None:
    month_before = ChargePeriod.last_days(30, as_of=MONTH.start - DAY)

    before = spend(company, period=month_before)["EffectiveCost"].sum()

    assert 2450.80 / before == pytest.approx(1.18, abs=0.03)


def test_dev_rests_at_weekends(company: DemoSource) -> None:
    cost = daily(company, Condition("SubAccountName", ("dev",)), days=28)

    weekend = pd.DatetimeIndex(cost.index).day_of_week >= 5

    assert cost[weekend].mean() < 0.4 * cost[~weekend].mean()


def test_fees_fall_on_the_first_of_the_month(company: DemoSource) -> None:
    fees = daily(company, Condition("ChargeCategory", ("Purchase",)), days=120)

    assert set(pd.DatetimeIndex(fees[fees > 0].index).day) == {1}


def test_the_anomaly_is_on_its_resource_and_days_alone(company: DemoSource) -> None:
    meter = Condition("x_UsageType", (ANOMALY.usage_type,))
    cost = daily(company, meter, days=60)
    first, last = (
        pd.Timestamp(TODAY - timedelta(days=ago), tz="UTC")
        for ago in (ANOMALY.first, ANOMALY.last)
    )

    its_days = (cost.index >= first) & (cost.index <= last)

    assert its_days.sum() == 4
    assert cost[its_days].min() > 3 * cost[~its_days].max()


def test_the_launch_shifts_the_level(company: DemoSource) -> None:
    cost = daily(company, Condition("Tags.project", ("search",)), days=60)

    launch = pd.Timestamp(TODAY - timedelta(days=LAUNCH_DAYS_AGO), tz="UTC")

    assert cost[cost.index >= launch].min() > cost[cost.index < launch].max() + 10


def test_the_rightsized_machine_saves_about_what_was_estimated(
    company: DemoSource,
) -> None:
    cost = daily(company, Condition("ResourceId", (RIGHTSIZING.resource,)))
    changed = pd.Timestamp(TODAY - timedelta(days=RIGHTSIZING.days_ago), tz="UTC")

    saved = cost[cost.index < changed].mean() - cost[cost.index >= changed].mean()

    assert 30 * saved == pytest.approx(311.5, abs=0.1)
    assert 30 * saved == pytest.approx(RIGHTSIZING.estimated_savings, rel=0.05)


def test_the_rightsized_machine_is_in_the_bill_under_both_types(
    company: DemoSource,
) -> None:
    its = Condition("ResourceId", (RIGHTSIZING.resource,))
    year = ChargePeriod.last_days(365, as_of=TODAY - DAY)

    types = spend(company, "x_UsageType", period=year, where=(its,)).index

    assert sorted(types) == [
        f"BoxUsage:{RIGHTSIZING.before}",
        f"BoxUsage:{RIGHTSIZING.after}",
    ]


@pytest.mark.parametrize("usage_type", WASTE.values(), ids=WASTE)
def test_there_is_waste_to_find(company: DemoSource, usage_type: str) -> None:
    resources = spend(company, "ResourceId", "x_UsageType").reset_index()

    wasteful = resources["x_UsageType"].str.contains(usage_type)

    assert resources.loc[wasteful, "ResourceId"].notna().any()
    assert resources.loc[wasteful, "EffectiveCost"].sum() > 0


def test_two_dev_machines_run_at_night(company: DemoSource) -> None:
    bill = company.charges
    machines = bill[
        (bill["SubAccountName"] == "dev")
        & (bill["ResourceType"] == "instance")
        & (bill[DATE_COLUMN] >= pd.Timestamp(MONTH.start, tz="UTC"))
    ]

    hours = machines.groupby("ResourceId", observed=True)["ConsumedQuantity"].min()

    assert (hours == 24).sum() == 2


def test_commitments_are_amortized_to_what_is_billed(company: DemoSource) -> None:
    year = ChargePeriod(date(2025, 11, 1), date(2026, 11, 1))

    committed = spend(company, "CommitmentDiscountId", period=year).dropna()

    committed = committed.loc[[name for _, name, _ in COMMITMENTS.values()]]
    difference = (committed["BilledCost"] - committed["EffectiveCost"]).abs()
    assert (committed["BilledCost"] > 0).all()
    assert (difference < 0.01 * committed["BilledCost"]).all()


def test_public_prices_are_above_what_is_paid(company: DemoSource) -> None:
    total = spend(company).loc["USD"]

    assert total["ListCost"] > 1.05 * total["EffectiveCost"]


def test_taxes_and_credits_are_not_usage(company: DemoSource) -> None:
    by_category = spend(company, "ChargeCategory", charges="all")["BilledCost"]

    assert set(by_category.index) == {"Usage", "Purchase", "Tax", "Credit"}
    assert by_category["Tax"] > 0 > by_category["Credit"]
    assert spend(company)["BilledCost"].sum() == pytest.approx(
        by_category[["Usage", "Purchase"]].sum()
    )


def test_some_resources_carry_no_tags(company: DemoSource) -> None:
    cost = spend(company, "Tags.team")["EffectiveCost"]

    untagged = cost[cost.index.isna()].sum() / cost.sum()

    assert 0.02 < untagged < 0.25


def test_cost_is_price_times_quantity(company: DemoSource) -> None:
    usage = company.charges
    usage = usage[(usage["ChargeCategory"] == "Usage") & (usage["ListCost"] > 0)]

    price = usage["ListCost"] / usage["ConsumedQuantity"]

    stated = usage["ChargeDescription"].astype(str).str.extract(r"^\$([\d.e-]+) per")
    assert price.tolist() == pytest.approx(stated[0].astype(float).tolist())


def test_the_story_uses_only_words_it_defines() -> None:
    meters = read_meters()

    assert set(meters["account"]) == set(ACCOUNTS)
    assert set(meters["service"]) == set(SERVICES)
    assert set(meters["pricing"]) == set(PRICES)
