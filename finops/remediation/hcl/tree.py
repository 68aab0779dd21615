"""What a Terraform file is made of, before it is text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

NAME: Final = re.compile(r"[a-z_][a-z0-9_-]*")
"""Names that are ours to choose: types, labels, attributes, functions."""

LABEL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
"""Names that a user may have chosen for a resource of theirs."""

PATH: Final = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*|\[[0-9]+\])*")


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that has a name in Terraform, such as `data.aws_instance.before`."""

    path: str

    def __post_init__(self) -> None:
        _require(PATH, self.path)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of Terraform, and what it is given."""

    function: str
    arguments: tuple[Value, ...]

    def __post_init__(self) -> None:
        _require(NAME, self.function)


Value: TypeAlias = "str | bool | int | float | Reference | Call | Sequence[Value] | Mapping[str, Value]"
"""What an attribute can be set to; text is always text, never code."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a Terraform file, with its attributes and inner blocks.

    Attributes:
        type: `resource`, `import`, or the name of an inner block.
        labels: What stands in quotes behind the type.
        comment: What stands above it; a newline starts another comment line.
        notes: For an attribute, what stands above it.
    """

    type: str
    labels: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    comment: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (self.type, *self.attributes, *self.notes):
            _require(NAME, name)
        for name in self.labels:
            _require(LABEL, name)

    @property
    def address(self) -> str:
        """Where Terraform finds a resource or a data source."""
        prefix = "data." if self.type == "data" else ""
        return prefix + ".".join(self.labels)


def _require(pattern: re.Pattern[str], name: str) -> None:
    """Stop a mistake of ours: a name from outside where only ours may stand."""
    if not pattern.fullmatch(name):
        msg = f"{name!r} cannot be a name in Terraform code"
        raise ValueError(msg)
