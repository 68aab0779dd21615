"""A small bill with everything that can be hard about one, and its truth."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from finops.sources.cost_explorer.charge_types import charge_category
from tests.double import LineItem, World

PROD, STAGING, DEV = "222222222222", "333333333333", "444444444444"

NAMES = {PROD: "prod", STAGING: "staging", DEV: "dev"}

TRUTH = """
SELECT
  day AS ChargePeriodStart,
  account AS SubAccountId,
  service AS ServiceName,
  region AS RegionId,
  usage_type AS "x_UsageType",
  operation AS "x_Operation",
  record_type,
  tags['team'] AS "Tags.team",
  currency AS BillingCurrency,
  net_unblended::DOUBLE AS BilledCost,
  net_amortized::DOUBLE AS EffectiveCost
FROM items
"""


def put_bill_on(world: World, *, days: int = 60) -> None:
    """Three accounts with tags, no tags, no regions, discounts, fees and taxes."""
    world.names = dict(NAMES)
    last = world.now.date()
    dates = [last - timedelta(days=ago) for ago in range(days)]
    daily = [
        item
        for day in dates
        for rank, account in enumerate(NAMES, 1)
        for item in _daily(day, account, Decimal(rank))
    ]
    monthly = [item for day in dates if day.day == 1 for item in _monthly(day)]
    world.items.add(*daily, *monthly)


def truth_of(world: World) -> pd.DataFrame:
    """The charges of the bill as they are, under FOCUS names."""
    charges = world.items.cursor().execute(TRUTH).df()
    days = pd.to_datetime(charges["ChargePeriodStart"], utc=True)
    return charges.assign(
        ChargePeriodStart=days,
        SubAccountName=charges["SubAccountId"].map(NAMES),
        ChargeCategory=charges["record_type"].map(charge_category),
    )


def _daily(day: date, account: str, rank: Decimal) -> list[LineItem]:
    web = {"team": "web"} if account == PROD else {}
    cost = rank * (1 + day.day % 7)
    return [
        LineItem(
            day=day,
            account=account,
            unblended=cost,
            amortized=cost * Decimal("0.8"),
            net_unblended=cost * Decimal("0.9"),
            net_amortized=cost * Decimal("0.7"),
            tags=web,
        ),
        LineItem(
            day=day,
            account=account,
            service="EC2 - Other",
            region="eu-west-1",
            usage_type="EBS:VolumeUsage.gp2",
            operation=None,
            unblended=Decimal("0.1"),
            tags={"team": "data"},
        ),
        LineItem(
            day=day,
            account=account,
            service="Amazon Route 53",
            region=None,
            usage_type="HostedZone",
            operation=None,
            unblended=Decimal("0.2"),
        ),
    ]


def _monthly(day: date) -> list[LineItem]:
    kinds = {
        "Tax": "7.5",
        "Credit": "-20",
        "Refund": "-3",
        "RIFee": "40",
        "SavingsPlanCoveredUsage": "30",
        "SavingsPlanNegation": "-30",
        "Enterprise Discount Program Discount": "-1.5",
        "Something New": "0.25",
    }
    return [
        LineItem(
            day=day,
            account=PROD,
            record_type=kind,
            region=None,
            unblended=Decimal(cost),
        )
        for kind, cost in kinds.items()
    ]
