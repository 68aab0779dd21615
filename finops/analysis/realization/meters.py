"""Between which meters does a change move cost?

A volume that becomes gp3 is billed as `EBS:VolumeUsage.gp3` from then on: who looks
at `EBS:VolumeUsage.gp2` alone sees all of its cost vanish, and none of it saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

import pandas as pd

from finops.analysis.workload_optimization.usage_types import INSTANCE

MARK: Final = re.compile(r"((?:(?:EU|[A-Z]{3}\d)-)*)(.+)")
"""A region's mark, a local zone's if there is one, and the meter."""

NO_MARK: Final = "USE1-"
"""What us-east-1 is marked with by some services, and not by others."""

FAMILIES: Final = (
    r"EBS:Volume.+",
    r"EBS:Snapshot(?:Usage|Archive).*",
    r"(?:\w*Box|Spot|Dedicated)Usage(?::.+)?|(?:EBSOptimized|CPUCredits):(?!db\.).+",
    r"AmazonEKS-Hours:.+",
    r"(?i:.*ExtendedSupport.*)",
    r"(?:(?:Instance|Multi-AZ\w*)Usage\w*|CPUCredits):db\..+|Aurora:Serverless.+",
    r"(?:RDS|Aurora|ES):.*(?:Storage|PIOPS|Throughput|IOUsage).*",
    r".*TimedStorage-.+|EarlyDelete-.+|Retrieval-.+|Monitoring-Automation-.+",
    r"Lambda-.+",
    r"(?:SpotUsage-)?Fargate-.+",
    r"(?:Read|Write)(?:CapacityUnit-Hrs|RequestUnits)",
    r"(?:NatGateway|VpcEndpoint)-.+",
    r"LoadBalancerUsage|LCUUsage",
    r"(?:PublicIPv4|ElasticIP):.+",
)
"""Meters that take the place of one another, or that are paid side by side: types
and classes, and what is provisioned of them."""

MADE_OF: Final = {
    "vol": "EBS:VolumeUsage",
    "i": "BoxUsage",
    "nat": "NatGateway-Hours",
}
"""The meter of resources of which the id says what they are."""


@dataclass(frozen=True, slots=True)
class Meters:
    """The meters that a change moves cost between.

    Attributes:
        one: One of them.
        pattern: What all of them match.
        mark: Of their region; None where that is not known.
    """

    one: str
    pattern: str
    mark: str | None

    @classmethod
    def like(cls, usage_type: str) -> Self:
        """Those that may take the place of `usage_type`, in its region."""
        mark, meter = _split(usage_type)
        return cls(usage_type, family_of(meter), mark)

    @classmethod
    def only(cls, usage_type: str) -> Self:
        """`usage_type` alone."""
        mark, meter = _split(usage_type)
        return cls(usage_type, re.escape(meter), mark)

    @classmethod
    def of_resource(cls, resource_id: str) -> Self | None:
        """Those of a resource, in any region; None where its id does not tell."""
        kind, dash, _ = resource_id.partition("-")
        if not dash or kind not in MADE_OF:
            return None
        return cls(MADE_OF[kind], family_of(MADE_OF[kind]), None)

    def overlaps(self, other: Meters) -> bool:
        """Whether both may move the same costs."""
        return self.one in other or other.one in self

    def among(self, usage_types: pd.Series[str]) -> pd.Series[bool]:
        """Which of `usage_types` are of these meters."""
        names = usage_types.dropna().unique()
        return usage_types.isin([name for name in names if name in self])

    def __contains__(self, usage_type: object) -> bool:
        mark, meter = _split(str(usage_type))
        its_region = self.mark in (None, mark)
        return its_region and re.fullmatch(self.pattern, meter) is not None


def _split(usage_type: str) -> tuple[str, str]:
    found = MARK.fullmatch(usage_type)
    mark, meter = (found[1], found[2]) if found else ("", usage_type)
    return "" if mark == NO_MARK else mark, meter


def family_of(meter: str) -> str:
    """What the family of `meter` matches: other machines, else it alone."""
    for family in FAMILIES:
        if re.fullmatch(family, meter):
            return family
    machine = INSTANCE.search(meter)
    before = machine and meter[: machine.start()]
    return f"{re.escape(before)}.+" if before else re.escape(meter)
