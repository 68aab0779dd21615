"""Does a database pay extra for an engine that is past its time?

AWS charges for each virtual processor from the day after standard support
ends, and twice as much in the third year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory import databases
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Database
from finops.analysis.workload_optimization.public_prices import HOURS

CHARGED_FROM: Final[Mapping[tuple[str, str], tuple[date, date]]] = {
    ("mysql", "5.7"): (date(2024, 3, 1), date(2026, 3, 1)),
    ("mysql", "8.0"): (date(2026, 8, 1), date(2028, 8, 1)),
    ("postgres", "11"): (date(2024, 4, 1), date(2026, 4, 1)),
    ("postgres", "12"): (date(2025, 3, 1), date(2027, 3, 1)),
    ("postgres", "13"): (date(2026, 3, 1), date(2028, 3, 1)),
    ("postgres", "14"): (date(2027, 3, 1), date(2029, 3, 1)),
}
"""When AWS begins to charge for an engine's version, and when it doubles."""

VCPU_HOUR: Final = "RDS extended support vCPU-hour"


def find(database: Database, sight: Sight) -> Finding | None:
    """A database whose version AWS supports for extra money only."""
    charged = CHARGED_FROM.get((database.engine, _major(database)))
    today = sight.now.date()
    if charged is None or today < charged[0] or not database.extended_support:
        return None
    vcpus = databases.vcpus(database.type)
    if vcpus is None:
        return None
    third_year = today >= charged[1]
    what = f"{VCPU_HOUR}, third year" if third_year else VCPU_HOUR
    return Finding(
        title=f"Upgrade {database.id} from {database.engine} {database.version}",
        saving=sight.cost((HOURS * vcpus * databases.zones(database), what)),
        seen={
            "Database": databases.words(database),
            "Charged since": formats.day(charged[0]),
            "Virtual processors": f"{vcpus} in each of two zones"
            if database.multi_az
            else f"{vcpus}",
        },
        facts={
            "db_instance": database.id,
            "engine": database.engine,
            "engine_version": database.version,
        },
    )


def _major(database: Database) -> str:
    """`5.7` of MySQL 5.7.44, `11` of PostgreSQL 11.22."""
    parts = database.version.split(".")
    return ".".join(parts[:2]) if database.engine == "mysql" else parts[0]


EXTENDED_SUPPORT = Check(
    kind="extended_support",
    name="Extended support",
    action="Upgrade",
    risk="medium",
    effort="project",
    service=databases.SERVICE,
    rule="A database whose engine version is past the end of standard support.",
    looks_at=Database,
    needs=("rds:DescribeDBInstances",),
    find=find,
    look_back=timedelta(days=7),
    part="support",
)
