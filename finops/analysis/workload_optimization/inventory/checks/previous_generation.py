"""Is a machine of an old make paid more than today's of the same size?"""

from __future__ import annotations

from datetime import timedelta

from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.checks.idle_instance import hours
from finops.analysis.workload_optimization.inventory.disks import SERVICE
from finops.analysis.workload_optimization.inventory.resources import Instance
from finops.analysis.workload_optimization.list_prices import EC2_SUCCESSORS


def find(instance: Instance, sight: Sight) -> Finding | None:
    """A running machine that has a newer one of its size."""
    family, _, size = instance.type.rpartition(".")
    successor = EC2_SUCCESSORS.get(family)
    if instance.state != "running" or successor is None or size not in successor.sizes:
        return None
    target = f"{successor.family}.{size}"
    return Finding(
        title=f"Move {instance.id} from {instance.type} to {target}",
        saving=hours(instance, sight, target),
        seen={
            "Now": f"{instance.type}, an earlier generation",
            "Mind": "the image needs drivers for NVMe and the newer network card",
        },
        facts={
            "instance_id": instance.id,
            "current_type": instance.type,
            "target_type": target,
        },
    )


PREVIOUS_GENERATION = Check(
    kind="ec2_previous_generation",
    name="Machines of an old generation",
    action="Upgrade",
    risk="medium",
    effort="moderate",
    service=SERVICE,
    rule="A running instance whose family has a newer one of the same architecture.",
    looks_at=Instance,
    needs=("ec2:DescribeInstances",),
    find=find,
    look_back=timedelta(days=7),
)
