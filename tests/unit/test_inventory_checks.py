"""The rules of the inventory, at their edges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import Sight, judged
from finops.analysis.workload_optimization.inventory.checks import CHECKS
from finops.analysis.workload_optimization.inventory.metrics import Metric, Reading
from finops.analysis.workload_optimization.inventory.prices import PublicPrices
from finops.analysis.workload_optimization.inventory.resources import (
    Bucket,
    Cache,
    Database,
    Instance,
    Resource,
    Snapshot,
    Volume,
)
from finops.recommendations import Recommendation

NOW = datetime(2026, 11, 23, tzinfo=UTC)

OLD = NOW - timedelta(days=400)


def found(
    *resources: Resource,
    readings: Mapping[tuple[str, Metric], Reading] | None = None,
    now: datetime = NOW,
) -> dict[str, Recommendation]:
    """What the checks say of `resources`, by kind."""
    sight = Sight(
        account="prod",
        account_id="111111111111",
        region="us-east-1",
        now=now,
        prices=PublicPrices("us-east-1"),
        resources=resources,
        readings=readings or {},
    )
    return {one.kind: one for one in judged(CHECKS, sight).found}


def gp2(size_gb: int, *, iops: int | None = None) -> Volume:
    return Volume(
        id="vol-1",
        created=OLD,
        type="gp2",
        size_gb=size_gb,
        iops=iops,
        instance_id="i-1",
    )


@pytest.mark.parametrize(
    ("size_gb", "dollars"),
    [
        (100, 2.00),  # 100 x 0.02; 125 MiB/s is what gp2 has below 170 GB
        (500, 5.00),  # 500 x 0.02 - 125 x 0.04
        (1000, 15.00),  # 1000 x 0.02 - 125 x 0.04
        (2000, 20.00),  # 2000 x 0.02 - 3000 x 0.005 - 125 x 0.04
    ],
)
def test_gp3_is_cheaper_by_what_its_speed_leaves(size_gb: int, dollars: float) -> None:
    saving = found(gp2(size_gb))["ebs_gp3"].estimated_monthly_savings

    assert saving == pytest.approx(dollars)


def test_the_formula_can_be_checked_by_hand() -> None:
    one = found(gp2(2000))["ebs_gp3"]

    formula = next(fact.text for fact in one.evidence if fact.label == "Formula")
    assert formula == (
        "2,000 x $0.10 - 2,000 x $0.08 - 3,000 x $0.005 - 125 x $0.04 = $20.00 a month"
    )


@given(st.integers(1, 16_384))
def test_gp3_is_never_advised_where_it_costs_more(size_gb: int) -> None:
    kinds = found(gp2(size_gb))

    saving = kinds["ebs_gp3"].estimated_monthly_savings if "ebs_gp3" in kinds else 1.0
    assert saving is not None
    assert saving > 0
    assert ("ebs_gp3" in kinds) == (size_gb <= 170 or size_gb > 250)


@pytest.mark.parametrize(
    ("version", "today", "monthly"),
    [
        ("5.7.44", datetime(2026, 2, 28, tzinfo=UTC), 146.00),  # 730 x 2 x 0.10
        ("5.7.44", datetime(2026, 3, 1, tzinfo=UTC), 292.00),  # 730 x 2 x 0.20
        ("8.0.40", datetime(2026, 7, 31, tzinfo=UTC), None),
        ("8.0.40", datetime(2026, 8, 1, tzinfo=UTC), 146.00),
        ("8.4.3", NOW, None),
    ],
)
def test_an_old_engine_costs_extra_from_its_day_on(
    version: str, today: datetime, monthly: float | None
) -> None:
    database = Database(
        id="orders",
        created=datetime(2023, 1, 1, tzinfo=UTC),
        type="db.m5.large",
        engine="mysql",
        version=version,
        status="available",
    )

    one = found(database, now=today).get("extended_support")

    assert (one and one.estimated_monthly_savings) == (
        monthly and pytest.approx(monthly)
    )


def test_whoever_declined_extended_support_does_not_pay_for_it() -> None:
    database = Database(
        id="orders",
        created=OLD,
        type="db.m5.large",
        engine="mysql",
        version="5.7.44",
        status="available",
        extended_support=False,
    )

    assert "extended_support" not in found(database)


def test_a_snapshot_that_shares_blocks_has_no_estimate_but_an_upper_bound() -> None:
    snapshot = Snapshot(id="snap-1", created=OLD, size_gb=500, volume_id="vol-1")

    one = found(snapshot)["ebs_old_snapshot"]

    assert one.estimated_monthly_savings is None
    formula = next(fact.text for fact in one.evidence if fact.label == "Formula")
    assert formula.startswith("At most 500 x $0.05 = $25.00 a month")


def test_a_snapshot_that_a_backup_plan_keeps_is_left_to_the_plan() -> None:
    tags = {"aws:backup:source-resource": "vol-1"}
    snapshot = Snapshot(id="snap-1", created=OLD, size_gb=500, tags=tags)

    assert found(snapshot) == {}


def cache(name: str, group: str = "") -> Cache:
    return Cache(
        id=f"arn:{name}",
        created=OLD,
        name=name,
        type="cache.m5.large",
        engine="redis",
        nodes=1,
        group=group,
    )


def reads(one: Cache, hits: float) -> dict[tuple[str, Metric], Reading]:
    return {
        (one.id, metrics.CACHE_HITS): Reading((hits,)),
        (one.id, metrics.CACHE_MISSES): Reading((0.0,)),
        (one.id, metrics.CACHE_CONNECTIONS): Reading((3.0,)),
    }


def test_a_replica_that_stands_by_is_not_idle() -> None:
    primary, replica = cache("web-1", "web"), cache("web-2", "web")
    other = cache("unread")
    readings = reads(primary, 90.0) | reads(replica, 0.0) | reads(other, 0.0)

    idle = found(primary, replica, other, readings=readings)["elasticache_idle"]

    assert idle.resource_id == other.id


def test_a_replica_is_not_judged_without_its_primary() -> None:
    primary, replica = cache("web-1", "web"), cache("web-2", "web")

    assert found(primary, replica, readings=reads(replica, 0.0)) == {}


def test_a_machine_without_a_public_price_saves_an_unknown_amount() -> None:
    windows = Instance(
        id="i-1", created=OLD, type="m4.large", state="running", on_demand=False
    )

    one = found(windows)["ec2_previous_generation"]

    assert one.estimated_monthly_savings is None


def test_who_made_a_resource_is_told_and_kept_as_a_fact() -> None:
    tags = {"aws:autoscaling:groupName": "web", "team": "shop"}
    machine = Instance(
        id="i-1", created=OLD, type="m4.large", state="running", tags=tags
    )

    one = found(machine)["ec2_previous_generation"]

    assert ("aws:autoscaling:groupName", "web") in one.facts
    assert "team" not in dict(one.facts)
    told = next(fact.text for fact in one.evidence if fact.label == "Made by another")
    assert told.endswith("change it there")


@pytest.mark.parametrize(
    ("created", "kinds"),
    [
        (None, set()),
        (NOW - timedelta(days=89), set()),
        (NOW - timedelta(days=90), {"s3_lifecycle"}),
    ],
)
def test_what_is_too_young_or_of_unknown_age_is_left_alone(
    created: datetime | None, kinds: set[str]
) -> None:
    bucket = Bucket(id="logs", created=created, ages=False, gives_up_uploads=True)

    assert found(bucket).keys() == kinds


def test_every_check_has_a_kind_of_its_own_and_says_its_rule() -> None:
    kinds = [check.kind for check in CHECKS]

    assert len(set(kinds)) == len(kinds) >= 20
    assert all(check.rule.endswith(".") and check.needs for check in CHECKS)


def test_the_documentation_lists_every_check_as_it_is() -> None:
    text = (Path(__file__).parents[2] / "docs/recommendations.md").read_text()

    missing = [
        check.kind
        for check in CHECKS
        if f"| {check.name} | {check.rule.rstrip('.')} | {check.risk} |" not in text
    ]

    assert missing == []
