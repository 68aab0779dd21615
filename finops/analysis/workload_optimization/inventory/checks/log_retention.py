"""Are logs kept for ever?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import LogGroup

KEPT_DAYS: Final = 90

WORTH_A_RULE: Final = 1.0
"""GB; below it a rule saves next to nothing."""


def find(group: LogGroup, sight: Sight) -> Finding | None:
    """A log group that deletes nothing, and holds more than 90 days of logs."""
    if group.retention_days or group.created is None:
        return None
    if group.stored_gb < WORTH_A_RULE:
        return None
    days = sight.age(group.created).days
    older = group.stored_gb * max(0.0, 1 - KEPT_DAYS / days)
    return Finding(
        title=f"Keep the logs of {group.name} for {KEPT_DAYS} days",
        saving=sight.cost((older, "log storage GB-month")),
        seen={
            "Stored": f"{group.stored_gb:,.1f} GB in {days:,} days",
            f"Older than {KEPT_DAYS} days": f"about {older:,.1f} GB, if it grew evenly",
            "Mind": "rules for keeping records may ask for longer",
        },
        facts={"log_group": group.name, "retention_days": KEPT_DAYS},
    )


LOG_RETENTION = Check(
    kind="log_retention",
    name="Logs kept for ever",
    action="Configure",
    risk="medium",
    effort="quick_win",
    service="AmazonCloudWatch",
    rule="A log group of over 90 days and over 1 GB that never deletes anything.",
    looks_at=LogGroup,
    needs=("logs:DescribeLogGroups",),
    find=find,
    look_back=timedelta(days=KEPT_DAYS),
)
