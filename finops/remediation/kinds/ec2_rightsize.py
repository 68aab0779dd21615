"""A smaller type for an EC2 instance that stands alone."""

from __future__ import annotations

import re
from typing import Final, Self

from pydantic import model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import Facts, InstanceId, InstanceType
from finops.remediation.hcl import Block, Reference
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import guarded, imported, still

GRAVITON: Final = re.compile(r"^(a1|[a-z]+[0-9]+[a-z-]*g[a-z-]*)\.")
"""Families with ARM processors have a g behind the generation."""

XEN: Final = re.compile(
    r"^([tmc][1-2]|[mc][3-4]|[rgp][2-4]|i[2-3]|[dh][1-2]|x1e?|f1)\."
)
"""Families from before Nitro, which has other drivers for disks and network."""

BEFORE: Final = "data.aws_instance.before"


class Ec2Rightsize(Facts):
    """Which instance, from what type to what type."""

    instance_id: InstanceId
    current_type: InstanceType
    target_type: InstanceType

    @model_validator(mode="after")
    def _can_boot(self) -> Self:
        if self.current_type == self.target_type:
            msg = f"the instance is a {self.target_type} already"
            raise ValueError(msg)
        arm, arm_after = map(GRAVITON.match, (self.current_type, self.target_type))
        if bool(arm) != bool(arm_after):
            msg = (
                f"{self.current_type} and {self.target_type} have different "
                "processors, so its image would not boot"
            )
            raise ValueError(msg)
        return self


def write(facts: Ec2Rightsize) -> Project:
    """The existing instance, with its type changed and nothing else."""
    which, old, new = facts.instance_id, facts.current_type, facts.target_type
    return Project(
        procedure=_procedure(which, old, new),
        step=f"{old} to {new}",
        blocks=(
            Block(
                "data",
                ("aws_instance", "before"),
                {"instance_id": which},
                comment="The instance as it is when the plan is made.",
            ),
            imported("aws_instance.target", which),
            _instance(old, new),
        ),
        expected={
            "aws_instance.target": Expected(
                action="update",
                imports=which,
                attributes={"instance_type": (old, new)},
            )
        },
    )


def _instance(old: str, new: str) -> Block:
    message = f"This is neither {old}, as reviewed, nor {new}: look again."
    return Block(
        "resource",
        ("aws_instance", "target"),
        {"ami": Reference(f"{BEFORE}.ami"), "instance_type": new},
        (
            guarded(
                "aws_instance",
                kept=["ami", "instance_type"],
                checks=[still(f"{BEFORE}.instance_type", [old, new], message)],
            ),
        ),
        comment="The instance that runs today, not another one.",
        notes={"instance_type": f"Was {old}."},
    )


def _procedure(which: str, old: str, new: str) -> Procedure:
    return Procedure(
        title=f"Right-size EC2 instance {which} from {old} to {new}",
        action_class="stop_start",
        effect=(
            "The instance stops, changes its type and starts again: a few minutes "
            "without it. It starts even if it was stopped before. Its disks, "
            "private address and tags stay."
        ),
        before=(
            "Choose a maintenance window, and tell who uses the instance.",
            "Take an image: "
            f"`aws ec2 create-image --no-reboot --instance-id {which} "
            f"--name before-rightsize-{which}`.",
            "A public address that is not an Elastic IP changes when it starts.",
            "What is on instance store disks is lost.",
            f"Memory was looked at too, not the processor alone: does {new} have "
            "enough?",
            f"{new} takes as many volumes and network interfaces as are attached.",
            *_drivers(old, new),
        ),
        after=(
            f"`aws ec2 describe-instance-status --instance-ids {which}` says that "
            "both checks passed.",
            "Look at processor and memory over the next busy day.",
        ),
        way_back=(
            f"Write `{old}` in place of `{new}` in main.tf, plan and apply: it stops "
            "and starts once more.",
            f"If AWS has no {old} to give at that moment, the instance stays "
            "stopped until it has.",
        ),
    )


def _drivers(old: str, new: str) -> tuple[str, ...]:
    if not XEN.match(old) or XEN.match(new):
        return ()
    return (f"{new} is built on Nitro: the image needs the ENA and NVMe drivers.",)


KIND: Final = Kind(
    name="ec2_rightsize",
    facts=Ec2Rightsize,
    write=write,
    risk="medium",
    identity="instance_id",
    resource_type="aws_instance",
    answers=("ec2_previous_generation",),
)
