"""An end to how long a log group keeps its events."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import Facts, LogGroupName
from finops.remediation.hcl import Block, Value
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import guarded, imported

CHOICES: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192),
    *(2557, 2922, 3288, 3653),
)
"""The days that CloudWatch Logs takes."""


def _is_choice(days: int) -> int:
    if days not in CHOICES:
        msg = f"logs are kept for one of {', '.join(map(str, CHOICES))} days"
        raise ValueError(msg)
    return days


class LogRetention(Facts):
    """Which log group, and how long it keeps events; 0 is for ever."""

    log_group: LogGroupName
    retention_days: Annotated[int, AfterValidator(_is_choice)]
    current_days: int = 0


def write(facts: LogRetention) -> Project:
    """The existing log group, with its retention set and nothing else."""
    which, kept = facts.log_group, _long(facts.current_days)
    settings: dict[str, Value] = {
        "name": which,
        "retention_in_days": facts.retention_days,
    }
    return Project(
        procedure=_procedure(facts),
        step=f"{kept} to {facts.retention_days} days",
        blocks=(
            imported("aws_cloudwatch_log_group.target", which),
            Block(
                "resource",
                ("aws_cloudwatch_log_group", "target"),
                settings,
                (guarded("aws_cloudwatch_log_group", kept=settings),),
                comment="The log group that is written to today.",
                notes={"retention_in_days": f"Kept events {kept}."},
            ),
        ),
        expected={
            "aws_cloudwatch_log_group.target": Expected(
                action="update",
                imports=which,
                attributes={
                    "retention_in_days": (facts.current_days, facts.retention_days)
                },
            )
        },
    )


def _long(days: int) -> str:
    return f"{days} days" if days else "for ever"


def _procedure(facts: LogRetention) -> Procedure:
    which, days = facts.log_group, facts.retention_days
    restored = (
        f"aws logs put-retention-policy --log-group-name {which} "
        f"--retention-in-days {facts.current_days}"
        if facts.current_days
        else f"aws logs delete-retention-policy --log-group-name {which}"
    )
    return Procedure(
        title=f"Keep the events of log group {which} for {days} days",
        action_class="in_place",
        effect=(
            "Nothing stops and logging goes on. Events older than "
            f"{days} days are deleted for good within about three days."
        ),
        before=(
            f"Nobody has to keep these logs for more than {days} days: ask for "
            "compliance and for audits.",
            f"What is worth keeping was exported: `aws logs create-export-task "
            f"--log-group-name {which} --from START --to END --destination BUCKET`.",
        ),
        after=(
            f"`aws logs describe-log-groups --log-group-name-prefix {which}` shows "
            f"`retentionInDays` {days}.",
        ),
        way_back=(
            f"`{restored}`.",
            "Events that are deleted by then do not come back.",
        ),
    )


KIND: Final = Kind(
    name="log_retention",
    facts=LogRetention,
    write=write,
    risk="medium",
    identity="log_group",
    resource_type="aws_cloudwatch_log_group",
)
