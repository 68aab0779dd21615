"""What a draft is made of, before it is Terraform."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel, Field

from finops.remediation.hcl import Block, Value


class Entry(BaseModel):
    """One entry of a map, such as a tag."""

    key: str
    value: str


class Setting(BaseModel):
    """One attribute; a policy is JSON in a text."""

    name: str
    value: bool | int | float | str | list[str] | list[Entry]


class Inner(BaseModel):
    """A block within a block."""

    type: str
    settings: list[Setting]


class Nested(BaseModel):
    """A block of a resource."""

    type: str
    settings: list[Setting]
    blocks: list[Inner]


class Resource(BaseModel):
    """One resource."""

    type: str
    name: str = Field(description="What to call it here: letters, digits, underscores.")
    settings: list[Setting]
    blocks: list[Nested]


class TerraformDraft(BaseModel):
    """What Claude fills in."""

    resources: list[Resource]
    unfit: str | None = Field(
        description="Why no such resource carries it out, or null."
    )


def blocks_of(draft: TerraformDraft) -> list[Block]:
    """The draft as our own tree, in which a value is never code.

    Raises:
        ValueError: If a name cannot be one in Terraform.
    """
    return [
        Block(
            "resource",
            (each.type, each.name),
            _attributes(each.settings),
            (*_inner(each.blocks), PROTECTED),
        )
        for each in draft.resources
    ]


PROTECTED = Block("lifecycle", attributes={"prevent_destroy": True})
"""Stands in every resource, whatever the draft says."""


def _inner(blocks: Sequence[Nested | Inner]) -> Iterator[Block]:
    for each in blocks:
        if each.type != "lifecycle":
            below = _inner(each.blocks) if isinstance(each, Nested) else ()
            yield Block(each.type, (), _attributes(each.settings), tuple(below))


def _attributes(settings: Sequence[Setting]) -> dict[str, Value]:
    return {each.name: _value(each) for each in settings}


def _value(setting: Setting) -> Value:
    given = setting.value
    if isinstance(given, list):
        entries = [each for each in given if isinstance(each, Entry)]
        if entries:
            return {each.key: each.value for each in entries}
        return [each for each in given if isinstance(each, str)]
    return given
