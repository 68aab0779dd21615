"""Which snapshots are older than anybody should need?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each snapshot that was there 90 days before the end of the period."""
    for line in usage.lines(CHECK.meters):
        if line.resource_id in (usage.seen_before or ()):
            yield Finding(
                line=line,
                title=f"Delete {the(line, 'old snapshot')}",
                savings=line.monthly,
                bill=f"{formats.money(line.monthly, usage.currency)} a month, and charged "
                "90 days before the end of the period already",
                formula="What is paid; at most, since a snapshot holds data that "
                "later ones of the same volume may need",
                facts={"snapshot_id": own_id(line)},
            )


CHECK: Final = Check(
    kind="ebs_old_snapshot",
    name="Old snapshots",
    action="Delete",
    risk="medium",
    effort="quick_win",
    rule="A snapshot is 90 days old or older",
    service="Amazon Elastic Compute Cloud",
    meters=r"EBS:SnapshotUsage",
    find=find,
    needs=(USAGE_TYPE, "ResourceId"),
)
