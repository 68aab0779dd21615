"""Which databases would run on Graviton for less?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import USAGE_TYPE, Check, Finding
from finops.analysis.workload_optimization.graviton import on_graviton
from finops.analysis.workload_optimization.list_prices import RDS_SUCCESSORS, origin
from finops.analysis.workload_optimization.usage import Usage

ON_GRAVITON: Final = frozenset(
    {
        "CreateDBInstance:0002",  # MySQL
        "CreateDBInstance:0014",  # PostgreSQL
        "CreateDBInstance:0016",  # Aurora MySQL
        "CreateDBInstance:0018",  # MariaDB
        "CreateDBInstance:0021",  # Aurora PostgreSQL
    }
)
"""The engines that run on Graviton, by the operation that AWS bills."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each database of an older generation, or on x86, paid for by the hour."""
    for line in usage.lines(CHECK.meters):
        if line.operation not in ON_GRAVITON:
            continue
        found = on_graviton(
            line,
            usage,
            RDS_SUCCESSORS,
            noun="database",
            facts=("db_identifier", "current_class", "target_class"),
            price=f"{origin()}, of MySQL",
        )
        if found:
            yield found


CHECK: Final = Check(
    kind="rds_graviton",
    name="Databases not on Graviton",
    action="MigrateToGraviton",
    risk="medium",
    effort="moderate",
    rule="A database whose engine runs on Graviton is paid on demand on t2, t3, m3 to m5, "
    "or r3 to r5",
    service="Amazon Relational Database Service",
    meters=r"(InstanceUsage|Multi-AZUsage):db\..+",
    find=find,
    needs=(USAGE_TYPE, "x_Operation"),
    part="instance",
)
