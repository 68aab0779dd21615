"""Which snapshots are kept ready to be restored at full speed?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    entire_cost,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each snapshot with fast restore switched on."""
    for line in usage.lines(CHECK.meters):
        yield entire_cost(
            line,
            usage,
            title=f"Switch off fast restore of {the(line, 'snapshot')}",
            bill="for fast restore, by the hour in each zone",
            facts={"snapshot_id": own_id(line)},
        )


CHECK: Final = Check(
    kind="fast_snapshot_restore",
    name="Fast snapshot restore",
    action="Configure",
    risk="low",
    effort="quick_win",
    rule="Fast restore of a snapshot is switched on, at about $540 a month in each zone",
    service="Amazon Elastic Compute Cloud",
    meters=r"EBS:FastSnapshotRestore",
    find=find,
)
