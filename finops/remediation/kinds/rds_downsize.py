"""Another class for an RDS database."""

from __future__ import annotations

from typing import Final, Self

from pydantic import model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import DatabaseClass, DatabaseName, Facts
from finops.remediation.hcl import Block
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import guarded, imported, still

BEFORE: Final = "data.aws_db_instance.before"


class RdsDownsize(Facts):
    """Which database, from what class to what class."""

    db_identifier: DatabaseName
    current_class: DatabaseClass
    target_class: DatabaseClass

    @model_validator(mode="after")
    def _changes(self) -> Self:
        if self.current_class == self.target_class:
            msg = f"the database is a {self.target_class} already"
            raise ValueError(msg)
        return self


def write(facts: RdsDownsize) -> Project:
    """The existing database, with its class changed and nothing else."""
    which, old, new = facts.db_identifier, facts.current_class, facts.target_class
    settings = {"identifier": which, "instance_class": new}
    message = f"This is neither {old}, as reviewed, nor {new}: look again."
    checks = [still(f"{BEFORE}.db_instance_class", [old, new], message)]
    return Project(
        procedure=_procedure(which, old, new),
        step=f"{old} to {new}",
        blocks=(
            Block(
                "data",
                ("aws_db_instance", "before"),
                {"db_instance_identifier": which},
                comment="The database as it is when the plan is made.",
            ),
            imported("aws_db_instance.target", which),
            Block(
                "resource",
                ("aws_db_instance", "target"),
                settings,
                (guarded("aws_db_instance", kept=settings, checks=checks),),
                comment=(
                    "The database that runs today. AWS changes it in its next "
                    "maintenance window."
                ),
                notes={"instance_class": f"Was {old}."},
            ),
        ),
        expected={
            "aws_db_instance.target": Expected(
                action="update",
                imports=which,
                attributes={"instance_class": (old, new)},
            )
        },
    )


def _procedure(which: str, old: str, new: str) -> Procedure:
    named = f"--db-instance-identifier {which}"
    return Procedure(
        title=f"Change RDS database {which} from {old} to {new}",
        action_class="stop_start",
        effect=(
            "The database is changed in its next maintenance window, and is away "
            "for some minutes then; with Multi-AZ for the time of a failover. Data, "
            "endpoint, protection, logs and tags stay. Until then a plan goes on "
            "showing the change."
        ),
        before=(
            f"Take a snapshot: `aws rds create-db-snapshot {named} "
            f"--db-snapshot-identifier before-downsize-{which}`.",
            f"Connections and freeable memory over a month leave room in {new}: its "
            "parameter group works limits out from the memory.",
            f"Engine and version run on {new}: `aws rds "
            f"describe-orderable-db-instance-options --engine ENGINE "
            f"--db-instance-class {new}`.",
            "Read replicas are large enough to follow it, or to take over.",
            "The maintenance window is one in which the application may pause.",
        ),
        after=(
            f"`aws rds describe-db-instances {named}` shows {new} and nothing pending.",
            "Latency and connections are as before over the next busy day.",
        ),
        way_back=(
            f"Write `{old}` in place of `{new}` in main.tf, plan and apply; or at "
            f"once: `aws rds modify-db-instance {named} --db-instance-class {old} "
            "--apply-immediately`, which is another outage.",
        ),
    )


KIND: Final = Kind(
    name="rds_downsize",
    facts=RdsDownsize,
    write=write,
    risk="medium",
    identity="db_identifier",
    resource_type="aws_db_instance",
    answers=("rds_rightsize", "rds_graviton"),
)
