"""Office hours for an Auto Scaling group: no instances at night and on weekends."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import ExactName
from finops.remediation.hcl import Block
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.office_hours import OfficeHours
from finops.remediation.markdown import code, words
from finops.remediation.shell import argument

LEAVE_ALONE: Final = -1
"""What a schedule says of a size that it does not change."""

Size = Annotated[int, Field(ge=0, le=10_000)]


class OfficeHoursAsg(OfficeHours):
    """Which group, and how large it is by day."""

    group_name: ExactName
    min_size: Size
    desired_capacity: Size

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.desired_capacity < self.min_size:
            msg = f"{self.desired_capacity} instances are less than the least"
            raise ValueError(msg)
        return self


def write(facts: OfficeHoursAsg) -> Project:
    """Two scheduled actions of the group; nothing else of it changes."""
    return Project(
        procedure=_procedure(facts),
        step=f"always on to {facts.hours}",
        blocks=(
            _schedule(facts, "stop", 0, 0, facts.stop_hour),
            _schedule(
                facts, "start", facts.min_size, facts.desired_capacity, facts.start_hour
            ),
        ),
        expected={
            f"aws_autoscaling_schedule.{verb}": Expected(action="create")
            for verb in ("stop", "start")
        },
    )


def _schedule(
    facts: OfficeHoursAsg, verb: str, least: int, desired: int, hour: int
) -> Block:
    return Block(
        "resource",
        ("aws_autoscaling_schedule", verb),
        {
            "scheduled_action_name": f"finops-office-hours-{verb}",
            "autoscaling_group_name": facts.group_name,
            "min_size": least,
            "max_size": LEAVE_ALONE,
            "desired_capacity": desired,
            "recurrence": f"0 {hour} * * MON-FRI",
            "time_zone": facts.timezone,
        },
        notes={"max_size": "The largest size stays as it is."},
    )


def _procedure(facts: OfficeHoursAsg) -> Procedure:
    named = f"--auto-scaling-group-name {argument(facts.group_name)}"
    return Procedure(
        title=f"Run Auto Scaling group {words(facts.group_name)} in office hours only",
        action_class="create",
        effect=(
            f"From now on the group has {facts.desired_capacity} instances from "
            f"{facts.hours}, and none in between. Its instances are terminated each "
            "evening and made anew each morning."
        ),
        before=(
            "Those who use it agree, and know how to bring it back at night.",
            "Nothing is kept on its instances: they are terminated.",
            f"{facts.min_size} at least and {facts.desired_capacity} wanted are its "
            "sizes by day: "
            + code(
                "aws autoscaling describe-auto-scaling-groups "
                f"--auto-scaling-group-names {argument(facts.group_name)}"
            )
            + ".",
            "It has no other scheduled actions that contradict these.",
        ),
        after=(
            f"After {facts.stop_hour}:00 the group has no instances, after "
            f"{facts.start_hour}:00 it has {facts.desired_capacity}.",
        ),
        way_back=(
            "`terraform destroy` in this folder removes both actions.",
            code(
                f"aws autoscaling update-auto-scaling-group {named} --min-size "
                f"{facts.min_size} --desired-capacity {facts.desired_capacity}"
            )
            + " brings it back at once.",
        ),
    )


KIND: Final = Kind(
    name="office_hours_asg",
    facts=OfficeHoursAsg,
    write=write,
    risk="medium",
    identity="group_name",
    resource_type="aws_autoscaling_group",
)
