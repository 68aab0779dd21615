"""What things cost, as the inventory reckons with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from finops.analysis.workload_optimization.inventory.bill_prices import BillPricing
from finops.analysis.workload_optimization.inventory.prices import Price, PublicPrices
from finops.analysis.workload_optimization.inventory.resources import Volume
from finops.analysis.workload_optimization.machine_prices import (
    machine_hour,
    smaller,
)
from finops.periods import ChargePeriod
from finops.workspace import Scope
from finops.workspace.recommendations import pricing_for
from tests.fakes import ACCOUNT_IDS
from tests.unit.usage import PERIOD, meter, usage

PROD = ACCOUNT_IDS["prod"]

GP2 = "EU-EBS:VolumeUsage.gp2"

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def disk(*, gb: int = 500, kind: str = "gp2", created: datetime = LONG_AGO) -> Volume:
    return Volume(id=f"vol-{gb}", type=kind, size_gb=gb, created=created)


def bill(monthly: float = 55.0, days: ChargePeriod = PERIOD) -> BillPricing:
    charges = meter(GP2, monthly, resource=None, RegionId="eu-west-1", days=days)
    return BillPricing.of(usage(charges))


def test_what_the_account_pays_comes_before_what_aws_asks() -> None:
    prices = bill()(PROD, "eu-west-1", [disk(gb=400), disk(gb=100)])

    price = prices.price("gp2 GB-month")

    assert price is not None
    assert price.amount == pytest.approx(0.11)
    assert price.origin == "What this account paid from 24 Oct to 22 Nov 2026"


def test_other_disks_cost_in_proportion_to_the_one_that_is_paid() -> None:
    prices = bill()(PROD, "eu-west-1", [disk()])

    price = prices.price("gp3 GB-month")

    assert price is not None
    assert price.amount == pytest.approx(0.088)
    assert price.origin.endswith("in proportion to gp2 GB-month")
    assert prices.price("snapshot GB-month") is None


def test_a_bill_that_moved_tells_no_price() -> None:
    half = ChargePeriod(PERIOD.start, PERIOD.start + timedelta(days=15))
    grows = meter(GP2, 55.0, resource=None, RegionId="eu-west-1")
    more = meter(GP2, 99.0, resource=None, RegionId="eu-west-1", days=half)
    pricing = BillPricing.of(usage(grows, more))

    assert pricing(PROD, "eu-west-1", [disk()]).price("gp2 GB-month") is None


def test_a_disk_that_came_within_the_period_makes_the_price_unknown() -> None:
    late = datetime(2026, 11, 1, tzinfo=UTC)

    prices = bill()(PROD, "eu-west-1", [disk(), disk(gb=100, created=late)])

    assert prices.price("gp2 GB-month") is None


def test_a_price_that_cannot_be_is_not_believed() -> None:
    prices = bill()(PROD, "eu-west-1", [disk(gb=50)])

    assert prices.price("gp2 GB-month") is None


def test_another_accounts_bill_tells_nothing() -> None:
    prices = bill()(ACCOUNT_IDS["dev"], "eu-west-1", [disk()])

    assert prices.price("gp2 GB-month") is None


def test_what_the_bill_does_not_tell_is_the_public_price_of_the_region() -> None:
    pricing = bill()

    public = pricing(PROD, "us-east-1", []).price("gp2 GB-month")
    assert public is not None
    assert public.amount == 0.10
    assert pricing(PROD, "eu-central-1", []).price("gp2 GB-month") is None


def test_the_public_price_says_where_it_is_from() -> None:
    price = PublicPrices("us-east-1").price("NAT gateway hour")

    assert price == Price(0.045, "AWS's public prices in us-east-1, 13 Oct 2026")


@pytest.mark.parametrize(
    ("machine", "hour"),
    [
        ("m5.2xlarge", 0.384),
        ("t3.nano", 0.0052),
        ("t2.small", 0.023),
        ("c4.xlarge", 0.199),
        ("mysql db.t3.micro", 0.017),
        ("postgres db.r5.xlarge", 0.50),
        ("cache.m5.large", 0.156),
        ("oracle-ee db.m5.large", None),
        ("postgres m5.large", None),
        ("p5.48xlarge", None),
        ("m5", None),
    ],
)
def test_an_hour_of_a_machine(machine: str, hour: float | None) -> None:
    assert machine_hour(machine) == (hour and pytest.approx(hour))


@pytest.mark.parametrize(
    ("machine", "next_smaller"),
    [
        ("m5.2xlarge", "m5.xlarge"),
        ("m5.large", None),
        ("t3.micro", "t3.nano"),
        ("t3.nano", None),
        ("db.t3.small", "db.t3.micro"),
        ("db.t3.micro", None),
        ("r5.24xlarge", "r5.12xlarge"),
        ("m5.metal", None),
    ],
)
def test_the_next_smaller_size(machine: str, next_smaller: str | None) -> None:
    assert smaller(machine) == next_smaller


@pytest.mark.parametrize(
    ("scope", "told"),
    [
        (Scope(period=PERIOD), True),
        (Scope(period=PERIOD).narrowed("SubAccountName", "prod"), True),
        (Scope(period=PERIOD).narrowed("Tags.team", "web"), False),
        (Scope(period=PERIOD, metric="ListCost"), False),
    ],
)
def test_a_part_of_the_bill_tells_no_price(scope: Scope, *, told: bool) -> None:
    charges = meter(GP2, 55.0, resource=None, RegionId="eu-west-1")

    pricing = pricing_for(scope, usage(charges))

    price = pricing(PROD, "eu-west-1", [disk()]).price("gp2 GB-month")
    assert (price is not None) == told
