"""Every kind of change through the real Terraform: format, schema, plan, guard."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from finops.remediation import expected_plan, generate, guard
from tests.terraform.account import OLD_ECR_RULE, OLD_RULE, Objects
from tests.terraform.conftest import Terraform

TODAY: Final = date(2026, 11, 23)

Write = Callable[[Mapping[str, str]], Path]


def facts_of(kind: str, objects: Objects) -> dict[str, Any]:
    """Facts with which `kind` is about the account's own object."""
    every: dict[str, dict[str, Any]] = {
        "ec2_rightsize": {
            "instance_id": objects.instance,
            "current_type": "m5.2xlarge",
            "target_type": "m5.xlarge",
        },
        "ebs_gp3": {"volume_id": objects.volume, "size_gb": 500},
        "log_retention": {"log_group": objects.log_group, "retention_days": 30},
        "s3_lifecycle": {"bucket": objects.bucket, "existing_rules": [OLD_RULE]},
        "rds_downsize": {
            "db_identifier": objects.database,
            "current_class": "db.r5.2xlarge",
            "target_class": "db.r5.large",
        },
        "ecr_lifecycle": {
            "repository": objects.repository,
            "existing_rules": [OLD_ECR_RULE],
        },
        "office_hours_ec2": {"instance_ids": [objects.instance]},
        "office_hours_asg": {
            "group_name": 'web "${blue}"',
            "min_size": 1,
            "desired_capacity": 2,
        },
        "gateway_endpoint": {
            "vpc_id": "vpc-0123456789abcdef0",
            "route_table_ids": ["rtb-0123456789abcdef0"],
            "services": ["s3", "dynamodb"],
        },
        "snapshot_policy": {
            "tag_key": "back-up ${x}",
            "tag_value": "daily",
            "role_arn": "arn:aws:iam::123456789012:role/snapshots",
        },
        "budget": {"monthly_limit": 2500, "emails": "finops@example.com"},
        "anomaly_monitor": {"emails": ["finops@example.com", "ops@example.com"]},
    }
    return every[kind]


UPDATES: Final = {
    "ec2_rightsize": {"instance_type"},
    "ebs_gp3": {"type", "iops", "throughput"},
    "log_retention": {"retention_in_days"},
    "s3_lifecycle": {"rule"},
    "rds_downsize": {"instance_class"},
    "ecr_lifecycle": {"policy"},
}

CREATIONS: Final = {
    "office_hours_ec2": 4,
    "office_hours_asg": 2,
    "gateway_endpoint": 2,
    "snapshot_policy": 1,
    "budget": 1,
    "anomaly_monitor": 2,
}

SECONDS: Final = 1.5
"""What a kind may take to be validated and planned; about 0.5 on one core."""


@pytest.mark.parametrize("kind", [*UPDATES, *CREATIONS])
def test_every_kind_is_formatted_valid_and_plans_what_was_reviewed(
    kind: str,
    objects: Objects,
    terraform: Terraform,
    write: Write,
    where: dict[str, str],
) -> None:
    change = generate(facts_of(kind, objects) | where, kind=kind, today=TODAY)
    folder = write(change.files)

    formatted = terraform.run(folder, "fmt", "-check", "-diff")
    before = processor_seconds()
    complaints = terraform.validate(folder)
    plan = terraform.plan(folder)
    seconds = processor_seconds() - before

    assert (formatted.returncode, formatted.stdout) == (0, "")
    assert complaints == []
    assert change.problems == ()
    reviewed = expected_plan.read(change.files["expected-plan.json"])
    assert guard.judged(plan, reviewed) == guard.Verdict(())
    assert moved(plan) == UPDATES.get(kind, set())
    assert created(plan) == CREATIONS.get(kind, 0)
    assert seconds < SECONDS


def moved(plan: Mapping[str, Any]) -> set[str]:
    """The attributes of existing objects that the plan changes."""
    return {
        name
        for found in plan["resource_changes"]
        if (change := found["change"])["actions"] == ["update"]
        for name in change["before"] | change["after"]
        if change["before"].get(name) != change["after"].get(name)
    }


def created(plan: Mapping[str, Any]) -> int:
    """How many objects the plan makes."""
    return sum(
        found["change"]["actions"] == ["create"] for found in plan["resource_changes"]
    )


def processor_seconds() -> float:
    """What Terraform and the stand-in have used; a busy machine does not count."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
