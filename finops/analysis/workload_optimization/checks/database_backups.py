"""What is paid for database backups beyond the free ones?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    at_most,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage

NOTABLE: Final = 1.0


def find(usage: Usage) -> Iterator[Finding]:
    """Each database whose backups are larger than itself."""
    for line in usage.lines(CHECK.meters):
        if line.monthly >= NOTABLE:
            yield at_most(
                line,
                usage,
                title=f"Keep fewer backups of {the(line, 'database')}",
                bill="for backups beyond the size of the database, which are free",
                why="it depends on how long backups must be kept",
                facts={"db_identifier": own_id(line)},
            )


CHECK: Final = Check(
    kind="rds_backups",
    name="Database backups",
    action="Configure",
    risk="medium",
    effort="quick_win",
    rule="Backups beyond the free allocation cost 1 a month or more",
    service="Amazon Relational Database Service",
    meters=r"(RDS|Aurora):(ChargedBackupUsage|BackupUsage)",
    find=find,
    part="backups",
)
