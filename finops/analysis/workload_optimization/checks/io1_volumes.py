"""Are there io1 volumes that need no more IOPS than gp3 has?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.checks.gp2_volumes import (
    FREE_IOPS,
    MOST_IOPS,
)
from finops.analysis.workload_optimization.findings import Check, Finding, the
from finops.analysis.workload_optimization.list_prices import origin, price
from finops.analysis.workload_optimization.usage import Usage

IOPS_METERS: Final = r"EBS:VolumeP-IOPS\.(piops|io1)"


def find(usage: Usage) -> Iterator[Finding]:
    """Each io1 volume within the reach of gp3."""
    provisioned = usage.units(IOPS_METERS, "io1 IOPS-month")
    iops_cost = usage.monthly(IOPS_METERS)
    for line in usage.lines(CHECK.meters):
        iops = round(provisioned.get(line.place, 0.0))
        if line.resource_id is None or iops > MOST_IOPS:
            continue
        size = line.units("io1 GB-month")
        paid = line.monthly + iops_cost.get(line.place, 0.0)
        old = size * price("io1 GB-month") + iops * price("io1 IOPS-month")
        extra = max(0, iops - FREE_IOPS)
        new = size * price("gp3 GB-month") + extra * price("gp3 IOPS-month")
        yield Finding(
            line=line,
            title=f"Move {the(line, 'volume')} from io1 to gp3",
            savings=paid * (1 - new / old),
            bill=f"{formats.money(paid, usage.currency)} a month for {size:,.0f} GB of "
            f"io1 and {iops:,.0f} provisioned IOPS",
            formula=f"What is paid x (1 - gp3 / io1), with io1 = {size:,.0f} GB x $0.125 "
            f"+ {iops:,.0f} IOPS x $0.065 and gp3 = {size:,.0f} GB x $0.08 + "
            f"{extra:,.0f} IOPS x $0.005",
            price=origin(),
            facts={
                "volume_id": line.resource_id,
                "current_type": "io1",
                "target_type": "gp3",
                "size_gb": f"{size:.0f}",
                "iops": f"{max(iops, FREE_IOPS):.0f}",
            },
        )


CHECK: Final = Check(
    kind="ebs_io1",
    name="io1 volumes",
    action="Upgrade",
    risk="medium",
    effort="quick_win",
    rule="A volume is billed as io1 with at most 16,000 IOPS, which gp3 has as well",
    service="Amazon Elastic Compute Cloud",
    meters=r"EBS:VolumeUsage\.(piops|io1)",
    beside=IOPS_METERS,
    find=find,
)
