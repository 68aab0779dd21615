"""Does a machine run that does nothing?"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Saving,
    Sight,
)
from finops.analysis.workload_optimization.inventory.disks import SERVICE
from finops.analysis.workload_optimization.inventory.resources import Instance
from finops.analysis.workload_optimization.public_prices import HOURS

IDLE_CPU: Final = 5.0
"""Percent, on the busiest day's average."""

QUIET: Final = 5.0
"""MiB that come in and go out on the busiest day."""

MIB: Final = 1024**2

COMMITTED: Final = "; less where a savings plan or a reservation pays for it"


def idle(instance: Instance, sight: Sight) -> bool:
    """Whether `instance` neither computed nor talked on any day."""
    return (
        sight.measured(instance, metrics.EC2_CPU).highest < IDLE_CPU
        and _traffic(instance, sight) < QUIET
    )


def hours(instance: Instance, sight: Sight, of: str = "") -> Saving:
    """What `instance` costs a month, or how much less one of type `of` does."""
    if not instance.on_demand:
        why = "It is no Linux machine on demand; what it costs is not known"
        return Saving(None, why, "")
    before = (HOURS, f"{instance.type} hour")
    saving = sight.cost(before, (-HOURS, f"{of} hour")) if of else sight.cost(before)
    return replace(
        saving, origin=f"{saving.origin}{COMMITTED}" if saving.origin else ""
    )


def find(instance: Instance, sight: Sight) -> Finding | None:
    """A running machine under 5 % of CPU and 5 MiB of traffic on every day."""
    if instance.state != "running" or not idle(instance, sight):
        return None
    cpu = sight.measured(instance, metrics.EC2_CPU)
    return Finding(
        title=f"Stop {instance.id} ({instance.type}), which is idle",
        saving=hours(instance, sight),
        seen={
            "CPU, busiest day's average": f"{cpu.highest:.1f} %",
            "Traffic, busiest day": f"{_traffic(instance, sight):.1f} MiB",
            "Not saved": "its volumes and addresses, which are paid for on",
        },
        facts={"instance_id": instance.id, "current_type": instance.type},
    )


def _traffic(instance: Instance, sight: Sight) -> float:
    both = (metrics.EC2_NETWORK_IN, metrics.EC2_NETWORK_OUT)
    return sum(sight.measured(instance, metric).highest for metric in both) / MIB


IDLE_INSTANCE = Check(
    kind="ec2_idle",
    name="Idle instances",
    action="Stop",
    risk="high",
    effort="moderate",
    service=SERVICE,
    rule="An instance under 5 % CPU and 5 MiB of traffic on each of 14 days.",
    looks_at=Instance,
    needs=("ec2:DescribeInstances", "cloudwatch:GetMetricData"),
    find=find,
)
