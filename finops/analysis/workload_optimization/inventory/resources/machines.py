"""Machines, their disks and the copies of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.metrics import Metric
from finops.analysis.workload_optimization.inventory.resources.resource import (
    Dimensions,
    Resource,
)

INCLUDED_IOPS: Final = 3000
"""What a gp3 volume does without extra charge, in operations a second."""

INCLUDED_THROUGHPUT: Final = 125
"""What a gp3 volume moves without extra charge, in MiB a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance(Resource):
    """A machine; `created` is when it was started last.

    Attributes:
        stopped: When it was stopped; None where it runs, or AWS does not tell.
        on_demand: Whether Linux on demand is paid for; else no price is known.
    """

    type: str
    state: str
    stopped: datetime | None = None
    on_demand: bool = True

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """A machine that is off has nothing to measure."""
        if self.state != "running":
            return ()
        return (
            metrics.EC2_CPU,
            metrics.EC2_CPU_PEAK,
            metrics.EC2_NETWORK_IN,
            metrics.EC2_NETWORK_OUT,
        )

    @property
    def dimensions(self) -> Dimensions:
        """Its id."""
        return (("InstanceId", self.id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume(Resource):
    """A disk.

    Attributes:
        type: gp2, gp3, io1, io2, st1, sc1 or standard.
        throughput: In MiB a second; None where the type has no setting for it.
        instance_id: The machine it is attached to; None where there is none.
    """

    type: str
    size_gb: int
    iops: int | None = None
    throughput: int | None = None
    instance_id: str | None = None

    @property
    def extra(self) -> bool:
        """Whether it is a gp3 volume that pays for more than what is included."""
        return self.type == "gp3" and (
            (self.iops or 0) > INCLUDED_IOPS
            or (self.throughput or 0) > INCLUDED_THROUGHPUT
        )

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Use is measured only where it decides something."""
        if self.instance_id is None:
            return (metrics.EBS_IDLE_TIME,)
        if not self.extra:
            return ()
        return (
            metrics.EBS_READS,
            metrics.EBS_WRITES,
            metrics.EBS_BYTES_READ,
            metrics.EBS_BYTES_WRITTEN,
        )

    @property
    def dimensions(self) -> Dimensions:
        """Its id."""
        return (("VolumeId", self.id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Resource):
    """A copy of a disk.

    Attributes:
        size_gb: Of the disk, and so the most that it can hold.
        image_id: The machine image that is made of it.
        only_copy: Whether its disk has no other, so that it holds everything.
    """

    size_gb: float
    volume_id: str | None = None
    image_id: str | None = None
    only_copy: bool = False
