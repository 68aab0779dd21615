"""What a database is paid for, term by term."""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory.resources import Database
from finops.analysis.workload_optimization.machine_prices import SIZES
from finops.analysis.workload_optimization.public_prices import HOURS

SERVICE: Final = "Amazon Relational Database Service"

Term = tuple[float, str]


def hours(database: Database, machine: str = "") -> Term:
    """A month of the machine, and of its standby if it has one."""
    what = f"{database.engine} {machine or database.type} hour"
    return HOURS * zones(database), what


def storage(database: Database) -> Term:
    """A month of the storage, in each zone."""
    what = f"RDS {database.storage_type} GB-month"
    return float(database.size_gb * zones(database)), what


def zones(database: Database) -> int:
    """In how many zones the same is paid for."""
    return 2 if database.multi_az else 1


def vcpus(machine: str) -> int | None:
    """How many virtual processors `db.m5.xlarge` has; None if that is not known."""
    family, _, size = machine.rpartition(".")
    if size not in SIZES:
        return None
    if family in ("db.t2", "db.m3") and SIZES[size] < 1 and size != "medium":
        return 1
    if machine == "db.m3.medium":
        return 1
    return max(2, int(2 * SIZES[size]))


def words(database: Database) -> str:
    """What it is: `db.m5.large, mysql 8.0.35, in two zones`."""
    where = ", in two zones" if database.multi_az else ""
    return f"{database.type}, {database.engine} {database.version}{where}"
