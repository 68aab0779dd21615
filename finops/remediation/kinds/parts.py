"""Blocks that several kinds write alike."""

from __future__ import annotations

import math
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


def about(reference: str, number: int, message: str) -> Block:
    """Stops the plan if a number is no longer what it was, within a tenth.

    A bill tells the size of a volume by what a month of it costs, and months are
    of different lengths.
    """
    least, most = math.floor(0.9 * number), math.ceil(1.1 * number)
    within = Call("max", (least, Call("min", (most, Reference(reference)))))
    condition = Call("contains", ([Reference(reference)], within))
    return Block("precondition", (), {"condition": condition, "error_message": message})


def policy(**statement: Value) -> Call:
    """An IAM policy of one statement, as Terraform writes JSON."""
    document: Value = {"Version": "2012-10-17", "Statement": [statement]}
    return Call("jsonencode", (document,))
