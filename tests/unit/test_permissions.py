"""What the package asks of AWS, against the policy that it asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import botocore.session
import pytest
from botocore import xform_name
from botocore.model import StructureShape

from finops.aws.permissions import (
    ALWAYS_ALLOWED,
    ASSUME_ROLE,
    ATHENA,
    EXPORT,
    PERMISSIONS,
    caller_policy,
    export_policy,
    policy,
    policy_line,
)
from finops.aws.questions import Question

PACKAGE = Path(__file__).parents[2] / "finops"

SERVICES = ("ce", "organizations", "s3", "sts")
"""The services that the package makes clients of, as IAM calls them."""

ANOTHER_NAME = {"s3:ListObjectsV2": "s3:ListBucket"}
"""The actions that IAM does not call as the operation is called."""

ALLOWED = {
    ASSUME_ROLE,
    *EXPORT,
    *ATHENA,
    *ALWAYS_ALLOWED,
    *(action for actions in PERMISSIONS.values() for action in actions),
}


def nodes() -> Iterator[ast.AST]:
    """What the package says, but for the changes that it writes for others."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "remediation" not in path.parents:
            yield from ast.walk(ast.parse(path.read_text()))


def operations() -> dict[str, str]:
    """The IAM action of each method of the services' clients."""
    session = botocore.session.get_session()
    return {
        xform_name(operation): ANOTHER_NAME.get(
            f"{service}:{operation}", f"{service}:{operation}"
        )
        for service in SERVICES
        for operation in session.get_service_model(service).operation_names
    }


def called() -> set[str]:
    methods = operations()
    return {
        methods[node.attr]
        for node in nodes()
        if isinstance(node, ast.Attribute) and node.attr in methods
    }


def named() -> set[str]:
    action = re.compile(r"[a-z][a-z0-9-]+:[A-Z][A-Za-z0-9]+")
    return {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and action.fullmatch(node.value)
    }


def clients() -> set[str]:
    return {
        node.args[0].value
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "client"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def questions() -> list[Question]:
    return [
        Question(
            *(ast.literal_eval(argument) for argument in node.args),
            **{str(word.arg): ast.literal_eval(word.value) for word in node.keywords},
        )
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Question"
    ]


def test_every_question_is_one_that_aws_knows_and_only_reads() -> None:
    session = botocore.session.get_session()

    asked = questions()

    assert len(asked) > 5
    for question in asked:
        model = session.get_service_model(question.service)
        operations = {xform_name(name): name for name in model.operation_names}
        answer = model.operation_model(operations[question.method]).output_shape
        assert isinstance(answer, StructureShape)
        assert question.answers in answer.members
        assert re.match(r"get_|list_|describe_", question.method)
        assert question.action in ALLOWED


def test_every_call_to_aws_is_in_the_policy() -> None:
    assert {"ce:GetCostAndUsage", "sts:AssumeRole"} <= called()
    assert called() <= ALLOWED


def test_every_action_that_a_message_names_is_in_the_policy() -> None:
    assert named() == ALLOWED


def test_every_client_is_of_a_service_that_is_looked_at() -> None:
    assert clients() == set(SERVICES)


def test_the_policy_only_reads() -> None:
    actions = [a for statement in policy()["Statement"] for a in statement["Action"]]

    assert sorted(set(actions)) == sorted(
        ALLOWED - {ASSUME_ROLE, *EXPORT, *ATHENA, *ALWAYS_ALLOWED}
    )
    assert all(re.match(r"[\w-]+:(Get|List|Describe)", action) for action in actions)


def test_a_policy_can_be_for_some_features_alone() -> None:
    assert policy(features=["costs"]) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Costs",
                "Effect": "Allow",
                "Action": ["ce:GetCostAndUsage"],
                "Resource": "*",
            }
        ],
    }


def test_the_caller_may_assume_exactly_the_roles_that_are_listed() -> None:
    role = "arn:aws:iam::222222222222:role/CostAnalyzer"

    [statement] = caller_policy([role])["Statement"]

    assert statement["Resource"] == [role]
    assert statement["Action"] == ["sts:AssumeRole"]


@pytest.mark.parametrize("action", sorted(ALLOWED))
def test_a_line_of_policy_can_be_pasted(action: str) -> None:
    assert ast.literal_eval(policy_line(action)) == {
        "Effect": "Allow",
        "Action": action,
        "Resource": "*",
    }


def test_exports_are_read_from_their_bucket_alone() -> None:
    statements = export_policy("billing")["Statement"]

    assert [statement["Resource"] for statement in statements] == [
        "arn:aws:s3:::billing",
        "arn:aws:s3:::billing/*",
    ]
