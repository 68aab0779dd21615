"""Would an io1 or io2 disk be cheaper as gp3, at the speed that is paid for?"""

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

MOST_THROUGHPUT: Final = 500
"""MiB a second that an io1 volume moves with up to 32,000 IOPS."""

MIB_PER_OPERATION: Final = 0.25


def find(volume: Volume, sight: Sight) -> Finding | None:
    """A provisioned volume whose speed gp3 has as well."""
    if volume.type not in ("io1", "io2") or not volume.iops:
        return None
    if volume.iops > disks.GP3_MOST_IOPS:
        return None
    iops = max(INCLUDED_IOPS, volume.iops)
    reached = int(min(MOST_THROUGHPUT, volume.iops * MIB_PER_OPERATION))
    throughput = max(INCLUDED_THROUGHPUT, reached)
    after = disks.gp3_terms(volume.size_gb, iops=iops, throughput=throughput)
    saving = sight.cost(*disks.instead(disks.terms(volume), after))
    if saving.amount is not None and saving.amount <= 0:
        return None
    return Finding(
        title=f"Move {volume.id} ({volume.size_gb:,} GB) from {volume.type} to gp3",
        saving=saving,
        seen={
            "Volume": f"{disks.words(volume)}, {volume.iops:,} IOPS",
            "As gp3": f"{iops:,} IOPS and {throughput:,} MiB/s",
            "Mind": "gp3 is delivered within 10 % for 99 % of the time, io2 for "
            "99.9 %; latency is less even",
        },
        facts={
            **disks.facts(volume),
            "target_type": "gp3",
            "iops": iops,
            "throughput": throughput,
        },
    )


IO_VOLUME = Check(
    kind="ebs_io1",
    name="io1 and io2 volumes",
    action="Upgrade",
    risk="medium",
    effort="quick_win",
    service=disks.SERVICE,
    rule="An io1 or io2 volume of up to 16,000 IOPS, which gp3 does for less.",
    looks_at=Volume,
    needs=("ec2:DescribeVolumes",),
    find=find,
    look_back=timedelta(days=7),
)
