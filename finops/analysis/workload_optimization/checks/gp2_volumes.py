"""Are there volumes of type gp2? gp3 does the same for less."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import Check, Finding, the
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.list_prices import origin, price
from finops.analysis.workload_optimization.usage import Usage

FREE_IOPS: Final = 3000
FREE_THROUGHPUT: Final = 125
"""What gp3 includes: IOPS, and MiB/s."""

IOPS_PER_GB: Final = 3
MOST_IOPS: Final = 16_000
FAST_FROM: Final = 334
FAST_THROUGHPUT: Final = 250
"""What gp2 gives: 3 IOPS a GB, and 250 MiB/s from 334 GB on."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each gp2 volume that gp3 would replace at no loss of performance."""
    for line in usage.lines(CHECK.meters):
        size = round(line.units("gp2 GB-month"), 1)
        iops, throughput = _performance(line, size)
        extra = (iops - FREE_IOPS) * price("gp3 IOPS-month")
        extra += (throughput - FREE_THROUGHPUT) * price("gp3 MiB/s-month")
        old, new = size * price("gp2 GB-month"), size * price("gp3 GB-month") + extra
        yield Finding(
            line=line,
            title=f"Move {the(line, 'volume')} from gp2 to gp3",
            savings=line.monthly * (1 - new / old),
            bill=f"{formats.money(line.monthly, usage.currency)} a month for "
            f"{size:,.0f} GB of gp2",
            formula=f"What is paid x (1 - gp3 / gp2), with gp2 = {size:,.0f} GB x $0.10 "
            f"and gp3 = {size:,.0f} GB x $0.08 + {iops - FREE_IOPS:,.0f} IOPS x $0.005 "
            f"+ {throughput - FREE_THROUGHPUT:,.0f} MiB/s x $0.04, to keep what gp2 always gives",
            price=origin(),
            facts={
                "volume_id": line.resource_id,
                "current_type": "gp2",
                "target_type": "gp3",
                "size_gb": f"{size:.0f}" if line.resource_id else None,
                "iops": f"{iops:.0f}" if line.resource_id else None,
                "throughput": f"{throughput:.0f}" if line.resource_id else None,
            },
        )


def _performance(line: Line, size: float) -> tuple[float, float]:
    """The IOPS and MiB/s to keep; gp3's own where the volumes are not told apart."""
    if line.resource_id is None:
        return FREE_IOPS, FREE_THROUGHPUT
    iops = min(max(size * IOPS_PER_GB, FREE_IOPS), MOST_IOPS)
    return round(iops), FAST_THROUGHPUT if size >= FAST_FROM else FREE_THROUGHPUT


CHECK: Final = Check(
    kind="ebs_gp3",
    name="gp2 volumes",
    action="Upgrade",
    risk="low",
    effort="quick_win",
    rule="A volume is billed as gp2",
    service="Amazon Elastic Compute Cloud",
    meters=r"EBS:VolumeUsage\.gp2",
    find=find,
)
