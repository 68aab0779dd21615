"""Is speed paid for that a gp3 disk never reaches?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory import disks, metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import (
    INCLUDED_IOPS,
    INCLUDED_THROUGHPUT,
    Volume,
)

HEADROOM: Final = 1.3
"""What is kept above the busiest five minutes."""

MIB: Final = 1024**2


def find(volume: Volume, sight: Sight) -> Finding | None:
    """A gp3 volume whose busiest five minutes need less than what is paid for."""
    if not volume.extra or volume.instance_id is None:
        return None
    peak_iops = _peak(volume, sight, metrics.EBS_READS, metrics.EBS_WRITES)
    moved = _peak(volume, sight, metrics.EBS_BYTES_READ, metrics.EBS_BYTES_WRITTEN)
    peak_throughput = moved / MIB
    iops = max(INCLUDED_IOPS, round(peak_iops * HEADROOM))
    throughput = max(INCLUDED_THROUGHPUT, round(peak_throughput * HEADROOM))
    paid_iops = volume.iops or INCLUDED_IOPS
    paid_throughput = volume.throughput or INCLUDED_THROUGHPUT
    iops, throughput = min(iops, paid_iops), min(throughput, paid_throughput)
    if (iops, throughput) == (paid_iops, paid_throughput):
        return None
    after = disks.gp3_terms(volume.size_gb, iops=iops, throughput=throughput)
    before = disks.terms(volume)
    return Finding(
        title=f"Set {volume.id} to {iops:,} IOPS and {throughput:,} MiB/s",
        saving=sight.cost(*disks.instead(before[1:], after[1:])),
        seen={
            "Paid for": f"{paid_iops:,} IOPS and {paid_throughput:,} MiB/s",
            "Busiest five minutes": f"{peak_iops:,.0f} IOPS and "
            f"{peak_throughput:,.1f} MiB/s in 14 days",
            "Kept above it": "30 %",
        },
        facts={
            **disks.facts(volume),
            "target_iops": iops,
            "target_throughput": throughput,
        },
    )


def _peak(
    volume: Volume, sight: Sight, first: metrics.Metric, second: metrics.Metric
) -> float:
    """The most of both together in a second; at worst they peak at once."""
    readings = (sight.measured(volume, metric) for metric in (first, second))
    return sum(reading.highest for reading in readings) / metrics.FIVE_MINUTES


OVERSIZED_GP3 = Check(
    kind="ebs_gp3_oversized",
    name="gp3 volumes faster than needed",
    action="Rightsize",
    risk="medium",
    effort="quick_win",
    service=disks.SERVICE,
    rule="A gp3 volume above 3,000 IOPS or 125 MiB/s that used less for 14 days.",
    looks_at=Volume,
    needs=("ec2:DescribeVolumes", "cloudwatch:GetMetricData"),
    find=find,
)
