"""Blocks that several kinds write alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from finops.remediation import schema
from finops.remediation.hcl import Block, Call, Reference, Value


def imported(address: str, identity: str) -> Block:
    """An existing object is taken into Terraform's state, not made again."""
    return Block("import", (), {"to": Reference(address), "id": identity})


def guarded(
    resource_type: str, *, kept: Collection[str], checks: Sequence[Block] = ()
) -> Block:
    """The object is never destroyed, and keeps all that the code leaves out."""
    names = [*schema.ignored(resource_type, kept=kept)]
    attributes: dict[str, Value] = {"prevent_destroy": True}
    if names:
        attributes["ignore_changes"] = [Reference(name) for name in names]
    return Block(
        "lifecycle",
        (),
        attributes,
        tuple(checks),
        comment="Everything else about it stays as it is, tags included.",
    )


def still(reference: str, values: Sequence[Value], message: str) -> Block:
    """Stops the plan if the object is neither as reviewed nor changed already."""
    condition = Call("contains", (list(values), Reference(reference)))
    return Block("precondition", (), {"condition": condition, "error_message": message})


def policy(**statement: Value) -> Call:
    """An IAM policy of one statement, as Terraform writes JSON."""
    document: Value = {"Version": "2012-10-17", "Statement": [statement]}
    return Call("jsonencode", (document,))
