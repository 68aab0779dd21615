"""Stops an EC2 instance that does nothing."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, InstanceId
from finops.remediation.kinds.kind import Kind


class StopInstance(Facts):
    """Which instance."""

    instance_id: InstanceId


def write(facts: StopInstance) -> Runbook:
    """Looks whether it can be started again, and stops it."""
    which = facts.instance_id
    return Runbook(
        procedure=Procedure(
            title=f"Stop EC2 instance {which}",
            action_class="stop_start",
            effect=(
                "What runs on the instance is not there until it is started again. "
                "Its disks and private address stay, and are paid for."
            ),
            before=(
                "Nobody uses it: ask who made it.",
                "A public address that is not an Elastic IP changes when it starts.",
                "What is on instance store disks is lost.",
            ),
            after=(
                "After a month without a complaint, take an image of it and "
                "terminate it: its disks cost as long as it exists.",
            ),
            way_back=(f"`aws ec2 start-instances --instance-ids {which}`.",),
        ),
        script="stop_instance",
        values={"instance": which},
    )


KIND: Final = Kind(
    name="stop_instance",
    facts=StopInstance,
    write=write,
    risk="medium",
    identity="instance_id",
    resource_type="aws_instance",
    answers=("ec2_idle",),
)
