"""Would a gp2 disk be cheaper as gp3, at the speed that it has?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from finops.analysis.workload_optimization.inventory import disks
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
from finops.analysis.workload_optimization.public_prices import PUBLIC_PRICES

IOPS_PER_GB: Final = 3

FAST_GB: Final = 170
"""Up to this size gp2 moves 128 MiB a second; a larger one reaches 250."""

FAST_THROUGHPUT: Final = 250


def find(volume: Volume, sight: Sight) -> Finding | None:
    """A gp2 volume that costs less as gp3 with no less IOPS and throughput."""
    if volume.type != "gp2":
        return None
    iops = max(INCLUDED_IOPS, volume.iops or IOPS_PER_GB * volume.size_gb)
    fast = volume.size_gb > FAST_GB
    throughput = FAST_THROUGHPUT if fast else INCLUDED_THROUGHPUT
    after = disks.gp3_terms(volume.size_gb, iops=iops, throughput=throughput)
    change = disks.instead(disks.terms(volume), after)
    # The public prices have the same proportions in all regions.
    if sum(count * PUBLIC_PRICES[what] for count, what in change) <= 0:
        return None
    return Finding(
        title=f"Move {volume.id} ({volume.size_gb:,} GB) from gp2 to gp3",
        saving=sight.cost(*change),
        seen={
            "Volume": disks.words(volume),
            "As gp3": f"{iops:,} IOPS and {throughput:,} MiB/s, no less than today",
        },
        facts={
            **disks.facts(volume),
            "target_type": "gp3",
            "iops": iops,
            "throughput": throughput,
        },
    )


GP2_VOLUME = Check(
    kind="ebs_gp3",
    name="gp2 volumes",
    action="Upgrade",
    risk="low",
    effort="quick_win",
    service=disks.SERVICE,
    rule="A gp2 volume that costs less as gp3, at the IOPS and throughput it has.",
    looks_at=Volume,
    needs=("ec2:DescribeVolumes",),
    find=find,
    look_back=timedelta(days=7),
)
