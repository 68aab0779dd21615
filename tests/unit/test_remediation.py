from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from finops.analysis.workload_optimization.checks.office_hours import OFFICE_HOURS
from finops.errors import FactsError, UnwritableNameError
from finops.remediation import generate
from finops.remediation.kinds import KINDS
from finops.remediation.kinds.ebs_gp3 import EbsGp3
from finops.remediation.kinds.office_hours import OfficeHours
from finops.remediation.state import State

TODAY = date(2026, 11, 23)

SAMPLE = {
    "instance_id": "i-0123456789abcdef0",
    "current_type": "t2.large",
    "target_type": "t3.medium",
    "reason": "CPU <10% for 30 days",
}


def test_plain_facts_become_a_folder() -> None:
    change = generate(SAMPLE, today=TODAY)

    assert change.kind == "ec2_rightsize"
    assert change.problems == ()
    code = change.files["main.tf"]
    assert code.startswith(
        "# Right-size EC2 instance i-0123456789abcdef0 from t2.large to t3.medium\n"
        "#\n"
        "# Why: CPU <10% for 30 days\n"
        "# Estimated saving: unknown\n"
        "# Risk: medium. The instance stops"
    )
    assert "# Written on 23 Nov 2026 by finops. Nothing has been applied." in code
    assert 'value       = "t2.large to t3.medium"' in code
    assert "prevent_destroy = true" in code


def test_the_saving_is_in_the_head_and_in_an_output() -> None:
    code = generate(SAMPLE | {"estimated_monthly_savings": 1310.4}).files["main.tf"]

    assert "# Estimated saving: $1,310.40 a month" in code
    assert "value       = 1310.4" in code


def test_a_known_account_is_the_only_one_that_is_touched() -> None:
    where = {"account_id": "039741586208", "region": "eu-west-1"}

    code = generate(SAMPLE | where).files["main.tf"]

    assert 'allowed_account_ids = ["039741586208"]' in code
    assert "variable" not in code


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"instance_id": "i-1; rm -rf /"}, "instance_id does not look like one"),
        ({"target_type": "t2.large"}, "the instance is a t2.large already"),
        ({"target_type": "t4g.medium"}, "have different processors"),
        ({"account_id": "123"}, "account_id does not look like one: '123'"),
        ({"colour": "red"}, "knows no fact colour"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(FactsError, match=said):
        generate(SAMPLE | wrong, kind="ec2_rightsize")


def test_what_surrounds_an_id_is_cut_off() -> None:
    change = generate(SAMPLE | {"instance_id": " i-0123456789abcdef0\n"})

    assert change.files["main.tf"].count("i-0123456789abcdef0") == 3


def test_what_is_missing_is_named_with_all_that_is_needed() -> None:
    with pytest.raises(FactsError, match="needs the fact target_type") as error:
        generate(
            {"instance_id": "i-0123456789abcdef0", "current_type": "m5.large"},
            kind="ec2_rightsize",
        )

    assert error.value.hint == "It needs instance_id, current_type, target_type."


def test_facts_that_fit_no_kind_are_refused_with_the_kinds() -> None:
    with pytest.raises(FactsError, match="do not say which kind") as error:
        generate({"instance_ids": ["i-0123456789abcdef0"]})

    assert "ec2_rightsize" in error.value.hint


def test_facts_that_fit_two_kinds_ask_which() -> None:
    with pytest.raises(FactsError, match="do not say which kind") as error:
        generate({"volume_id": "vol-0123456789abcdef0", "size_gb": 10})

    assert error.value.hint == "Name one of ebs_gp3, delete_volume."


@pytest.mark.parametrize(
    ("facts", "iops", "throughput"),
    [
        ({"size_gb": 8}, 3000, 125),
        ({"size_gb": 170}, 3000, 125),
        ({"size_gb": 500}, 3000, 250),
        ({"size_gb": 2000}, 6000, 250),
        ({"size_gb": 10_000}, 16_000, 250),
        ({"size_gb": 100, "current_type": "io1", "iops": 4000}, 4000, 125),
        ({"size_gb": 100, "current_type": "io1", "iops": 200}, 3000, 125),
        ({"size_gb": 500, "throughput": 125}, 3000, 125),
    ],
)
def test_gp3_is_as_fast_as_the_volume_was(
    facts: dict[str, Any], iops: int, throughput: int
) -> None:
    volume = EbsGp3(volume_id="vol-0123456789abcdef0", **facts)

    assert (volume.target_iops, volume.target_throughput) == (iops, throughput)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"size_gb": 200}, "gp3 gets the speed that the volume has today."),
        (
            {"size_gb": 200, "throughput": 125},
            "gp3 gets 3,000 IOPS and 125 MiB/s; gp2 may reach more.",
        ),
        (
            {"size_gb": 100, "current_type": "io1", "iops": 32_000},
            "gp3 gets 16,000 IOPS and 125 MiB/s; io1 may reach more.",
        ),
    ],
)
def test_gp3_is_called_as_fast_only_where_that_is_sure(
    facts: dict[str, Any], said: str
) -> None:
    change = generate({"volume_id": "vol-0123456789abcdef0", **facts}, kind="ebs_gp3")

    assert said in change.files["main.tf"]
    assert said in change.procedure.effect


