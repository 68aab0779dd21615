"""Would a smaller database do?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory import databases, metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.checks.idle_database import idle
from finops.analysis.workload_optimization.inventory.resources import Database
from finops.analysis.workload_optimization.machine_prices import smaller

BUSY_CPU: Final = 40.0
"""Percent in the busiest minutes: on half the machine, that is 80."""


def find(database: Database, sight: Sight) -> Finding | None:
    """A database whose busiest minutes would fit into the next smaller class."""
    target = smaller(database.type)
    if database.status != "available" or target is None:
        return None
    peak = sight.measured(database, metrics.RDS_CPU_PEAK).highest
    if peak >= BUSY_CPU or idle(database, sight):
        return None
    hours, what = databases.hours(database, target)
    return Finding(
        title=f"Change the database {database.id} from {database.type} to {target}",
        saving=sight.cost(databases.hours(database), (-hours, what)),
        seen={
            "Database": databases.words(database),
            "CPU, busiest minutes": f"{peak:.1f} % in 14 days",
            "On the smaller class": f"about {2 * peak:.0f} %",
            "Mind": "the smaller class has half the memory: look at FreeableMemory",
        },
        facts={
            "db_instance": database.id,
            "current_class": database.type,
            "target_class": target,
        },
    )


OVERSIZED_DATABASE = Check(
    kind="rds_rightsize",
    name="Oversized databases",
    action="Rightsize",
    risk="medium",
    effort="moderate",
    service=databases.SERVICE,
    rule="A database that stayed under 40 % CPU in its busiest minutes of 14 days.",
    looks_at=Database,
    needs=("rds:DescribeDBInstances", "cloudwatch:GetMetricData"),
    find=find,
    part="instance",
)
