"""What does AWS ask for in public? Dated, for where the bill has no price.

A few prices of us-east-1, in dollars. Checks use them as ratios wherever they
can: gp3 is 20 % cheaper than gp2 in every region, and a discount that a
customer has on one mostly holds for the other. What is paid comes from the bill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from finops import formats

REGION: Final = "us-east-1"

EC2_DATE: Final = date(2026, 7, 20)
"""When the prices of machines were read."""

READ_ON: Final = date(2026, 10, 13)
"""When the others were read."""

HOURS_A_MONTH: Final = 730
"""AWS's own month in all its price examples."""

LIST_PRICES: Final[Mapping[str, float]] = {
    "gp2 GB-month": 0.10,
    "gp3 GB-month": 0.08,
    "gp3 IOPS-month": 0.005,
    "gp3 MiB/s-month": 0.04,
    "io1 GB-month": 0.125,
    "io1 IOPS-month": 0.065,
    "snapshot GB-month": 0.05,
    "public IPv4 hour": 0.005,
    "NAT gateway hour": 0.045,
    "NAT gateway GB": 0.045,
    "load balancer hour": 0.0225,
    "load balancer LCU-hour": 0.008,
    "interface endpoint hour": 0.01,
    "interface endpoint GB": 0.01,
    "S3 Standard GB-month": 0.023,
    "log storage GB-month": 0.03,
    "log ingestion GB": 0.50,
    "Lambda GB-second": 0.0000166667,
    "Lambda provisioned GB-second": 0.0000097222,
    "Lambda concurrency GB-second": 0.0000041667,
    "RDS io1 GB-month": 0.125,
    "RDS gp3 GB-month": 0.115,
}
"""Public prices of what is not a machine."""


@dataclass(frozen=True, slots=True)
class Successor:
    """The family of machines that replaces an older one.

    Attributes:
        family: The newer one.
        ratio: What the newer one costs of the older one's price, size by size.
        sizes: The older sizes that the newer one has too.
    """

    family: str
    ratio: float
    sizes: frozenset[str]


def _of(family: str, new: float, old: float, sizes: str) -> Successor:
    return Successor(family, new / old, frozenset(sizes.split()))


EC2_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t1": _of("t3", 0.0104, 0.0200, "micro"),
    "t2": _of("t3", 0.0832, 0.0928, "nano micro small medium large xlarge 2xlarge"),
    "m1": _of("m5", 0.0960, 0.1750, "large xlarge"),
    "m2": _of("r5", 0.1260, 0.2450, "xlarge 2xlarge 4xlarge"),
    "m3": _of("m5", 0.0960, 0.1330, "large xlarge 2xlarge"),
    "m4": _of("m5", 0.0960, 0.1000, "large xlarge 2xlarge 4xlarge 16xlarge"),
    "c3": _of("c5", 0.0850, 0.1050, "large xlarge 2xlarge 4xlarge"),
    "c4": _of("c5", 0.0850, 0.1000, "large xlarge 2xlarge 4xlarge"),
    "r3": _of("r5", 0.1260, 0.1660, "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": _of("r5", 0.1260, 0.1330, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"),
    "i2": _of("i3", 0.3120, 0.8530, "xlarge 2xlarge 4xlarge 8xlarge"),
}
"""Machines of an old generation, and today's of the same make (Linux)."""

RDS_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t2": _of("t4g", 0.065, 0.068, "micro small medium large xlarge 2xlarge"),
    "t3": _of("t4g", 0.065, 0.068, "micro small medium large xlarge 2xlarge"),
    "m3": _of("m6g", 0.152, 0.185, "large xlarge 2xlarge"),
    "m4": _of("m6g", 0.152, 0.175, "large xlarge 2xlarge 4xlarge 16xlarge"),
    "m5": _of("m6g", 0.152, 0.171, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge"),
    "r3": _of("r6g", 0.215, 0.240, "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": _of("r6g", 0.215, 0.240, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"),
    "r5": _of("r6g", 0.215, 0.240, "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge"),
}
"""Classes of databases, and those on Graviton that replace them (MySQL)."""

CACHE_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t2": _of("t4g", 0.065, 0.068, "micro small medium"),
    "t3": _of("t4g", 0.065, 0.068, "micro small medium"),
    "m3": _of("m6g", 0.149, 0.182, "large xlarge 2xlarge"),
    "m4": _of("m6g", 0.149, 0.156, "large xlarge 2xlarge 4xlarge"),
    "m5": _of("m6g", 0.149, 0.156, "large xlarge 2xlarge 4xlarge 12xlarge"),
    "r3": _of("r6g", 0.206, 0.228, "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": _of("r6g", 0.206, 0.228, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"),
    "r5": _of("r6g", 0.206, 0.216, "large xlarge 2xlarge 4xlarge 12xlarge"),
}
"""Types of cache nodes, and those on Graviton that replace them."""


def price(name: str) -> float:
    """The public price called `name` in us-east-1."""
    return LIST_PRICES[name]


def origin(*, machines: bool = False) -> str:
    """Where a public price is from, for the evidence of a recommendation."""
    read = EC2_DATE if machines else READ_ON
    return f"AWS's public prices in {REGION}, {formats.day(read)}"
