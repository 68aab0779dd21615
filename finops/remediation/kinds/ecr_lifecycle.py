"""An end to container images that no tag names any more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any, Final, Self

from pydantic import Field, Json, model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import Facts, RepositoryName
from finops.remediation.hcl import Block, Call, Value, exact
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import imported

OURS: Final = "finops: untagged images"

ADDRESS: Final = "aws_ecr_lifecycle_policy.target"

MOST_RULES: Final = 50
"""What AWS takes in one policy."""


class EcrLifecycle(Facts):
    """Which repository, and every rule that its lifecycle policy has.

    Attributes:
        existing_rules: `rules` of the policy, as JSON or as a list; an empty
            list where the repository has no policy.
        untagged_days: The age at which an image without a tag is deleted.
    """

    repository: RepositoryName
    existing_rules: tuple[dict[str, Any], ...] | Json[tuple[dict[str, Any], ...]]
    untagged_days: Annotated[int, Field(ge=1, le=3650)] = 14

    @model_validator(mode="after")
    def _has_room(self) -> Self:
        if len(self.existing_rules) >= MOST_RULES:
            msg = f"the policy has {MOST_RULES} rules already"
            raise ValueError(msg)
        if any(_takes_untagged(rule) for rule in self.existing_rules):
            msg = "the policy has a rule for untagged images already"
            raise ValueError(msg)
        exact(json.dumps(self.existing_rules, ensure_ascii=False))
        return self


def _takes_untagged(rule: dict[str, Any]) -> bool:
    return rule.get("selection", {}).get("tagStatus") in ("untagged", "any")


def write(facts: EcrLifecycle) -> Project:
    """The whole policy: the rules that are there, and ours behind them."""
    which, kept = facts.repository, facts.existing_rules
    rules: list[Value] = [*kept, _added(facts)]
    return Project(
        procedure=_procedure(facts),
        step=f"{len(kept)} lifecycle rules to {len(rules)}",
        blocks=(
            *([imported(ADDRESS, which)] if kept else []),
            Block(
                "resource",
                ("aws_ecr_lifecycle_policy", "target"),
                {
                    "repository": which,
                    "policy": Call("jsonencode", ({"rules": rules},)),
                },
                (Block("lifecycle", (), {"prevent_destroy": True}),) if kept else (),
                comment="The whole policy: AWS drops the rules that are not here.",
            ),
        ),
        expected={
            ADDRESS: Expected(
                action="update" if kept else "create",
                imports=which if kept else None,
                attributes={"policy": (_text(kept), _text(rules))} if kept else {},
            )
        },
    )


def _text(rules: Sequence[Value]) -> str:
    return json.dumps({"rules": list(rules)})


def _added(facts: EcrLifecycle) -> dict[str, Value]:
    taken = [rule.get("rulePriority", 0) for rule in facts.existing_rules]
    return {
        "rulePriority": max(taken, default=0) + 1,
        "description": OURS,
        "selection": {
            "tagStatus": "untagged",
            "countType": "sinceImagePushed",
            "countUnit": "days",
            "countNumber": facts.untagged_days,
        },
        "action": {"type": "expire"},
    }


def _procedure(facts: EcrLifecycle) -> Procedure:
    which, days = facts.repository, facts.untagged_days
    named = f"--repository-name {which}"
    return Procedure(
        title=f"Delete images without a tag from repository {which} after {days} days",
        action_class="in_place",
        effect=(
            f"Images without a tag that are older than {days} days are deleted "
            "within a day, and do not come back. Tagged images stay."
        ),
        before=(
            "Nothing runs an image by its digest alone: such an image has no tag and "
            "would go.",
            f"`aws ecr start-lifecycle-policy-preview {named} "
            "--lifecycle-policy-text file://policy.json`, then "
            f"`aws ecr get-lifecycle-policy-preview {named}`, show what would be "
            "deleted.",
            f"`aws ecr get-lifecycle-policy {named}` shows the same rules as main.tf.",
        ),
        after=(
            f"`aws ecr get-lifecycle-policy {named}` shows the rule.",
            f"`aws ecr describe-images {named}` is shorter the day after.",
        ),
        way_back=(
            "Take the rule out of main.tf, plan and apply; or `terraform destroy` "
            "where the policy has no other rule.",
            "Images that are deleted by then have to be built again.",
        ),
    )


KIND: Final = Kind(
    name="ecr_lifecycle",
    facts=EcrLifecycle,
    write=write,
    risk="medium",
    identity="repository",
    resource_type="aws_ecr_lifecycle_policy",
    ask={
        "existing_rules": "aws ecr get-lifecycle-policy --repository-name "
        "{repository} --query lifecyclePolicyText --output text | jq .rules"
    },
)
