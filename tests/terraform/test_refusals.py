"""What must not pass: wrong code at Terraform, and wrong plans at the guard."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from finops.remediation import expected_plan, generate, guard
from tests.terraform import account
from tests.terraform.conftest import Terraform
from tests.terraform.readers import ACCOUNT, REGION, client

Write = Callable[[Mapping[str, str]], Path]

HEAD: Final = f"""
provider "aws" {{
  region              = "{REGION}"
  allowed_account_ids = ["{ACCOUNT}"]
}}

data "aws_caller_identity" "current" {{}}
"""

MISTAKES: Final = (Path(__file__).parent / "mistakes.tf").read_text()


def resized(instance: str, **where: str) -> dict[str, str]:
    """The files of a reviewed change of `instance`."""
    facts = {
        "instance_id": instance,
        "current_type": "m5.2xlarge",
        "target_type": "m5.xlarge",
    }
    return dict(generate(facts | where, kind="ec2_rightsize").files)


def refusals(plan: Mapping[str, Any], files: Mapping[str, str]) -> str:
    """What the guard says, in one text."""
    verdict = guard.judged(plan, expected_plan.read(files["expected-plan.json"]))
    return "\n".join(verdict.refusals)


def test_terraform_finds_all_thirteen_mistakes(
    terraform: Terraform, write: Write
) -> None:
    complaints = terraform.validate(write({"main.tf": MISTAKES}))

    assert len(complaints) == 13


def test_a_second_machine_is_refused(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    instance = account.instance("t2.large")
    clone = f"""{HEAD}
data "aws_instance" "current" {{
  instance_id = "{instance}"
}}

resource "aws_instance" "resized" {{
  ami           = data.aws_instance.current.ami
  instance_type = "t3.medium"

  lifecycle {{
    prevent_destroy = true
  }}
}}
"""
    folder = write({"main.tf": clone})

    plan = terraform.plan(folder)

    said = refusals(plan, resized(instance, **where))
    assert terraform.validate(folder) == []
    assert "aws_instance.resized: not in the reviewed change (create)" in said
    assert "aws_instance.target: missing from the plan" in said


def test_an_import_with_few_lines_resets_a_database_and_is_refused(
    terraform: Terraform,
    write: Write,
    where: dict[str, str],
    objects: account.Objects,
) -> None:
    few = f"""{HEAD}
import {{
  to = aws_db_instance.target
  id = "{objects.database}"
}}

resource "aws_db_instance" "target" {{
  identifier     = "{objects.database}"
  instance_class = "db.r5.large"
}}
"""
    facts = {
        "db_identifier": objects.database,
        "current_class": "db.r5.2xlarge",
        "target_class": "db.r5.large",
    }
    files = generate(facts | where, kind="rds_downsize").files

    said = refusals(terraform.plan(write({"main.tf": few})), files)

    assert "also changes" in said
    for lost in ("deletion_protection", "enabled_cloudwatch_logs_exports", "tags"):
        assert lost in said


def test_a_forced_replacement_is_refused(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    files = resized(account.instance(), **where)
    code = files["main.tf"].replace("data.aws_instance.before.ami", '"ami-12345678"')
    edited = code.replace("prevent_destroy = true", "prevent_destroy = false")

    said = refusals(terraform.plan(write(files | {"main.tf": edited})), files)

    assert "replace instead of update, because of ami" in said


def test_an_object_that_somebody_changed_stops_the_plan_and_the_guard(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    instance = account.instance()
    files = resized(instance, **where)
    _change_type(instance, "c5.large")

    stopped = terraform.run(write(files), "plan", "-no-color")
    start = files["main.tf"].index("    precondition {")
    careless = files["main.tf"][:start] + "  }\n}\n"
    said = refusals(terraform.plan(write(files | {"main.tf": careless})), files)

    assert stopped.returncode == 1
    assert "This is neither m5.2xlarge, as reviewed" in stopped.stderr
    assert "instance_type was m5.2xlarge when it was reviewed, and is c5.large" in said


def test_a_second_plan_after_the_change_finds_nothing_to_do(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    instance = account.instance()
    files = resized(instance, **where)
    _change_type(instance, "m5.xlarge")

    plan = terraform.plan(write(files))

    verdict = guard.judged(plan, expected_plan.read(files["expected-plan.json"]))
    assert verdict.agrees
    assert verdict.notes == ("aws_instance.target: is already as reviewed.",)


def test_another_account_is_refused_by_terraform_and_by_the_guard(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    other = where | {"account_id": "210987654321"}
    files = resized(account.instance(), **other)

    stopped = terraform.run(write(files), "plan", "-no-color")
    opened = files["main.tf"].replace("210987654321", ACCOUNT)
    said = refusals(terraform.plan(write(files | {"main.tf": opened})), files)

    assert "AWS account ID not allowed" in stopped.stderr
    assert f"made in account {ACCOUNT}; the review was of 210987654321" in said


def test_what_is_not_known_is_asked_for_and_still_guarded(
    terraform: Terraform, write: Write
) -> None:
    files = resized(account.instance())
    folder = write(files)

    plan = terraform.plan(folder, account_id=ACCOUNT, region=REGION)
    stopped = terraform.run(
        folder, "plan", "-no-color", "-var=account_id=12", f"-var=region={REGION}"
    )

    assert refusals(plan, files) == ""
    assert "An account id has 12 digits" in stopped.stderr


def test_letting_go_of_the_object_forgets_it_and_nothing_else(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    files = resized(account.instance(), **where)

    folder = write({"main.tf": files["step2-release.tf.example"]})

    assert terraform.run(folder, "fmt", "-check").returncode == 0
    assert terraform.validate(folder) == []


@pytest.fixture
def schedules(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The plan and the files of a change that only creates."""
    facts = {"instance_ids": "i-0123456789abcdef0"}
    files = dict(generate(facts | where, kind="office_hours_ec2").files)
    return terraform.plan(write(files)), files


