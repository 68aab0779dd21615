"""Office hours for EC2 instances: stopped at night and on weekends."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import LISTED, AccountId, InstanceId, Region
from finops.remediation.hcl import Block, Call, Reference, Value
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.office_hours import OfficeHours
from finops.remediation.kinds.parts import policy

NAME: Final = "finops-office-hours"


class OfficeHoursEc2(OfficeHours):
    """Which instances; the policy names each of them, and no other."""

    account_id: AccountId
    region: Region
    instance_ids: Annotated[
        tuple[InstanceId, ...], LISTED, Field(min_length=1, max_length=40)
    ]

    @property
    def name(self) -> str:
        """What the schedules are called; short, as AWS allows 64 characters."""
        return f"{NAME}-{self.instance_ids[0]}"


def write(facts: OfficeHoursEc2) -> Project:
    """A role that may start and stop these instances, and two schedules."""
    return Project(
        procedure=_procedure(facts),
        step=f"always on to {facts.hours}",
        blocks=(
            _role(facts),
            _permission(facts),
            _schedule(facts, "stop", facts.stop_hour),
            _schedule(facts, "start", facts.start_hour),
        ),
        expected={
            "aws_iam_role.scheduler": Expected(action="create"),
            "aws_iam_role_policy.scheduler": Expected(action="create"),
            "aws_scheduler_schedule.stop": Expected(action="create"),
            "aws_scheduler_schedule.start": Expected(action="create"),
        },
    )


def _role(facts: OfficeHoursEc2) -> Block:
    trust = policy(
        Effect="Allow",
        Action="sts:AssumeRole",
        Principal={"Service": "scheduler.amazonaws.com"},
        Condition={"StringEquals": {"aws:SourceAccount": facts.account_id}},
    )
    return Block(
        "resource",
        ("aws_iam_role", "scheduler"),
        {"name": facts.name, "assume_role_policy": trust},
        comment="What EventBridge Scheduler acts as, for this account alone.",
    )


def _permission(facts: OfficeHoursEc2) -> Block:
    where = f"arn:aws:ec2:{facts.region}:{facts.account_id}:instance"
    allowed = policy(
        Effect="Allow",
        Action=["ec2:StartInstances", "ec2:StopInstances"],
        Resource=[f"{where}/{instance}" for instance in facts.instance_ids],
    )
    return Block(
        "resource",
        ("aws_iam_role_policy", "scheduler"),
        {
            "name": "start-and-stop",
            "role": Reference("aws_iam_role.scheduler.id"),
            "policy": allowed,
        },
        comment="It may start and stop these instances, and do nothing else.",
    )


def _schedule(facts: OfficeHoursEc2, verb: str, hour: int) -> Block:
    target: dict[str, Value] = {
        "arn": f"arn:aws:scheduler:::aws-sdk:ec2:{verb}Instances",
        "role_arn": Reference("aws_iam_role.scheduler.arn"),
        "input": Call("jsonencode", ({"InstanceIds": list(facts.instance_ids)},)),
    }
    return Block(
        "resource",
        ("aws_scheduler_schedule", verb),
        {
            "name": f"{NAME}-{verb}-{facts.instance_ids[0]}",
            "schedule_expression": f"cron(0 {hour} ? * MON-FRI *)",
            "schedule_expression_timezone": facts.timezone,
        },
        (
            Block("flexible_time_window", (), {"mode": "OFF"}),
            Block("target", (), target),
        ),
    )


def _procedure(facts: OfficeHoursEc2) -> Procedure:
    which = " ".join(facts.instance_ids)
    return Procedure(
        title=f"Run {', '.join(facts.instance_ids)} in office hours only",
        action_class="create",
        effect=(
            f"From now on the instances run from {facts.hours}. In between they are "
            "stopped, and what runs on them is not there. Disks and private "
            "addresses stay, and are paid for."
        ),
        before=(
            "Those who use them agree, and know how to start one at night.",
            "None is part of an Auto Scaling group, which would replace it.",
            "Nothing is kept on instance store disks: a stop empties them.",
            "A public address that is not an Elastic IP changes with every start.",
            "What runs on them starts by itself, and no job runs at night.",
        ),
        after=(
            f"After {facts.stop_hour}:00: `aws ec2 describe-instances "
            f"--instance-ids {which} "
            "--query 'Reservations[].Instances[].State.Name'` says `stopped`.",
            f"After {facts.start_hour}:00 it says `running`.",
        ),
        way_back=(
            "`terraform destroy` in this folder removes the schedules and the role.",
            f"`aws ec2 start-instances --instance-ids {which}` starts them again.",
        ),
    )


KIND: Final = Kind(
    name="office_hours_ec2",
    facts=OfficeHoursEc2,
    write=write,
    risk="medium",
    identity="instance_ids",
    resource_type="aws_instance",
    answers=("office_hours",),
)
