"""A change as it is handed over: what it does, what to check, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from finops.remediation.facts import Facts
from finops.remediation.hcl import Block, Value

ActionClass = Literal["in_place", "stop_start", "create", "delete", "by_hand"]
"""What a change does to what runs, which is what its reviewer asks first."""

ACTION_CLASSES: Final[Mapping[ActionClass, str]] = {
    "in_place": "In place, nothing stops",
    "stop_start": "Stops and starts",
    "create": "Creates only",
    "delete": "Deletes, by runbook",
    "by_hand": "By hand",
}
"""What an action class is called on screen."""

Form = Literal["terraform", "patch", "runbook", "advice"]
"""A Terraform project of its own, lines for a project that exists, a shell
script, or words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """What a person has to know, as our own Markdown.

    Attributes:
        title: What is done to what.
        effect: What stops, restarts or goes away, and what does not.
        before: What to check first, most important first.
        after: How to see that it worked.
        way_back: How to undo it, and what cannot be undone.
    """

    title: str
    action_class: ActionClass
    effect: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    way_back: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the reviewed change does to one object, for the plan guard.

    Attributes:
        imports: The id under which an existing object is taken in.
        attributes: For an update, what each attribute is now and will be; None
            where the review does not know. A creation sets what its code says.
    """

    action: Literal["create", "update"]
    imports: str | None = None
    attributes: Mapping[str, tuple[Value | None, Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A change in Terraform, before its files are written.

    Attributes:
        blocks: The data sources, imports and resources.
        expected: By address, what the plan may do.
        step: From what to what, for the output `change`.
    """

    procedure: Procedure
    step: str
    blocks: tuple[Block, ...]
    expected: Mapping[str, Expected]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook:
    """A change as a shell script, before its file is written.

    Attributes:
        script: The name of its body among our runbooks.
        values: What the body's variables are set to.
    """

    procedure: Procedure
    script: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change, ready to be reviewed. Nothing is ever applied from here.

    Attributes:
        files: Texts by file name.
        problems: What our own check of the code against the provider's schema
            has found; empty where it is sound.
        owner: Who else manages the object, as Markdown; empty if nobody does.
    """

    kind: str
    form: Form
    facts: Facts
    procedure: Procedure
    files: Mapping[str, str]
    problems: tuple[str, ...] = ()
    owner: str = ""

    @property
    def main(self) -> str:
        """The file that a reviewer reads first."""
        names = ("main.tf", "change.tf.example", "runbook.sh", "README.md")
        return next(name for name in names if name in self.files)
