"""Cheaper storage for what nobody reads in a bucket, by its own lifecycle rules."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, Json, model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.expected_plan import settings as settings_of
from finops.remediation.facts import BucketName, Facts
from finops.remediation.hcl import Block, Value
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import imported
from finops.remediation.kinds.s3_rules import Abort, Filter, Rule, Transition

OURS: Final = "finops-intelligent-tiering"

ADDRESS: Final = "aws_s3_bucket_lifecycle_configuration.target"

UPLOAD_DAYS: Final = 7
"""An upload that was not finished in a week never will be."""


class S3Lifecycle(Facts):
    """Which bucket, and every lifecycle rule that it has.

    Attributes:
        existing_rules: `Rules` of GetBucketLifecycleConfiguration, as JSON or
            as a list; an empty list where the bucket has none.
        after_days: The age at which objects go to Intelligent-Tiering.
    """

    bucket: BucketName
    existing_rules: tuple[Rule, ...] | Json[tuple[Rule, ...]]
    after_days: Annotated[int, Field(ge=0, le=3650)] = 30

    @model_validator(mode="after")
    def _is_new(self) -> Self:
        if OURS in (rule.id for rule in self.existing_rules):
            msg = f"the bucket has the rule {OURS} already"
            raise ValueError(msg)
        return self

    @property
    def added(self) -> Rule:
        """Our own rule."""
        return Rule(
            id=OURS,
            status="Enabled",
            filter=Filter(),
            transitions=(
                Transition(days=self.after_days, storage_class="INTELLIGENT_TIERING"),
            ),
            abort_incomplete_multipart_upload=Abort(days_after_initiation=UPLOAD_DAYS),
        )


def write(facts: S3Lifecycle) -> Project:
    """The whole document: the rules that are there, and ours behind them."""
    which, kept = facts.bucket, facts.existing_rules
    settings: dict[str, Value] = {"bucket": which}
    document = Block(
        "resource",
        ("aws_s3_bucket_lifecycle_configuration", "target"),
        settings,
        (
            *(rule.block(comment="As it is.") for rule in kept),
            facts.added.block(comment="Added."),
            Block("lifecycle", (), {"prevent_destroy": True}),
        ),
        comment=(
            "All lifecycle rules of the bucket: AWS deletes those that are not here."
        ),
    )
    ids = [rule.id for rule in kept]
    stays: list[Value] = [{"id": name} for name in ids]
    added: Value = settings_of(facts.added.block())
    return Project(
        procedure=_procedure(facts),
        step=f"{len(kept)} lifecycle rules to {len(kept) + 1}",
        blocks=(*([imported(ADDRESS, which)] if kept else []), document),
        expected={
            ADDRESS: Expected(
                action="update" if kept else "create",
                imports=which if kept else None,
                attributes={"rule": (ids, [*stays, added])} if kept else {},
            )
        },
    )


def _procedure(facts: S3Lifecycle) -> Procedure:
    which = facts.bucket
    read = f"aws s3api get-bucket-lifecycle-configuration --bucket {which}"
    return Procedure(
        title=f"Move what is not read in bucket {which} to Intelligent-Tiering",
        action_class="in_place",
        effect=(
            f"Objects that are {facts.after_days} days old go to S3 "
            "Intelligent-Tiering, and uploads that were never finished are deleted "
            f"after {UPLOAD_DAYS} days. Reading stays as fast as it is."
        ),
        before=(
            f"`{read}` shows the same rules as main.tf: a rule that is missing "
            "there would be deleted.",
            "Every object that moves costs a request: with very many small objects "
            "that is more than it saves. Those below 128 KB do not move.",
            "Objects live longer than a month on average: what is deleted sooner "
            "gains nothing.",
        ),
        after=(
            f"`{read}` shows the old rules and `{OURS}`.",
            "Storage by class, in S3 Storage Lens, moves within a week.",
        ),
        way_back=(
            f"Take the rule `{OURS}` out of main.tf, plan and apply. Objects that "
            "have moved stay where they are; reading them costs no more than before.",
        ),
    )


KIND: Final = Kind(
    name="s3_lifecycle",
    facts=S3Lifecycle,
    write=write,
    risk="low",
    identity="bucket",
    resource_type="aws_s3_bucket_lifecycle_configuration",
    answers=("s3_tiering",),
    ask={
        "existing_rules": "aws s3api get-bucket-lifecycle-configuration "
        "--bucket {bucket} --query Rules"
    },
)
