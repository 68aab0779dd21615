"""Is a disk paid for whose machine has been off for long?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory import disks
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Instance, Volume

LONG: Final = timedelta(days=30)


def find(volume: Volume, sight: Sight) -> Finding | None:
    """A volume of a machine that was stopped 30 days ago or before."""
    machines = {one.id: one for one in sight.of(Instance) if one.state == "stopped"}
    machine = machines.get(volume.instance_id or "")
    if machine is None or machine.stopped is None:
        return None
    if sight.age(machine.stopped) < LONG:
        return None
    return Finding(
        title=f"Delete {volume.id} ({disks.words(volume)}) of {machine.id}, "
        "stopped for long",
        saving=sight.cost(*disks.terms(volume)),
        seen={
            "Volume": disks.words(volume),
            "Its instance": f"{machine.id}, stopped since "
            f"{formats.day(machine.stopped.date())}",
            "Before deleting": "take a snapshot, which is cheaper to keep",
        },
        facts={**disks.facts(volume), "instance_id": machine.id},
    )


VOLUME_OF_STOPPED = Check(
    kind="ebs_stopped_instance",
    name="Volumes of stopped instances",
    action="Delete",
    risk="medium",
    effort="moderate",
    service=disks.SERVICE,
    rule="A volume whose instance was stopped at least 30 days ago.",
    looks_at=Volume,
    needs=("ec2:DescribeVolumes", "ec2:DescribeInstances"),
    find=find,
    look_back=LONG,
)
