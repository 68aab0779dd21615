"""Is a copy of a disk kept that nobody will need?"""

from __future__ import annotations

from datetime import timedelta

from finops import formats
from finops.analysis.workload_optimization.inventory import disks
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Saving,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Snapshot
from finops.analysis.workload_optimization.ownership import owners


def find(snapshot: Snapshot, sight: Sight) -> Finding | None:
    """A snapshot of 90 days that no image needs and no plan will delete."""
    if snapshot.image_id or snapshot.created is None or owners(snapshot.tags):
        return None
    saving = sight.cost((snapshot.size_gb, "snapshot GB-month"))
    if not snapshot.only_copy:
        saving = _at_most(saving)
    return Finding(
        title=f"Delete {snapshot.id}, of {formats.day(snapshot.created.date())}",
        saving=saving,
        seen={
            "Snapshot": f"of {snapshot.size_gb:,.0f} GB at most, "
            f"from {formats.day(snapshot.created.date())}",
            "Images made of it": "none in this account",
        },
        facts={"snapshot_id": snapshot.id, "volume_id": snapshot.volume_id or ""},
    )


def _at_most(saving: Saving) -> Saving:
    """No estimate: a later copy shares what has not changed since."""
    formula = f"At most {saving.formula}; it shares blocks with other snapshots"
    return Saving(None, formula, saving.origin)


OLD_SNAPSHOT = Check(
    kind="ebs_old_snapshot",
    name="Old snapshots",
    action="Delete",
    risk="medium",
    effort="quick_win",
    service=disks.SERVICE,
    rule="A snapshot older than 90 days that no image and no backup plan needs.",
    looks_at=Snapshot,
    needs=("ec2:DescribeSnapshots", "ec2:DescribeImages"),
    find=find,
    look_back=timedelta(days=90),
)
