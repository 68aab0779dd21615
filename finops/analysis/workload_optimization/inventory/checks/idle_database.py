"""Is a database paid for to which nobody connects?"""

from __future__ import annotations

from finops.analysis.workload_optimization.inventory import databases, metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Database


def idle(database: Database, sight: Sight) -> bool:
    """Whether nobody was connected at any time."""
    return sight.measured(database, metrics.RDS_CONNECTIONS).highest == 0


def find(database: Database, sight: Sight) -> Finding | None:
    """A database that runs, and had no connection in 14 days."""
    if database.status != "available" or not idle(database, sight):
        return None
    terms = [databases.hours(database)]
    if not database.cluster:
        terms.append(databases.storage(database))
    return Finding(
        title=f"Delete the database {database.id}, to which nobody connects",
        saving=sight.cost(*terms),
        seen={
            "Database": databases.words(database),
            "Connections in 14 days": "none",
            "Before deleting": "take a final snapshot, which is paid for by its size",
        },
        facts={
            "db_instance": database.id,
            "current_class": database.type,
            "engine": database.engine,
        },
    )


IDLE_DATABASE = Check(
    kind="rds_idle",
    name="Idle databases",
    action="Delete",
    risk="high",
    effort="moderate",
    service=databases.SERVICE,
    rule="A running database to which nobody was connected for 14 days.",
    looks_at=Database,
    needs=("rds:DescribeDBInstances", "cloudwatch:GetMetricData"),
    find=find,
)
