from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from finops.accounts import Account
from finops.aws.doctor import Check, examine
from finops.aws.inventory import TOPICS, databases
from finops.aws.sessions import Sessions
from finops.sources import in_silence
from tests.adapters.recommended import not_enrolled
from tests.double import Member
from tests.double.company import role_arn
from tests.double.plugin import Aws

PROD, DEV = "222222222222", "333333333333"

HUB = Account(name="hub")


def by_role(name: str, account_id: str) -> Account:
    return Account(name=name, role_arn=role_arn(account_id), account_id=account_id)


@pytest.fixture(autouse=True)
def without_recommendations(aws: Aws) -> None:
    not_enrolled(aws.world)


def examined(accounts: Sequence[Account], **how: Any) -> dict[tuple[str, str], Check]:
    checks = examine(
        accounts,
        sessions=Sessions(),
        today=date(2026, 11, 23),
        tell=in_silence,
        **{"topics": ()} | how,
    )
    return {(check.account, check.feature): check for check in checks}


def test_a_healthy_account_passes_without_paying(aws: Aws) -> None:
    found = examined([HUB, by_role("prod", PROD)])

    features = ["costs", "inventory", "hub", "optimizer"]
    assert [feature for _, feature in found] == [
        "credentials",
        *features,
        "role",
        *features,
    ]
    assert all(check.ok for check in found.values())
    assert found["hub", "credentials"].account_id == aws.world.payer
    assert found["prod", "role"].message == "The role CostAnalyzer can be assumed."
    assert aws.world.charged == 0


def test_a_paid_question_is_counted(aws: Aws) -> None:
    paid: list[int] = []

    found = examined([HUB, by_role("prod", PROD)], on_request=lambda: paid.append(1))

    assert len(paid) == aws.world.charged == 2
    assert found["prod", "costs"].ok


def test_a_missing_right_is_mended_by_a_line_of_policy(aws: Aws) -> None:
    aws.world.denied = {("ce", PROD)}

    check = examined([by_role("prod", PROD)])["prod", "costs"]

    assert not check.ok
    assert "no identity-based policy allows" in check.message
    assert check.hint.endswith(
        '{"Effect": "Allow", "Action": "ce:GetCostAndUsage", "Resource": "*"}'
    )


def test_a_role_that_may_not_be_assumed_ends_its_accounts_checks(aws: Aws) -> None:
    aws.world.strict_roles = True

    found = examined([by_role("prod", PROD), HUB])

    assert [key for key, check in found.items() if not check.ok] == [("prod", "role")]
    assert ("prod", "costs") not in found
    assert found["prod", "role"].account_id == PROD
    assert f'"Resource": "{role_arn(PROD)}"' in found["prod", "role"].hint


def test_a_feature_that_does_not_answer_fails_alone(aws: Aws) -> None:
    aws.world.fault("", service="ce", account=PROD, latency=30.0)

    found = examined([by_role("prod", PROD), HUB], patience=4.0)

    assert "no answer within 4 seconds" in found["prod", "costs"].message
    assert found["prod", "role"].ok
    assert found["hub", "costs"].ok


def test_the_payer_must_list_the_organization(aws: Aws) -> None:
    aws.world.members = [Member(PROD, "prod")]

    allowed = examined([HUB], payer="hub")["hub", "organization"]
    aws.world.denied = {("organizations", aws.world.payer)}
    denied = examined([HUB], payer="hub")["hub", "organization"]

    assert allowed.ok
    assert not denied.ok
    assert '"Action": "organizations:ListAccounts"' in denied.hint


def test_a_role_that_may_do_everything_is_advised_against(aws: Aws) -> None:
    arn = f"arn:aws:iam::{PROD}:role/OrganizationAccountAccessRole"
    account = Account(name="prod", role_arn=arn, account_id=PROD)

    check = examined([account])["prod", "role"]

    assert check.ok
    assert "only reads is safer" in check.hint


def test_rights_that_the_inventory_lacks_are_one_line_of_policy(aws: Aws) -> None:
    aws.world.denied = {("dynamodb", PROD), ("cloudwatch", PROD)}

    found = examined([by_role("prod", PROD)], topics=databases.TOPICS)

    check = found["prod", "inventory"]
    assert not check.ok
    assert check.message == "AWS denied dynamodb:ListTables, cloudwatch:GetMetricData."
    _, _, line = check.hint.partition("The line of IAM policy: ")
    actions = ["dynamodb:ListTables", "cloudwatch:GetMetricData"]
    assert json.loads(line) == {"Effect": "Allow", "Action": actions, "Resource": "*"}


def test_what_is_not_in_use_is_no_failure_and_told(aws: Aws) -> None:
    found = examined([by_role("prod", PROD)])

    for feature in ("hub", "optimizer"):
        assert found["prod", feature].ok
        assert "does not use" in found["prod", feature].hint


def test_everything_that_the_inventory_asks_first_can_be_asked(aws: Aws) -> None:
    found = examined([by_role("prod", PROD)], topics=TOPICS)

    assert found["prod", "inventory"].ok
    assert found["prod", "inventory"].message.startswith("AWS lets it look")
