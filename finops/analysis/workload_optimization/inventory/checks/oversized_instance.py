"""Would a smaller machine do?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.checks.idle_instance import (
    hours,
    idle,
)
from finops.analysis.workload_optimization.inventory.disks import SERVICE
from finops.analysis.workload_optimization.inventory.resources import Instance
from finops.analysis.workload_optimization.machine_prices import smaller

BUSY_CPU: Final = 40.0
"""Percent in the busiest minutes: on half the machine, that is 80."""


def find(instance: Instance, sight: Sight) -> Finding | None:
    """A machine whose busiest minutes would fit into the next smaller size."""
    target = smaller(instance.type)
    if instance.state != "running" or target is None:
        return None
    peak = sight.measured(instance, metrics.EC2_CPU_PEAK).highest
    if peak >= BUSY_CPU or idle(instance, sight):
        return None
    return Finding(
        title=f"Change {instance.id} from {instance.type} to {target}",
        saving=hours(instance, sight, target),
        seen={
            "CPU, busiest minutes": f"{peak:.1f} % in 14 days",
            "On the smaller size": f"about {2 * peak:.0f} %",
            "Memory": "not measured by CloudWatch; the smaller size has half of it",
        },
        facts={
            "instance_id": instance.id,
            "current_type": instance.type,
            "target_type": target,
        },
    )


OVERSIZED_INSTANCE = Check(
    kind="ec2_rightsize",
    name="Oversized instances",
    action="Rightsize",
    risk="medium",
    effort="moderate",
    service=SERVICE,
    rule="An instance that stayed under 40 % CPU in its busiest minutes of 14 days.",
    looks_at=Instance,
    needs=("ec2:DescribeInstances", "cloudwatch:GetMetricData"),
    find=find,
)
