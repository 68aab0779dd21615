"""Deletes an old snapshot that no image, backup plan or account needs."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, SnapshotId
from finops.remediation.kinds.kind import Kind


class DeleteSnapshot(Facts):
    """Which snapshot."""

    snapshot_id: SnapshotId


def write(facts: DeleteSnapshot) -> Runbook:
    """Looks whether it is needed, and deletes it."""
    which = facts.snapshot_id
    return Runbook(
        procedure=Procedure(
            title=f"Delete EBS snapshot {which}",
            action_class="delete",
            effect=(
                "The snapshot goes. The script stops if an image is made of it, if a "
                "backup plan keeps it, or if other accounts may use it."
            ),
            before=(
                "A retention rule of the Recycle Bin covers snapshots: it is the only "
                "way back.",
                "It is not the last copy of a volume that is gone and may be wanted.",
            ),
            after=(
                f"`aws ec2 describe-snapshots --snapshot-ids {which}` finds nothing.",
            ),
            way_back=(
                "`aws ec2 restore-snapshot-from-recycle-bin --snapshot-id "
                f"{which}`, while the Recycle Bin keeps it. Else there is none.",
            ),
        ),
        script="delete_snapshot",
        values={"snapshot": which},
    )


KIND: Final = Kind(
    name="delete_snapshot",
    facts=DeleteSnapshot,
    write=write,
    risk="high",
    identity="snapshot_id",
    resource_type="aws_ebs_snapshot",
    answers=("ebs_old_snapshot",),
)
