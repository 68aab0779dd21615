"""Snapshots that are made and deleted by a policy, so that none is forgotten."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import ExactName, Facts, RoleArn
from finops.remediation.hcl import Block
from finops.remediation.kinds.kind import Kind
from finops.remediation.markdown import code

DESCRIPTION: Final = "finops: daily snapshots, the oldest deleted"


class SnapshotPolicy(Facts):
    """Which volumes, by a tag of theirs, and how many snapshots to keep."""

    tag_key: ExactName
    tag_value: ExactName
    role_arn: RoleArn
    keep: Annotated[int, Field(ge=1, le=1000)] = 14


def write(facts: SnapshotPolicy) -> Project:
    """One policy of Amazon Data Lifecycle Manager."""
    schedule = Block(
        "schedule",
        (),
        {"name": "daily", "copy_tags": True},
        (
            Block(
                "create_rule",
                (),
                {"interval": 24, "interval_unit": "HOURS", "times": ["03:00"]},
            ),
            Block("retain_rule", (), {"count": facts.keep}),
        ),
    )
    return Project(
        procedure=_procedure(facts),
        step=f"snapshots by hand to the last {facts.keep} by policy",
        blocks=(
            Block(
                "resource",
                ("aws_dlm_lifecycle_policy", "target"),
                {
                    "description": DESCRIPTION,
                    "execution_role_arn": facts.role_arn,
                    "state": "ENABLED",
                },
                (
                    Block(
                        "policy_details",
                        (),
                        {
                            "resource_types": ["VOLUME"],
                            "target_tags": {facts.tag_key: facts.tag_value},
                        },
                        (schedule,),
                    ),
                ),
                comment="It deletes snapshots that it made, and no others.",
            ),
        ),
        expected={"aws_dlm_lifecycle_policy.target": Expected(action="create")},
    )


def _procedure(facts: SnapshotPolicy) -> Procedure:
    tag = code(f"{facts.tag_key}={facts.tag_value}")
    return Procedure(
        title=f"Keep the last {facts.keep} daily snapshots by policy",
        action_class="create",
        effect=(
            f"Volumes with the tag {tag} get a snapshot at 3:00 UTC each day, and "
            f"the last {facts.keep} of each are kept. Snapshots that exist already "
            "are not touched."
        ),
        before=(
            f"The volumes with the tag {tag} are those that are meant.",
            "No other policy and no AWS Backup plan makes snapshots of them.",
            f"The role {code(facts.role_arn)} may make and delete snapshots.",
        ),
        after=(
            "`aws dlm get-lifecycle-policies` lists it as `ENABLED`.",
            "The next morning each volume has a new snapshot.",
        ),
        way_back=(
            "`terraform destroy` in this folder; its snapshots stay, and are then "
            "yours to delete.",
        ),
    )


KIND: Final = Kind(
    name="snapshot_policy",
    facts=SnapshotPolicy,
    write=write,
    risk="low",
)
