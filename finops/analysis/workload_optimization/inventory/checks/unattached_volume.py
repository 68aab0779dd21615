"""Is a disk paid for that no machine uses?"""

from __future__ import annotations

from finops.analysis.workload_optimization.inventory import disks, metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Volume


def find(volume: Volume, sight: Sight) -> Finding | None:
    """A volume that was attached to nothing for as long as is looked back."""
    if volume.instance_id:
        return None
    if sight.measured(volume, metrics.EBS_IDLE_TIME).values:
        return None
    return Finding(
        title=f"Delete {volume.id} ({disks.words(volume)}), attached to nothing",
        saving=sight.cost(*disks.terms(volume)),
        seen={
            "Volume": disks.words(volume),
            "Attached": "to nothing; no measurements in 14 days",
            "Before deleting": "take a snapshot",
        },
        facts=disks.facts(volume),
    )


UNATTACHED_VOLUME = Check(
    kind="ebs_unattached",
    name="Unattached volumes",
    action="Delete",
    risk="medium",
    effort="quick_win",
    service=disks.SERVICE,
    rule="A volume that no instance has had attached for 14 days.",
    looks_at=Volume,
    needs=("ec2:DescribeVolumes", "cloudwatch:GetMetricData"),
    find=find,
)
