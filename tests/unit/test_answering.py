"""Which change carries out a recommendation, and where words are better."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from finops.errors import FactsError, RemediationError
from finops.recommendations import Evidence, Recommendation
from finops.remediation import change_for, generate
from finops.remediation.markdown import plain
from finops.remediation.selecting import by_id, easy
from finops.remediation.state import State

TODAY = date(2026, 11, 23)

INSTANCE = "i-0123456789abcdef0"


def recommended(**other: Any) -> Recommendation:
    known: dict[str, Any] = {
        "kind": "ec2_rightsize",
        "action": "Rightsize",
        "title": "Change api",
        "account": "prod",
        "account_id": "482915730164",
        "region": "eu-west-1",
        "service": "Amazon Elastic Compute Cloud",
        "resource_id": INSTANCE,
        "estimated_monthly_savings": 70.08,
        "risk": "medium",
        "effort": "moderate",
        "source": "inventory",
        "evidence": (Evidence("Rule", "Little used."), Evidence("CPU", "3 %")),
        "facts": (
            ("instance_id", INSTANCE),
            ("current_type", "m5.2xlarge"),
            ("target_type", "m5.xlarge"),
        ),
    }
    return Recommendation(**known | other)


def test_a_recommendation_becomes_code_with_its_reasons() -> None:
    change = change_for(recommended(), today=TODAY)

    code = change.files["main.tf"]
    assert (change.form, change.kind) == ("terraform", "ec2_rightsize")
    assert "# Why: Little used. 3 %" in code
    assert "# Estimated saving: $70.08 a month" in code
    assert 'allowed_account_ids = ["482915730164"]' in code


def test_what_another_check_calls_it_is_understood() -> None:
    found = recommended(
        kind="rds_rightsize",
        facts=(
            ("db_instance", "orders"),
            ("current_class", "db.r5.large"),
            ("target_class", "db.t4g.large"),
            ("engine", "postgres"),
        ),
    )

    change = change_for(found, today=TODAY)

    assert change.procedure.title == (
        "Change RDS database orders from db.r5.large to db.t4g.large"
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "aws:cloudformation:stack-name",
            "web",
            "The CloudFormation stack web manages",
        ),
        ("aws:autoscaling:groupName", "web", "The Auto Scaling group web manages"),
        ("eks:nodegroup-name", "blue", "The EKS node group blue manages"),
        ("elasticbeanstalk:environment-name", "e", "Elastic Beanstalk environment e"),
        ("kubernetes.io/cluster/x", "owned", "Something that tags kubernetes.io"),
        ("ManagedBy", "Terraform", "A tool that tags ManagedBy with Terraform"),
        ("aws:autoscaling:groupName", "x`$(id)`", "group x`$(id)` manages"),
    ],
)
def test_what_somebody_else_manages_gets_advice_and_no_code(
    key: str, value: str, said: str
) -> None:
    owned = recommended(facts=(*recommended().facts, (key, value)))

    change = change_for(owned, today=TODAY)

    assert change.form == "advice"
    assert list(change.files) == ["README.md"]
    assert said in plain(change.procedure.effect)
    assert change.owner


def test_so_it_is_with_plain_facts() -> None:
    facts = dict(recommended().facts) | {"tags": {"aws:cloudformation:stack-name": "x"}}

    assert generate(facts, kind="ec2_rightsize").form == "advice"


def test_a_tag_that_only_looks_like_an_owner_is_none() -> None:
    facts = (*recommended().facts, ("ManagedBy", "the platform team"))

    assert change_for(recommended(facts=facts), today=TODAY).form == "terraform"


def hours(*tags: tuple[str, str]) -> Recommendation:
    facts = (("instance_id", INSTANCE), ("environment", "dev"), *tags)
    return recommended(kind="office_hours", action="Configure", facts=facts)


def test_a_group_would_replace_what_is_stopped_at_night() -> None:
    change = change_for(hours(("aws:autoscaling:groupName", "web")), today=TODAY)

    assert change.form == "advice"


def test_schedules_are_in_nobodys_way_in_another_terraform() -> None:
    tagged = change_for(hours(("ManagedBy", "terraform")), today=TODAY)
    known = change_for(hours(), today=TODAY, state=State.read(json.dumps(STATE)))

    assert (tagged.form, known.form) == ("terraform", "terraform")


STATE = {
    "format_version": "1.0",
    "values": {
        "root_module": {
            "resources": [
                {
                    "mode": "data",
                    "type": "aws_instance",
                    "name": "looked_up",
                    "address": "data.aws_instance.looked_up",
                    "values": {"id": INSTANCE},
                }
            ],
            "child_modules": [
                {
                    "resources": [
                        {
                            "mode": "managed",
                            "type": "aws_instance",
                            "name": "Api",
                            "address": 'module.web["a"].aws_instance.Api[0]',
                            "values": {"id": INSTANCE},
                        }
                    ]
                }
            ],
        }
    },
}


def test_what_the_users_own_terraform_manages_gets_lines_for_its_address() -> None:
    state = State.read(json.dumps(STATE))

    change = change_for(recommended(), today=TODAY, state=state)

    reviewed = json.loads(change.files["expected-plan.json"])
    assert change.form == "patch"
    assert change.files["change.tf.example"].endswith(
        '# Make these lines part of module.web["a"].aws_instance.Api[0].\n\n'
        'resource "aws_instance" "Api" {\n'
        "  # Was m5.2xlarge.\n"
        '  instance_type = "m5.xlarge"\n'
        "}\n"
    )
    assert reviewed["changes"] == {
        'module.web["a"].aws_instance.Api[0]': {
            "action": "update",
            "import": INSTANCE,
            "attributes": {"instance_type": {"from": "m5.2xlarge", "to": "m5.xlarge"}},
        }
    }


def test_a_runbook_deletes_nothing_that_terraform_manages() -> None:
    idle = recommended(kind="ec2_idle", action="Stop")

    change = change_for(idle, today=TODAY, state=State.read(json.dumps(STATE)))

    assert change.form == "advice"
    assert "Your Terraform, at module.web" in plain(change.procedure.effect)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_what_is_no_state_is_refused(text: str) -> None:
    with pytest.raises(RemediationError):
        State.read(text)


def test_what_a_bill_does_not_tell_is_asked_for() -> None:
    found = recommended(
        kind="s3_tiering", action="Configure", facts=(("bucket", "acme-logs"),)
    )

    change = change_for(found, today=TODAY)
    complete = change_for(found, today=TODAY, extra={"existing_rules": "[]"})

    readme = change.files["README.md"]
    assert change.form == "advice"
    assert "get-bucket-lifecycle-configuration --bucket acme-logs" in readme
    assert f"remediate {found.fingerprint} --set" in readme
    assert complete.form == "terraform"


def test_a_wrong_fact_from_the_user_is_said_and_not_written_around() -> None:
    with pytest.raises(FactsError, match="target_type does not look like one"):
        change_for(recommended(), today=TODAY, extra={"target_type": "a; b"})


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("compute_savings_plan", "PurchaseSavingsPlans"),
        ("rds_reserved", "PurchaseReservedInstances"),
        ("extended_support", "Upgrade"),
        ("elasticache_idle", "Delete"),
        ("something_new", "ScaleIn"),
    ],
)
def test_what_has_no_code_gets_words(kind: str, action: Any) -> None:
    found = recommended(kind=kind, action=action, facts=(), title="Do _this_ `now`")

    change = change_for(found, today=TODAY)

    assert change.form == "advice"
    assert change.files["README.md"].startswith("# Do \\_this\\_ \\`now\\`\n")
    assert change.procedure.way_back


def test_an_unknown_account_is_asked_for_when_it_is_planned() -> None:
    change = change_for(recommended(account_id=None, region="global"), today=TODAY)

    assert 'variable "account_id"' in change.files["main.tf"]


def test_only_quick_wins_at_low_risk_are_taken_without_a_name() -> None:
    win = recommended(risk="low", effort="quick_win")
    others = [
        replace(win, risk="medium"),
        replace(win, effort="moderate"),
        replace(win, estimated_monthly_savings=None),
        replace(win, estimated_monthly_savings=-1.0),
        replace(win, action="PurchaseSavingsPlans"),
    ]

    assert easy([win, *others]) == [win]


def test_an_id_may_be_cut_short_but_has_to_be_one() -> None:
    first, second = recommended(), recommended(resource_id="i-0fedcba9876543210")

    assert by_id([first, second], [first.fingerprint[:6]]) == [first]
    with pytest.raises(RemediationError, match="no recommendation with the id 'x'"):
        by_id([first], ["x"])
    with pytest.raises(RemediationError, match="no recommendation"):
        by_id([first], [""])
