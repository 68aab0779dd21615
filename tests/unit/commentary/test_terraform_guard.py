"""A draft does nothing but what is on a list, and never becomes code by itself."""

from __future__ import annotations

import json
from typing import Any

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.commentary.terraform import TerraformDraft, refusals
from finops.commentary.terraform.structure import (
    Inner,
    Nested,
    Resource,
    Setting,
    blocks_of,
)
from finops.remediation.hcl import render
from tests.unit.commentary.attacks import attacks

FILES: dict[str, dict[str, str]] = attacks("terraform")

BLOCK = "__is_block__"

INEXPRESSIBLE = "A draft has no way to say this."


def bare(text: Any) -> Any:
    """A text without the quotes that the parser leaves on it."""
    quoted = isinstance(text, str) and text[:1] == text[-1:] == '"' and len(text) > 1
    return text[1:-1] if quoted else text


def structure_of(source: str) -> TerraformDraft | None:
    """What a model could fill in to say the same; None where it cannot at all."""
    try:
        tree = hcl2.loads(source)
    except Exception:  # noqa: BLE001 - the parser raises errors of many kinds
        return None
    if set(tree) - {"resource", "variable"}:
        return None
    defaults = {
        f"${{var.{bare(name)}}}": about.get("default")
        for variable in tree.get("variable", [])
        for name, about in variable.items()
    }
    resources = [
        resource(bare(kind), bare(name), body, defaults)
        for each in tree.get("resource", [])
        for kind, named in each.items()
        for name, body in named.items()
    ]
    return TerraformDraft(resources=resources, unfit=None)


def resource(kind: str, name: str, body: dict[str, Any], given: Any) -> Resource:
    blocks = [
        Nested(
            type=bare(inner),
            settings=settings(each, given),
            blocks=[
                Inner(type=bare(below), settings=settings(one, given))
                for below, ones in nested(each).items()
                for one in ones
            ],
        )
        for inner, many in nested(body).items()
        for each in many
    ]
    return Resource(type=kind, name=name, settings=settings(body, given), blocks=blocks)


def nested(body: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name, value in body.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = [
                each if BLOCK in each else {bare(k): "" for k in each} | one(each)
                for each in value
            ]
    return found


def one(labelled: dict[str, Any]) -> dict[str, Any]:
    """The body of a block that has a label, such as a provisioner's."""
    [body] = labelled.values()
    return body if isinstance(body, dict) else {}


def settings(body: dict[str, Any], given: dict[str, Any]) -> list[Setting]:
    return [
        Setting(name=bare(name), value=value_of(value, given))
        for name, value in body.items()
        if name != BLOCK and name not in nested(body)
    ]


def value_of(value: Any, given: dict[str, Any]) -> Any:
    if isinstance(value, str):
        if value.startswith("${jsonencode("):
            return as_json(value)
        return given.get(value, bare(value))
    if isinstance(value, dict):
        return [
            {"key": bare(k), "value": str(bare(v))}
            for k, v in value.items()
            if k != BLOCK
        ]
    if isinstance(value, list):
        return [str(bare(each)) for each in value]
    return value


def as_json(call: str) -> str:
    """`jsonencode({ a = 1 })` as the JSON that a model would write instead."""
    written = call.removeprefix("${jsonencode(").removesuffix(")}")
    document = hcl2.loads(f"locals {{\n  x = {written}\n}}\n")["locals"][0]["x"]
    return json.dumps(plain(document))


def plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {bare(k): plain(v) for k, v in node.items() if k != BLOCK}
    if isinstance(node, list):
        return [plain(each) for each in node]
    return bare(node)


def why_not(source: str) -> list[str]:
    draft = structure_of(source)
    return [INEXPRESSIBLE] if draft is None else refusals(draft)


@pytest.mark.parametrize("name", FILES["bad"])
def test_no_attack_is_let_through(name: str) -> None:
    assert why_not(FILES["bad"][name])


@pytest.mark.parametrize("name", FILES["good"])
def test_a_harmless_draft_is_let_through(name: str) -> None:
    draft = structure_of(FILES["good"][name])

    assert draft is not None
    assert refusals(draft) == []
    assert "prevent_destroy = true" in render(blocks_of(draft))


def test_there_are_as_many_files_as_there_were() -> None:
    assert (len(FILES["bad"]), len(FILES["good"])) == (40, 4)


def log_group(**changed: Any) -> TerraformDraft:
    usual: dict[str, Any] = {"name": "/aws/lambda/app", "retention_in_days": 30}
    given = usual | changed
    each = [Setting(name=name, value=value) for name, value in given.items()]
    one = Resource(
        type="aws_cloudwatch_log_group", name="app", settings=each, blocks=[]
    )
    return TerraformDraft(resources=[one], unfit=None)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("name", "${file('/etc/passwd')}", "looks like code"),
        ("name", "https://evil.example", "is an address"),
        ("name", "AKIAIOSFODNN7EXAMPLE", "looks like a secret"),
        ("name", "arn:aws:logs:us-east-1:999999999999:x", "none of yours"),
        ("name", "a\u202eb", "nobody sees"),
        ("name", "x" * 3000, "too long"),
        ("no_such_attribute", "x", "no_such_attribute"),
        ("Bad Name", "x", "cannot be one in Terraform"),
        ("count", 1000, "count is not allowed"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said(name: str, value: Any, why: str) -> None:
    assert why in " ".join(refusals(log_group(**{name: value})))


def test_our_own_account_may_stand_in_a_draft() -> None:
    named = log_group(name="arn:aws:logs:us-east-1:123456789012:x")

    assert refusals(named, accounts=["123456789012"]) == []


def test_too_many_resources_are_refused() -> None:
    many = TerraformDraft(resources=log_group().resources * 11, unfit=None)

    assert "The draft declares too much." in refusals(many)


@given(st.text())
def test_whatever_a_value_says_it_stays_a_value(text: str) -> None:
    draft = log_group(name=text)

    if not refusals(draft):
        [group] = hcl2.loads(render(blocks_of(draft)))["resource"]
        [body] = group['"aws_cloudwatch_log_group"'].values()
        assert set(body) - {BLOCK} == {"name", "retention_in_days", "lifecycle"}