def test_a_size_that_a_bill_tells_may_be_off_by_the_length_of_a_month() -> None:
    volume = {"volume_id": "vol-0123456789abcdef0", "size_gb": 109}

    code = generate(volume, kind="ebs_gp3").files["main.tf"]

    size = "data.aws_ebs_volume.before.size"
    assert f"contains([{size}], max(98, min(120, {size})))" in code


def test_office_hours_are_those_that_the_estimate_is_for() -> None:
    hours = OfficeHours()

    assert 5 * (hours.stop_hour - hours.start_hour) == OFFICE_HOURS


@pytest.mark.parametrize("kind", ["log_retention", "ecr_lifecycle"])
def test_what_deletes_for_good_is_no_low_risk(kind: str) -> None:
    assert KINDS[kind].risk == "medium"


def test_every_lifecycle_rule_is_kept() -> None:
    rules = [
        {
            "ID": "all of it",
            "Status": "Disabled",
            "Filter": {
                "And": {
                    "Prefix": "a/",
                    "Tags": [{"Key": "k", "Value": "v"}],
                    "ObjectSizeGreaterThan": 500,
                }
            },
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER"},
            ],
            "Expiration": {"ExpiredObjectDeleteMarker": True},
            "NoncurrentVersionTransitions": [
                {"NoncurrentDays": 30, "StorageClass": "GLACIER_IR"}
            ],
            "NoncurrentVersionExpiration": {
                "NoncurrentDays": 90,
                "NewerNoncurrentVersions": 3,
            },
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 3},
        },
        {"ID": "old form", "Status": "Enabled", "Prefix": "b/"},
    ]

    change = generate(
        {"bucket": "acme-logs", "existing_rules": json.dumps(rules)},
        kind="s3_lifecycle",
    )

    code = change.files["main.tf"]
    assert change.problems == ()
    assert code.count("  rule {") == 3
    for kept in (
        "object_size_greater_than = 500",
        'k = "v"',
        "expired_object_delete_marker = true",
        "newer_noncurrent_versions = 3",
        'prefix = "b/"',
        "days_after_initiation = 3",
    ):
        assert kept in code


def test_a_rule_that_cannot_be_kept_whole_is_no_change_at_all() -> None:
    rules = [{"ID": "x", "Status": "Enabled", "Filter": {}, "Novelty": {"Days": 1}}]

    with pytest.raises(FactsError, match="knows no fact"):
        generate({"bucket": "acme-logs", "existing_rules": rules}, kind="s3_lifecycle")


def test_a_name_that_terraform_would_miss_is_refused() -> None:
    facts = {"group_name": "cafe\u0301", "min_size": 1, "desired_capacity": 1}

    with pytest.raises(UnwritableNameError, match="miss the object"):
        generate(facts, kind="office_hours_asg")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_what_it_needs(name: str) -> None:
    needed = [
        fact
        for fact, field in KINDS[name].facts.model_fields.items()
        if field.is_required()
    ]

    with pytest.raises(FactsError, match="needs the fact") as error:
        generate({}, kind=name)

    assert all(fact in error.value.hint for fact in needed)


@pytest.mark.parametrize("told", ["state", "plan"])
def test_what_ones_own_terraform_manages_is_known_from_a_state_or_a_plan(
    told: str,
) -> None:
    volume = {
        "address": "aws_ebs_volume.mine",
        "mode": "managed",
        "type": "aws_ebs_volume",
        "name": "mine",
        "values": {"id": "vol-0123456789abcdef0"},
    }
    held = {"values": {"root_module": {"resources": [volume]}}}
    shown = held if told == "state" else {"planned_values": {}, "prior_state": held}
    state = State.read(json.dumps({"format_version": "1.2", **shown}))

    change = generate(
        {"volume_id": "vol-0123456789abcdef0", "size_gb": 100},
        kind="ebs_gp3",
        state=state,
    )

    assert change.form == "patch"


def test_where_a_runbook_acts_is_said() -> None:
    files = generate({"db_identifier": "orders"}, kind="delete_database").files

    assert "| Region | that of your credentials |" in files["README.md"]
    assert "asked for" not in files["README.md"]
    assert 'echo "account $caller, region' in files["runbook.sh"]
