"""What was reviewed, as a file that a plan can be held against."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from finops.errors import RemediationError
from finops.remediation.change import Expected, Project
from finops.remediation.facts import AccountId, Facts, Region
from finops.remediation.hcl import Block, Call, Reference, Value
from finops.remediation.markdown import plain

FORMAT: Final = 1
"""Grows when older files can no longer be read."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True)


class ExpectedAttribute(_Strict):
    """What an attribute is, if the review knew it, and what it will be."""

    before: Annotated[Any, Field(alias="from")] = None
    after: Annotated[Any, Field(alias="to")]


class ExpectedChange(_Strict):
    """What may happen to one object.

    Attributes:
        imports: The id under which an existing object is taken in.
        attributes: What an update may change, and to what.
        settings: What a creation sets; None for what follows from others.
    """

    action: Literal["create", "update"]
    imports: Annotated[str | None, Field(alias="import")] = None
    attributes: Mapping[str, ExpectedAttribute] = Field(default_factory=dict)
    settings: Mapping[str, Any] | None = None


class ExpectedPlan(_Strict):
    """What a plan may do; everything else was not reviewed.

    Attributes:
        account_id: None where the review did not know it.
        changes: By the address of the object.
    """

    format: Literal[1] = 1
    about: str = ""
    account_id: AccountId | None = None
    region: Region | None = None
    changes: Mapping[str, ExpectedChange]


def expected_plan(draft: Project, facts: Facts) -> ExpectedPlan:
    """What the reviewed change does."""
    code = {block.address: block for block in draft.blocks if block.type == "resource"}
    return ExpectedPlan(
        about=plain(draft.procedure.title),
        account_id=facts.account_id,
        region=facts.region,
        changes={
            address: _change(one, code[address])
            for address, one in draft.expected.items()
        },
    )


def _change(expected: Expected, code: Block) -> ExpectedChange:
    return ExpectedChange(
        action=expected.action,
        imports=expected.imports,
        attributes={
            name: ExpectedAttribute(before=before, after=after)
            for name, (before, after) in expected.attributes.items()
        },
        settings=settings(code) if expected.action == "create" else None,
    )


def settings(code: Block) -> dict[str, Any]:
    """What a block sets, as a plan tells it; None for what is not known yet."""
    inner: dict[str, list[Any]] = {}
    for block in code.blocks:
        if block.type != "lifecycle":
            inner.setdefault(block.type, []).append(settings(block))
    return {name: _told(value) for name, value in code.attributes.items()} | inner


def _told(value: Value) -> Any:
    """`value` as a plan tells it: what is encoded as JSON is text there."""
    match value:
        case Reference():
            return None
        case Call(function="jsonencode", arguments=(document,)):
            return json.dumps(document)
        case str() | bool() | int() | float():
            return value
        case Mapping():
            return {key: _told(item) for key, item in value.items()}
        case Sequence():
            return [_told(item) for item in value]
    return None


def as_text(plan: ExpectedPlan) -> str:
    """The text of expected-plan.json."""
    told = plan.model_dump(mode="json", by_alias=True, exclude_none=True)
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> ExpectedPlan:
    """What a file of ours says.

    Raises:
        RemediationError: If it is no such file.
    """
    try:
        return ExpectedPlan.model_validate_json(text)
    except ValidationError as error:
        msg = "The second file is not an expected-plan.json of ours."
        hint = "It lies in the folder that `finops remediate --out` wrote."
        raise RemediationError(msg, hint=hint) from error
