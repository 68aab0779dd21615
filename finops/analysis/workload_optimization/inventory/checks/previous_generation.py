"""Is a machine of an old make paid more than today's of the same size?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.checks.idle_instance import hours
from finops.analysis.workload_optimization.inventory.disks import SERVICE
from finops.analysis.workload_optimization.inventory.resources import Instance

SUCCESSORS: Final[Mapping[str, str]] = {
    "t2": "t3",
    "m3": "m5",
    "m4": "m5",
    "c3": "c5",
    "c4": "c5",
    "r3": "r5",
    "r4": "r5",
}
"""Old families, and the newer ones of the same make and architecture."""

NOT_MADE: Final = frozenset({"m5.medium", "m5.10xlarge", "c5.8xlarge"})
"""Sizes that the old family has and the newer one lacks."""


def find(instance: Instance, sight: Sight) -> Finding | None:
    """A running machine that has a newer one of its size."""
    family, _, size = instance.type.rpartition(".")
    target = f"{SUCCESSORS.get(family, '')}.{size}"
    if instance.state != "running" or family not in SUCCESSORS or target in NOT_MADE:
        return None
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
    name="Instance of an earlier generation",
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
