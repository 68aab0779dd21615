"""Which databases would run on Graviton for less?"""

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
from finops.analysis.workload_optimization.list_prices import RDS_SUCCESSORS, origin
from finops.analysis.workload_optimization.usage import Usage
from finops.analysis.workload_optimization.usage_types import InstanceType

ON_GRAVITON: Final = {
    "CreateDBInstance:0002": "MySQL",
    "CreateDBInstance:0014": "PostgreSQL",
    "CreateDBInstance:0016": "Aurora MySQL",
    "CreateDBInstance:0018": "MariaDB",
    "CreateDBInstance:0021": "Aurora PostgreSQL",
}
"""The engines that run on Graviton, by the operation that AWS bills."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each database of an older generation, or on x86, paid for by the hour."""
    for line in usage.lines(CHECK.meters):
        old = InstanceType.within(line.meter)
        engine = ON_GRAVITON.get(line.operation or "")
        if old is None or line.committed or engine is None:
            continue
        new = RDS_SUCCESSORS.get(old.family)
        if new is None or old.size not in new.sizes:
            continue
        target = f"db.{new.family}.{old.size}"
        paid = formats.money(line.monthly, usage.currency)
        yield Finding(
            line=line,
            title=f"Move {the(line, 'database')} from {old} to {target}",
            savings=line.monthly * (1 - new.ratio),
            bill=f"{paid} a month for {old} with {engine}, on demand",
            formula=f"{paid} x (1 - {new.ratio:.3f}), which is what {target} costs of {old}",
            price=f"{origin()}, of MySQL",
            facts={
                "db_identifier": own_id(line),
                "current_class": str(old),
                "target_class": target,
                "engine": engine,
            },
        )


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
