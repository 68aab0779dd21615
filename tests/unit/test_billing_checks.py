"""Each check of the bill fires on its own case, and is silent on a near miss."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.workload_optimization import findings_in
from finops.analysis.workload_optimization.checks import CHECKS
from finops.analysis.workload_optimization.line_table import line_table
from finops.periods import ChargePeriod
from finops.recommendations import Recommendation
from tests.fakes import Charge
from tests.unit.usage import PERIOD, meter, usage

S3 = {"service": "Amazon Simple Storage Service", "x_Operation": "StandardStorage"}
LOGS = {"service": "AmazonCloudWatch", "x_Operation": "HourlyStorageMetering"}
ELB = {"service": "Elastic Load Balancing"}
ECR = {"service": "Amazon EC2 Container Registry (ECR)"}
RDS = {"service": "Amazon Relational Database Service"}
MYSQL = {**RDS, "x_Operation": "CreateDBInstance:0002"}
ORACLE = {**RDS, "x_Operation": "CreateDBInstance:0005"}
COVERED = {"PricingCategory": "Committed"}
DEV = {"account": "dev"}
IOPS = {**RDS, "ChargeDescription": "$0.10 per IOPS-month of Provisioned IOPS"}
GONE = ChargePeriod(PERIOD.start, PERIOD.end - timedelta(days=3))
EARLY = ChargePeriod(PERIOD.start, PERIOD.start + timedelta(days=1))
NEW = ChargePeriod(PERIOD.end - timedelta(days=6), PERIOD.end)
Meters = list[list[Charge]]


def m(usage_type: str, monthly: float, **more: Any) -> list[Charge]:
    return meter(usage_type, monthly, **more)


WEEKDAYS = [
    charge
    for charge in m("BoxUsage:m5.large", 70.08, **DEV)
    if charge["ChargePeriodStart"].day_of_week < 5  # type: ignore[attr-defined]  # a timestamp
]

FIRES: list[tuple[str, Meters, float | None]] = [
    ("ebs_gp3", [m("EBS:VolumeUsage.gp2", 20.0)], 4.0),
    ("ebs_gp3", [m("EBS:VolumeUsage.gp2", 50.0)], 5.0),
    ("ebs_gp3", [m("EUW2-EBS:VolumeUsage.gp2", 20.0, resource=None)], 4.0),
    ("ebs_io1", [m("EBS:VolumeUsage.piops", 12.5)], 4.5),
    (
        "ebs_io1",
        [m("EBS:VolumeUsage.piops", 12.5), m("EBS:VolumeP-IOPS.piops", 260.0)],
        259.5,
    ),
    (
        "ebs_snapshots_growing",
        [
            m("EBS:SnapshotUsage", 5.0),
            m("EBS:SnapshotUsage", 0.2, resource="r-2", days=NEW),
        ],
        None,
    ),
    ("fast_snapshot_restore", [m("EBS:FastSnapshotRestore", 547.5)], 547.5),
    ("eip_idle", [m("USE1-PublicIPv4:IdleAddress", 3.65)], 3.65),
    ("eip_idle", [m("ElasticIP:IdleAddress", 3.65)], 3.65),
    ("nat_idle", [m("NatGateway-Hours", 32.85)], 32.85),
    (
        "nat_idle",
        [m("NatGateway-Hours", 32.85), m("NatGateway-Bytes", 0.45)],
        33.30,
    ),
    ("nat_traffic", [m("NatGateway-Bytes", 45.0)], None),
    ("load_balancer_idle", [m("LoadBalancerUsage", 16.425)], 16.425),
    ("vpc_endpoint_idle", [m("USE1-VpcEndpoint-Hours", 7.3)], 7.3),
    ("cross_zone_traffic", [m("DataTransfer-Regional-Bytes", 10.01)], None),
    ("ec2_previous_generation", [m("BoxUsage:m4.large", 73.0)], 2.92),
    ("ec2_previous_generation", [m("BoxUsage:t2.small", 16.79)], 1.606),
    ("ec2_previous_generation", [m("BoxUsage:m4.10xlarge", 1460.0)], None),
    (
        "ec2_previous_generation",
        [m("BoxUsage:t2.micro", 20.0, x_Operation="RunInstances:0002")],
        None,
    ),
    ("office_hours", [m("BoxUsage:m5.large", 84.0, **DEV)], 59.0),
    ("office_hours", [m("BoxUsage:m5.large", 84.0, **{"Tags.env": "test"})], 59.0),
    ("capacity_reservation_unused", [m("UnusedBox:m5.large", 70.08)], 70.08),
    ("compute_savings_plan", [m("BoxUsage:m5.large", 100.0)], 20.0),
    ("rds_reserved", [m("InstanceUsage:db.m6g.large", 100.0, **RDS)], 20.0),
    ("rds_graviton", [m("InstanceUsage:db.m5.large", 171.0, **MYSQL)], 19.0),
    ("rds_io1", [m("RDS:PIOPS", 200.0, **IOPS)], 200.0),
    ("rds_io1", [m("RDS:PIOPS", 300.0, **IOPS)], 300.0),
    (
        "rds_io1",
        [m("RDS:PIOPS", 200.0, **IOPS), m("RDS:PIOPS-Storage", 25.0, **RDS)],
        202.0,
    ),
    ("rds_backups", [m("RDS:ChargedBackupUsage", 1.5, **RDS)], None),
    ("extended_support", [m("ExtendedSupport:Yr1-Yr2:MySQL5.7", 146.0, **RDS)], 146.0),
    ("elasticache_graviton", [m("NodeUsage:cache.t3.micro", 12.41)], 0.5475),
    ("s3_tiering", [m("TimedStorage-ByteHrs", 10.0, **S3)], 3.0),
    ("log_retention", [m("TimedStorage-ByteHrs", 3.0, **LOGS)], 3.0),
    (
        "log_retention",
        [
            m("TimedStorage-ByteHrs", 3.0, **LOGS),
            m("DataProcessing-Bytes", 10.0 * 730 / 720, **LOGS),
        ],
        2.91,
    ),
    ("ecr_lifecycle", [m("TimedStorage-ByteHrs", 1.01, **ECR)], None),
    (
        "lambda_provisioned_concurrency",
        [m("Lambda-Provisioned-Concurrency", 11.0)],
        11.0,
    ),
    ("glue_dev_endpoint", [m("USE1-DEVED-DPU-Hour", 321.2)], 321.2),
    ("cloudtrail_duplicate", [m("USE1-PaidEventsRecorded", 2.0)], 2.0),
]
"""What gives each kind of waste away, and what it saves a month."""

SILENT: list[tuple[str, Meters]] = [
    ("ebs_gp3", [m("EBS:VolumeUsage.gp3", 20.0)]),
    ("ebs_gp3", [m("EBS:VolumeUsage.gp2", 0.0)]),
    ("ebs_gp3", [m("EBS:VolumeUsage.gp2", 20.0, days=GONE)]),
    ("ebs_io1", [m("EBS:VolumeUsage.io2", 12.5)]),
    (
        "ebs_io1",
        [m("EBS:VolumeUsage.piops", 125.0), m("EBS:VolumeP-IOPS.piops", 1040.1)],
    ),
    ("ebs_snapshots_growing", [m("EBS:SnapshotUsage", 50.0)]),
    (
        "ebs_snapshots_growing",
        [
            m("EBS:SnapshotUsage", 4.0),
            m("EBS:SnapshotUsage", 0.9, resource="r-2", days=NEW),
        ],
    ),
    ("eip_idle", [m("USE1-PublicIPv4:InUseAddress", 3.65)]),
    ("nat_idle", [m("NatGateway-Hours", 32.85), m("NatGateway-Bytes", 1.37)]),
    ("nat_idle", [m("NatGateway-Hours", 32.85, days=NEW)]),
    (
        "nat_idle",
        [m("NatGateway-Hours", 32.85), m("NatGateway-Bytes", 45.0, days=EARLY)],
    ),
    ("nat_traffic", [m("NatGateway-Bytes", 4.4)]),
    (
        "load_balancer_idle",
        [m("LoadBalancerUsage", 16.425, **ELB), m("LCUUsage", 0.06, **ELB)],
    ),
    ("load_balancer_idle", [m("LoadBalancerUsage", 16.425, days=NEW)]),
    (
        "load_balancer_idle",
        [m("LoadBalancerUsage", 16.425, **ELB), m("LCUUsage", 0.0, **ELB)],
    ),
    (
        "vpc_endpoint_idle",
        [m("VpcEndpoint-Hours", 7.3), m("VpcEndpoint-Bytes", 0.0031)],
    ),
    ("cross_zone_traffic", [m("DataTransfer-Regional-Bytes", 9.9)]),
    ("ec2_previous_generation", [m("BoxUsage:m5.large", 70.08)]),
    ("ec2_previous_generation", [m("BoxUsage:m4.large", 45.0, **COVERED)]),
    ("ec2_previous_generation", [m("SpotUsage:m4.large", 22.0)]),
    ("office_hours", [m("BoxUsage:m5.large", 70.08)]),
    ("office_hours", [WEEKDAYS]),
    ("office_hours", [m("BoxUsage:m5.large", 70.08, **DEV, **COVERED)]),
    ("capacity_reservation_unused", [m("Reservation:m5.large", 70.08)]),
    ("capacity_reservation_unused", [m("UnusedBox:m5.large", 45.0, **COVERED)]),
    ("compute_savings_plan", [m("BoxUsage:m5.large", 9.9)]),
    ("compute_savings_plan", [m("BoxUsage:m5.large", 100.0, **COVERED)]),
    ("compute_savings_plan", [WEEKDAYS]),
    ("rds_reserved", [m("InstanceUsage:db.m6g.large", 100.0, **RDS, **COVERED)]),
    ("rds_graviton", [m("InstanceUsage:db.m6g.large", 152.0, **MYSQL)]),
    ("rds_graviton", [m("InstanceUsage:db.m5.large", 171.0, **ORACLE)]),
    ("rds_io1", [m("RDS:PIOPS", 301.0, **IOPS)]),
    ("rds_backups", [m("RDS:ChargedBackupUsage", 0.9, **RDS)]),
    ("extended_support", [m("InstanceUsage:db.t3.medium", 50.0, **RDS)]),
    ("elasticache_graviton", [m("NodeUsage:cache.t4g.micro", 11.68)]),
    ("s3_tiering", [m("TimedStorage-ByteHrs", 0.9, **S3)]),
    (
        "s3_tiering",
        [
            m("TimedStorage-ByteHrs", 10.0, **S3),
            m("TimedStorage-INT-FA-ByteHrs", 5.0, **S3),
        ],
    ),
    ("s3_tiering", [m("TimedStorage-ByteHrs", 10.0, **LOGS)]),
    (
        "log_retention",
        [
            m("TimedStorage-ByteHrs", 3.0, **LOGS),
            m("DataProcessing-Bytes", 170.0, **LOGS),
        ],
    ),
    ("ecr_lifecycle", [m("TimedStorage-ByteHrs", 0.99, **ECR)]),
    (
        "lambda_provisioned_concurrency",
        [
            m("Lambda-Provisioned-Concurrency", 11.0),
            m("Lambda-Provisioned-GB-Second", 15.5),
        ],
    ),
    (
        "lambda_provisioned_concurrency",
        [
            m("Lambda-Provisioned-Concurrency", 11.0),
            m("Lambda-Provisioned-GB-Second", 700.0, days=EARLY),
        ],
    ),
    ("glue_dev_endpoint", [m("USE1-ETL-DPU-Hour", 321.2)]),
    ("cloudtrail_duplicate", [m("USE1-FreeEventsRecorded", 0.01)]),
]
"""What comes near each kind of waste, and is none."""


def found(kind: str, *meters: list[Charge], **given: Any) -> list[Recommendation]:
    """What one check finds in a bill of these meters."""
    checks = [check for check in CHECKS if check.kind == kind]
    return list(findings_in(usage(*meters, **given), checks).recommendations)


Cases = dict[tuple[str, int], list[Recommendation]]


@pytest.fixture(scope="module")
def cases() -> Cases:
    """What is found for each case, by kind and place, each in its own account."""
    every = [*((kind, meters) for kind, meters, _ in FIRES), *SILENT]
    accounts = [
        [in_account(charge, place) for charge in chain(*meters)]
        for place, (_, meters) in enumerate(every)
    ]
    answers: Cases = defaultdict(list)
    for one in findings_in(usage(*accounts)).recommendations:
        answers[one.kind, int(one.account.rpartition(" ")[2])].append(one)
    return answers


def in_account(charge: Charge, place: int) -> Charge:
    """`charge` in an account that no other case uses."""
    name = f"{charge['SubAccountName']} {place}"
    return charge | {"SubAccountId": name, "SubAccountName": name}


@pytest.mark.parametrize(
    ("place", "kind", "savings"),
    [(place, kind, savings) for place, (kind, _, savings) in enumerate(FIRES)],
)
def test_a_check_fires_on_its_own_case(
    cases: Cases, place: int, kind: str, savings: float | None
) -> None:
    [one] = cases[kind, place]

    if savings is None:
        assert one.estimated_monthly_savings is None
    else:
        assert one.estimated_monthly_savings == pytest.approx(savings)
    assert [fact.label for fact in one.evidence] == ["Rule", "Bill", "Formula", "Price"]
    assert all(fact.text for fact in one.evidence)


@pytest.mark.parametrize(
    ("place", "kind"),
    [(place, kind) for place, (kind, _) in enumerate(SILENT, start=len(FIRES))],
)
def test_a_check_is_silent_on_a_near_miss(cases: Cases, place: int, kind: str) -> None:
    assert cases[kind, place] == []


def test_every_check_has_its_own_case() -> None:
    kinds = {check.kind for check in CHECKS}

    assert len(kinds) == len(CHECKS)
    assert {kind for kind, *_ in FIRES} | {"ebs_old_snapshot"} == kinds
    assert {kind for kind, _ in SILENT} >= kinds - {
        "ebs_old_snapshot",
        "fast_snapshot_restore",
    }


def test_every_check_is_documented_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "recommendations.md"

    told = page.read_text(encoding="utf-8")

    missing = [one.kind for one in CHECKS if f"| {one.name} | {one.rule} |" not in told]
    assert missing == []


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["EBS:VolumeUsage.gp2", "EUW2-BoxUsage:m4.large"]),
            st.floats(0.01, 1000.0),
            st.sampled_from(["r-1", "r-2", None]),
            st.sampled_from([PERIOD, GONE, NEW]),
            st.sampled_from(["Standard", "Committed", None]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_lines_add_up_to_the_bill(
    meters: list[tuple[str, float, str | None, ChargePeriod, str | None]],
) -> None:
    charges = [
        m(name, monthly, resource=resource, days=days, PricingCategory=pricing)
        for name, monthly, resource, days, pricing in meters
    ]

    table = line_table(usage(*charges).days, PERIOD)

    paid = sum(float(str(charge["EffectiveCost"])) for charge in chain(*charges))
    assert table["cost"].sum() == pytest.approx(paid)
    assert table[["first", "last", "days", "monthly"]].notna().all(axis=None)


@pytest.mark.parametrize(
    ("tag", "value", "fact"),
    [
        ("aws:cloudformation:stack-name", "shop", "aws:cloudformation:stack-name"),
        ("aws_autoscaling_group_name", "9-5", "aws:autoscaling:groupName"),
        ("kubernetes_io_cluster_shop", "owned", "kubernetes_io_cluster_shop"),
        ("managed_by", "Terraform", "managed_by"),
    ],
)
def test_what_others_manage_is_told_by_the_tags_of_the_bill(
    tag: str, value: str, fact: str
) -> None:
    name = f"Tags.{tag}"
    owned = m("EBS:VolumeUsage.gp2", 50.0, resource="vol-1", **{name: value})
    free = m("EBS:VolumeUsage.gp2", 40.0, resource="vol-2", **{name: None})

    first, second = found("ebs_gp3", owned, free, tags=(name,))

    assert (fact, value) in first.facts
    assert f"{fact} = {value}: change it there" in {
        each.text for each in first.evidence
    }
    assert not {label for label, _ in second.facts} & {fact, tag}


def test_a_tag_on_one_of_many_resources_does_not_tell_of_all() -> None:
    name = "Tags.aws:cloudformation:stack-name"
    tagged = m("EBS:VolumeUsage.gp2", 50.0, resource=None, **{name: "shop"})

    [one] = found("ebs_gp3", tagged, tags=(name,))

    assert "aws:cloudformation:stack-name" not in dict(one.facts)


def test_a_snapshot_is_old_if_it_was_there_90_days_before() -> None:
    snapshots = [m("EBS:SnapshotUsage", 5.0, resource=name) for name in ("s-1", "s-2")]

    [one] = found("ebs_old_snapshot", *snapshots, seen_before=frozenset({"s-2"}))

    assert one.resource_id == "s-2"
    assert one.estimated_monthly_savings == pytest.approx(5.0)


def test_what_is_paid_below_the_public_price_saves_less() -> None:
    half = [
        charge | {"ListCost": 2 * float(str(charge["EffectiveCost"]))}
        for charge in m(
            "EBS:VolumeUsage.gp2",
            25.0,
            ChargeDescription="$0.10 per GB-month of gp2 storage",
        )
    ]

    [one] = found("ebs_gp3", half)

    assert dict(one.facts)["size_gb"] == "500"
    assert one.estimated_monthly_savings == pytest.approx(2.5)


def test_a_volume_has_the_size_that_it_has_in_the_end() -> None:
    gp2 = {"ChargeDescription": "$0.10 per GB-month of gp2 storage"}
    before = ChargePeriod(PERIOD.start, NEW.start)
    small = m("EBS:VolumeUsage.gp2", 10.0, days=before, **gp2)
    large = m("EBS:VolumeUsage.gp2", 50.0, days=NEW, **gp2)
    large[-1] |= dict.fromkeys(("BilledCost", "EffectiveCost", "ListCost"), 0.5)

    [one] = found("ebs_gp3", small, large)

    assert dict(one.facts)["size_gb"] == "500"


def test_a_discount_is_not_taken_for_less_storage_where_the_bill_has_the_price() -> (
    None
):
    [one] = found("ebs_gp3", m("EBS:VolumeUsage.gp2", 50.0))

    words = {fact.label: fact.text for fact in one.evidence}

    assert "500 GB x $0.08 + 0 IOPS x $0.005 + 125 MiB/s x $0.04" in words["Formula"]
    assert "What this bill paid from 24 Oct to 22 Nov 2026" in words["Price"]
    assert "AWS's public prices in us-east-1" in words["Price"]


def test_a_resource_that_came_up_in_the_period_counts_by_its_own_days() -> None:
    [one] = found("eip_idle", m("PublicIPv4:IdleAddress", 3.65, days=NEW))

    assert one.estimated_monthly_savings == pytest.approx(3.65)


def test_a_tag_that_is_set_within_the_period_makes_no_second_resource() -> None:
    start, rest = (
        ChargePeriod(PERIOD.start, NEW.start),
        ChargePeriod(NEW.start, PERIOD.end),
    )
    before = m("BoxUsage:m5.large", 84.0, days=start)
    after = m("BoxUsage:m5.large", 84.0, days=rest, **{"Tags.env": "test"})

    [one] = found("office_hours", before, after)

    assert one.estimated_monthly_savings == pytest.approx(59.0)


def test_a_check_that_cannot_look_is_named() -> None:
    bill = usage(m("BoxUsage:m5.large", 84.0, **DEV), without=("ResourceId",))

    answer = findings_in(bill)

    told = " ".join(map(str, answer.left_out))
    assert "Running at night and weekends" in told
    assert "The bill has no resource." in told
    assert "office_hours" not in {one.kind for one in answer.recommendations}


def test_a_bill_without_usage_types_leaves_everything_out() -> None:
    answer = findings_in(usage(m("any", 1.0), without=("x_UsageType",)))

    assert answer.recommendations == ()
    assert sum(len(left.checks) for left in answer.left_out) == len(CHECKS)


def test_without_resources_volumes_are_one_finding_an_account_and_region() -> None:
    volumes = [m("EBS:VolumeUsage.gp2", 10.0, resource=f"vol-{n}") for n in range(3)]
    abroad = m("EUC1-EBS:VolumeUsage.gp2", 10.0)

    answer = found("ebs_gp3", *volumes, abroad, without=("ResourceId", "RegionId"))

    assert [(one.region, one.title) for one in answer] == [
        ("us-east-1", "Move the volumes in us-east-1 from gp2 to gp3"),
        ("eu-central-1", "Move the volumes in eu-central-1 from gp2 to gp3"),
    ]
    assert answer[0].estimated_monthly_savings == pytest.approx(6.0)


@pytest.mark.parametrize("resource", ["vol-1", None])
def test_a_finding_names_the_meter_that_its_saving_will_show_on(
    resource: str | None,
) -> None:
    [one] = found("ebs_gp3", m("EUW2-EBS:VolumeUsage.gp2", 20.0, resource=resource))

    assert dict(one.facts)["usage_type"] == "EUW2-EBS:VolumeUsage.gp2"
