"""What does a usage type say: which region, which meter, which machine?

AWS marks the region in front of the meter, `EUW2-BoxUsage:m5.large`, except
for us-east-1, where the mark is missing or `USE1-`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

HOME_REGION: Final = "us-east-1"
"""The region whose usage types need no mark."""

REGION_MARKS: Final[Mapping[str, str]] = {
    "USE1": "us-east-1",
    "USE2": "us-east-2",
    "USW1": "us-west-1",
    "USW2": "us-west-2",
    "UGW1": "us-gov-west-1",
    "UGE1": "us-gov-east-1",
    "CAN1": "ca-central-1",
    "CAN2": "ca-west-1",
    "EU": "eu-west-1",
    "EUW1": "eu-west-1",
    "EUW2": "eu-west-2",
    "EUW3": "eu-west-3",
    "EUC1": "eu-central-1",
    "EUC2": "eu-central-2",
    "EUN1": "eu-north-1",
    "EUS1": "eu-south-1",
    "EUS2": "eu-south-2",
    "APN1": "ap-northeast-1",
    "APN2": "ap-northeast-2",
    "APN3": "ap-northeast-3",
    "APS1": "ap-southeast-1",
    "APS2": "ap-southeast-2",
    "APS3": "ap-south-1",
    "APS4": "ap-southeast-3",
    "APE1": "ap-east-1",
    "MES1": "me-south-1",
    "MEC1": "me-central-1",
    "AFS1": "af-south-1",
    "SAE1": "sa-east-1",
    "ILC1": "il-central-1",
}
"""The marks that AWS puts in front of a usage type."""

INSTANCE: Final = re.compile(
    r"(?:(db|cache|ml)\.)?([a-z][a-z0-9-]*\d[a-z0-9-]*)\.(\w+)"
)
"""A machine's type: `m5.large`, `db.r4.xlarge`, `cache.t3.micro`."""

BY_THE_MONTH: Final = re.compile(
    r"EBS:(VolumeUsage|VolumeP-|SnapshotUsage).*|TimedStorage.*"
    r"|(RDS|Aurora):(?!StorageIO).*(Storage|StorageUsage|PIOPS|Throughput|BackupUsage)"
)
"""Meters of what is kept, which has its price for a whole month of any length."""

PRICE: Final = re.compile(r"(?:USD\s*|\$)?(\d[\d,]*\.?\d*(?:[eE]-?\d+)?) (?:USD )?per ")
"""The price in a charge's description: `$0.10 per GB-month of …`."""


@dataclass(frozen=True, slots=True)
class InstanceType:
    """A machine's type, taken apart.

    Attributes:
        scope: `db`, `cache` or `ml`; empty for EC2.
    """

    scope: str
    family: str
    size: str

    @classmethod
    def within(cls, text: str) -> Self | None:
        """The first type that `text` names; None where it names none."""
        found = INSTANCE.search(text)
        return cls(found[1] or "", found[2], found[3]) if found else None

    def __str__(self) -> str:
        scope = f"{self.scope}." if self.scope else ""
        return f"{scope}{self.family}.{self.size}"


def meter(usage_type: str) -> str:
    """`usage_type` without its region.

    >>> meter("EUW2-EBS:VolumeUsage.gp2"), meter("NatGateway-Hours")
    ('EBS:VolumeUsage.gp2', 'NatGateway-Hours')
    """
    mark, dash, rest = usage_type.partition("-")
    return rest if dash and mark in REGION_MARKS else usage_type


def region(usage_type: str) -> str:
    """The region that `usage_type` is marked with; us-east-1 where it has no mark."""
    mark, dash, _ = usage_type.partition("-")
    return REGION_MARKS.get(mark, HOME_REGION) if dash else HOME_REGION


def by_the_month(meter: str) -> bool:
    """Whether `meter` counts GB-months or the like: 31 days cost as much as 28.

    >>> by_the_month("EBS:VolumeUsage.gp2"), by_the_month("BoxUsage:m5.large")
    (True, False)
    """
    return BY_THE_MONTH.fullmatch(meter) is not None


def unit_price(description: str) -> float | None:
    """The public price of a unit in a charge's description; None for free usage.

    >>> unit_price("$0.10 per GB-month of provisioned storage")
    0.1
    """
    found = PRICE.search(description)
    price = float(found[1].replace(",", "")) if found else 0.0
    return price or None
