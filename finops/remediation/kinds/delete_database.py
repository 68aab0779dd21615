"""Deletes a database that nobody connects to, with a final snapshot."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import DatabaseName, Facts
from finops.remediation.kinds.kind import Kind


class DeleteDatabase(Facts):
    """Which database."""

    db_identifier: DatabaseName


def write(facts: DeleteDatabase) -> Runbook:
    """Looks again, and deletes it with a final snapshot."""
    which = facts.db_identifier
    return Runbook(
        procedure=Procedure(
            title=f"Delete RDS database {which}, with a final snapshot",
            action_class="delete",
            effect=(
                "The database goes, its final snapshot stays. The script stops if it "
                "is protected, or has read replicas."
            ),
            before=(
                "Nobody has connected for weeks: the metric `DatabaseConnections`.",
                "No job connects once a month or once a quarter.",
                "A day before, stop it: whoever misses it will say so. AWS starts a "
                "stopped database again after 7 days.",
            ),
            after=(
                "`aws rds describe-db-snapshots --snapshot-type manual` lists the "
                "final snapshot as `available`.",
            ),
            way_back=(
                "The script prints the command that restores the snapshot under the "
                "same name; it takes from minutes to hours.",
            ),
        ),
        script="delete_database",
        values={"database": which},
    )


KIND: Final = Kind(
    name="delete_database",
    facts=DeleteDatabase,
    write=write,
    risk="high",
    identity="db_identifier",
    resource_type="aws_db_instance",
    answers=("rds_idle",),
)
