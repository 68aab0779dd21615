"""Deletes a volume that is attached to nothing, with a snapshot of it first."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, VolumeId
from finops.remediation.kinds.kind import Kind


class DeleteVolume(Facts):
    """Which volume, and how large it was when it was reviewed."""

    volume_id: VolumeId
    size_gb: Annotated[int, Field(ge=1, le=65_536)]


def write(facts: DeleteVolume) -> Runbook:
    """Looks again, takes a snapshot, looks once more, deletes."""
    which = facts.volume_id
    return Runbook(
        procedure=Procedure(
            title=f"Delete EBS volume {which}, with a snapshot of it first",
            action_class="delete",
            effect=(
                "The volume goes, its snapshot stays. Nothing is attached to it; the "
                "script stops if that has changed, or its size."
            ),
            before=(
                "Nobody keeps it for later: ask who made it.",
                "It has been detached for weeks: CloudTrail has the event "
                "`DetachVolume`.",
                "AWS Compute Optimizer can do the same by a rule, where that is "
                "wanted for all volumes.",
            ),
            after=(f"`aws ec2 describe-volumes --volume-ids {which}` finds nothing.",),
            way_back=(
                "The script prints the command that makes a volume of the snapshot, "
                "in the same zone. It has another id.",
            ),
        ),
        script="delete_volume",
        values={"volume": which, "reviewed_size": str(facts.size_gb)},
    )


KIND: Final = Kind(
    name="delete_volume",
    facts=DeleteVolume,
    write=write,
    risk="medium",
    identity="volume_id",
    resource_type="aws_ebs_volume",
    answers=("ebs_unattached",),
    ask={
        "size_gb": "aws ec2 describe-volumes --volume-ids {volume_id} "
        "--query 'Volumes[0].Size'"
    },
)
