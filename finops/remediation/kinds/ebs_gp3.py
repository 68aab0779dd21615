"""gp3 for an EBS volume of type gp2, io1 or io2, with the speed it has today."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import Facts, VolumeId
from finops.remediation.hcl import Block, Reference, Value
from finops.remediation.kinds.kind import Kind
from finops.remediation.kinds.parts import about, guarded, imported, still

BASE_IOPS: Final = 3000
"""What every gp3 volume does without a charge, and the least it can be set to."""

MOST_IOPS: Final = 16_000

GP2_IOPS_PER_GB: Final = 3

BASE_THROUGHPUT: Final = 125
"""MiB/s of every gp3 volume without a charge."""

GP2_THROUGHPUT: Final = 250
"""MiB/s that a gp2 volume reaches from 334 GB on; from 170 GB in bursts."""

BURSTING_GB: Final = 170

BEFORE: Final = "data.aws_ebs_volume.before"


class EbsGp3(Facts):
    """Which volume, and how fast it has to be as gp3.

    Attributes:
        iops: As many as gp2 has by its size, unless told; an io1 volume is told.
        throughput: In MiB/s, as much as gp2 reaches by its size, unless told.
    """

    volume_id: VolumeId
    current_type: Literal["gp2", "io1", "io2"] = "gp2"
    size_gb: Annotated[int, Field(ge=1, le=16_384)]
    iops: Annotated[int, Field(ge=100, le=64_000)] | None = None
    throughput: Annotated[int, Field(ge=0, le=1000)] | None = None

    @model_validator(mode="after")
    def _is_told(self) -> Self:
        if self.current_type != "gp2" and self.iops is None:
            msg = (
                f"a volume of type {self.current_type} has as many iops as it is set to"
            )
            raise ValueError(msg)
        return self

    @property
    def target_iops(self) -> int:
        """As many as the volume has today, within what gp3 takes."""
        today = self.iops or GP2_IOPS_PER_GB * self.size_gb
        return min(max(BASE_IOPS, today), MOST_IOPS)

    @property
    def target_throughput(self) -> int:
        """MiB/s: as much as the volume reaches today."""
        if self.throughput is not None:
            return max(BASE_THROUGHPUT, self.throughput)
        return BASE_THROUGHPUT if self.current_type != "gp2" else self._gp2_throughput

    @property
    def as_fast(self) -> bool:
        """Whether it can never be slower than today; of io1 and io2 nobody knows."""
        reached = self.target_throughput >= self._gp2_throughput
        return self.current_type == "gp2" and reached

    @property
    def _gp2_throughput(self) -> int:
        return GP2_THROUGHPUT if self.size_gb > BURSTING_GB else BASE_THROUGHPUT


def write(facts: EbsGp3) -> Project:
    """The existing volume, with its type and speed set and nothing else."""
    which, old = facts.volume_id, facts.current_type
    speed: dict[str, int] = {
        "iops": facts.target_iops,
        "throughput": facts.target_throughput,
    }
    return Project(
        procedure=_procedure(facts),
        step=f"{old} to gp3",
        blocks=(
            Block(
                "data",
                ("aws_ebs_volume", "before"),
                {},
                (Block("filter", (), {"name": "volume-id", "values": [which]}),),
                comment="The volume as it is when the plan is made.",
            ),
            imported("aws_ebs_volume.target", which),
            _volume(facts, speed),
        ),
        expected={
            "aws_ebs_volume.target": Expected(
                action="update",
                imports=which,
                attributes={
                    "type": (old, "gp3"),
                    **{name: (None, value) for name, value in speed.items()},
                },
            )
        },
    )


def _volume(facts: EbsGp3, speed: dict[str, int]) -> Block:
    old = facts.current_type
    checks = [
        still(
            f"{BEFORE}.volume_type",
            [old, "gp3"],
            f"This is neither {old}, as reviewed, nor gp3: look again.",
        ),
        about(
            f"{BEFORE}.size",
            facts.size_gb,
            f"The volume no longer has about {facts.size_gb} GB: look again.",
        ),
    ]
    settings: dict[str, Value] = {
        "availability_zone": Reference(f"{BEFORE}.availability_zone"),
        "size": Reference(f"{BEFORE}.size"),
        "type": "gp3",
        **speed,
    }
    return Block(
        "resource",
        ("aws_ebs_volume", "target"),
        settings,
        (guarded("aws_ebs_volume", kept=settings, checks=checks),),
        comment="The volume that is in use today.",
        notes={"type": f"Was {old}. {_speed(facts)}"},
    )


def _speed(facts: EbsGp3) -> str:
    if facts.as_fast:
        return "gp3 gets the speed that the volume has today."
    return (
        f"gp3 gets {facts.target_iops:,} IOPS and {facts.target_throughput} MiB/s; "
        f"{facts.current_type} may reach more."
    )


def _procedure(facts: EbsGp3) -> Procedure:
    which, old = facts.volume_id, facts.current_type
    return Procedure(
        title=f"Change EBS volume {which} from {old} to gp3",
        action_class="in_place",
        effect=(
            "The volume changes while it is in use: nothing stops, and no data "
            "moves. It may be a little slower until AWS is done, up to a day for "
            f"large volumes. {_speed(facts)}"
        ),
        before=(
            f"`aws ec2 describe-volumes-modifications --volume-ids {which}` lists "
            "none of the last 6 hours: AWS takes one change at a time.",
            f"It is no root volume that other Terraform code declares: {which} is "
            "listed there as part of its instance.",
            f"{facts.target_iops:,} IOPS and {facts.target_throughput} MiB/s are "
            "enough: see its metrics `VolumeReadOps`, `VolumeReadBytes` and their "
            "likes for writes. Less is cheaper still.",
        ),
        after=(
            f"`aws ec2 describe-volumes-modifications --volume-ids {which}` says "
            "`completed`.",
            "Queue length and latency are as before.",
        ),
        way_back=(
            f"After 6 hours: `aws ec2 modify-volume --volume-id {which} "
            f"--volume-type {old}{_iops_option(facts)}`.",
        ),
    )


def _iops_option(facts: EbsGp3) -> str:
    return "" if facts.current_type == "gp2" else f" --iops {facts.target_iops}"


KIND: Final = Kind(
    name="ebs_gp3",
    facts=EbsGp3,
    write=write,
    risk="low",
    identity="volume_id",
    resource_type="aws_ebs_volume",
    answers=("ebs_io1", "ebs_rightsize"),
    ask={
        "size_gb": "aws ec2 describe-volumes --volume-ids {volume_id} "
        "--query 'Volumes[0].Size'"
    },
)
