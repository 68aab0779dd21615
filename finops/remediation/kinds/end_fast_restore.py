"""An end to fast restore of a snapshot, which is paid for by the hour."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, SnapshotId
from finops.remediation.kinds.kind import Kind


class EndFastRestore(Facts):
    """Which snapshot."""

    snapshot_id: SnapshotId


def write(facts: EndFastRestore) -> Runbook:
    """Looks in which zones it is on, and ends it there."""
    which = facts.snapshot_id
    return Runbook(
        procedure=Procedure(
            title=f"End fast restore of snapshot {which}",
            action_class="in_place",
            effect=(
                "The snapshot stays. Volumes made of it read their blocks from S3 "
                "once, and are slow until they have."
            ),
            before=("No volume has to be made of it at full speed from the start.",),
            after=(
                "`aws ec2 describe-fast-snapshot-restores --filters "
                f"Name=snapshot-id,Values={which}` says `disabled`.",
            ),
            way_back=(
                "The script prints the command that turns it on again; it takes an "
                "hour per TB.",
            ),
        ),
        script="end_fast_restore",
        values={"snapshot": which},
    )


KIND: Final = Kind(
    name="end_fast_restore",
    facts=EndFastRestore,
    write=write,
    risk="low",
    identity="snapshot_id",
    answers=("fast_snapshot_restore",),
)
