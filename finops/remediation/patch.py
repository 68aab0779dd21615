"""The lines for an object that is in the user's own Terraform already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from finops.remediation import expected_plan
from finops.remediation.change import Change, Project
from finops.remediation.facts import Facts
from finops.remediation.hcl import Block, render
from finops.remediation.kinds import Kind
from finops.remediation.markdown import code, plain
from finops.remediation.readme import readme
from finops.remediation.state import Managed


def patched(
    kind: Kind, draft: Project, there: Managed, facts: Facts, today: date
) -> Change:
    """What to change at that address, and what its plan may do then."""
    [(address, expected)] = draft.expected.items()
    resource = next(block for block in draft.blocks if block.address == address)
    wanted = expected.attributes.keys()
    lines = Block(
        "resource",
        (there.type, there.name),
        {name: value for name, value in resource.attributes.items() if name in wanted},
        tuple(block for block in resource.blocks if block.type in wanted),
        notes={name: note for name, note in resource.notes.items() if name in wanted},
    )
    reviewed = expected_plan.expected_plan(draft, facts)
    moved = reviewed.model_copy(
        update={"changes": {there.address: reviewed.changes[address]}}
    )
    procedure = replace(
        draft.procedure,
        effect=f"{draft.procedure.effect} In your Terraform it is "
        f"{code(there.address)}.",
    )
    head = f"{plain(procedure.title)}\n\nMake these lines part of {there.address}."
    return Change(
        kind=kind.name,
        form="patch",
        facts=facts,
        procedure=procedure,
        files={
            "change.tf.example": render([lines], head=head),
            "expected-plan.json": expected_plan.as_text(moved),
            "README.md": readme(procedure, facts, "patch", today, release=False),
        },
    )