def test_a_wider_policy_than_the_reviewed_one_is_refused(
    schedules: tuple[dict[str, Any], dict[str, str]],
) -> None:
    plan, files = copy.deepcopy(schedules[0]), schedules[1]
    for found in plan["resource_changes"]:
        if found["address"] == "aws_iam_role_policy.scheduler":
            after = found["change"]["after"]
            after["policy"] = after["policy"].replace("ec2:StopInstances", "ec2:*")

    assert "aws_iam_role_policy.scheduler: policy would be" in refusals(plan, files)


def test_a_command_in_the_code_is_refused(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    facts = {"instance_ids": "i-0123456789abcdef0"}
    files = dict(generate(facts | where, kind="office_hours_ec2").files)
    edited = files["main.tf"].replace(
        'resource "aws_iam_role" "scheduler" {\n',
        'resource "aws_iam_role" "scheduler" {\n  path = "/admin/"\n'
        '  provisioner "local-exec" {\n    command = "true"\n  }\n',
    )

    said = refusals(terraform.plan(write(files | {"main.tf": edited})), files)

    assert "aws_iam_role.scheduler: runs a command when it is made" in said
    assert "aws_iam_role.scheduler: sets path, which was not reviewed" in said


def _change_type(instance: str, kind: str) -> None:
    ec2 = client("ec2")
    ec2.stop_instances(InstanceIds=[instance])
    ec2.modify_instance_attribute(InstanceId=instance, InstanceType={"Value": kind})
    ec2.start_instances(InstanceIds=[instance])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "days          = 30",
            "days          = 1",
            "finops-intelligent-tiering is not",
        ),
        ("days = 7", "days = 1", "would change or delete the rule keep-me"),
        ('id     = "keep-me"', 'id     = "lost"', "its rules would be"),
    ],
)
def test_a_rule_that_was_not_reviewed_is_refused(
    terraform: Terraform,
    write: Write,
    where: dict[str, str],
    objects: account.Objects,
    *,
    old: str,
    new: str,
    said: str,
) -> None:
    facts = {"bucket": objects.bucket, "existing_rules": [account.OLD_RULE]}
    files = dict(generate(facts | where, kind="s3_lifecycle").files)
    edited = files["main.tf"].replace(old, new)

    plan = terraform.plan(write(files | {"main.tf": edited}))

    assert edited != files["main.tf"]
    assert said in refusals(plan, files)


def test_a_setting_within_a_block_that_was_not_reviewed_is_refused(
    terraform: Terraform, write: Write, where: dict[str, str]
) -> None:
    facts = {"instance_ids": "i-0123456789abcdef0"}
    files = dict(generate(facts | where, kind="office_hours_ec2").files)
    edited = files["main.tf"].replace(
        '    mode = "OFF"', '    mode = "OFF"\n    maximum_window_in_minutes = 5'
    )

    said = refusals(terraform.plan(write(files | {"main.tf": edited})), files)

    assert "sets flexible_time_window.maximum_window_in_minutes" in said
