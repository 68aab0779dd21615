"""What does AWS ask for in public, where the bill does not say?

Checks of the bill use public prices as ratios wherever they can: a discount
that a customer has on one thing mostly holds for what replaces it, and gp3 is
20 % cheaper than gp2 in every region. What is really paid comes from the bill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from finops.analysis.workload_optimization.machine_prices import machine_hour
from finops.analysis.workload_optimization.public_prices import PUBLIC_PRICES, origin

__all__ = ["Successor", "origin", "price"]

BILLED_PRICES: Final[Mapping[str, float]] = {
    "NAT gateway GB": 0.045,
    "load balancer capacity unit hour": 0.008,
    "interface endpoint hour": 0.01,
    "interface endpoint GB": 0.01,
    "log ingestion GB": 0.50,
    "Lambda provisioned GB-second": 0.0000097222,
    "Lambda concurrency GB-second": 0.0000041667,
}
"""Public prices in us-east-1 of what only a bill shows."""

FORMER: Final[Mapping[str, float]] = {
    "t1.micro": 0.02,
    "m1.large": 0.175,
    "m2.xlarge": 0.245,
    "i2.xlarge": 0.853,
    "db.t2.large": 0.136,
    "db.m3.large": 0.185,
    "db.m4.large": 0.175,
    "db.r3.large": 0.24,
    "db.r4.large": 0.24,
    "cache.t2.medium": 0.068,
    "cache.t3.medium": 0.068,
    "cache.t4g.medium": 0.065,
    "cache.m3.large": 0.182,
    "cache.r3.large": 0.228,
    "cache.r4.large": 0.228,
}
"""Hours of machines that AWS would rather not sell any more, and of small nodes."""


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


def price(name: str) -> float:
    """The public price called `name`, or of an hour of the machine `name`."""
    for table in (BILLED_PRICES, PUBLIC_PRICES, FORMER):
        if name in table:
            return table[name]
    found = machine_hour(name)
    if found is None:
        raise KeyError(name)
    return found


def _from(old: str, new: str, sizes: str) -> Successor:
    """What replaces the family of the machine `old`: that of the machine `new`."""
    *_, family, _ = new.split(".")
    return Successor(family, price(new) / price(old), frozenset(sizes.split()))


EC2_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t1": _from("t1.micro", "t3.micro", "micro"),
    "t2": _from("t2.large", "t3.large", "nano micro small medium large xlarge 2xlarge"),
    "m1": _from("m1.large", "m5.large", "large xlarge"),
    "m2": _from("m2.xlarge", "r5.xlarge", "xlarge 2xlarge 4xlarge"),
    "m3": _from("m3.large", "m5.large", "large xlarge 2xlarge"),
    "m4": _from("m4.large", "m5.large", "large xlarge 2xlarge 4xlarge 16xlarge"),
    "c3": _from("c3.large", "c5.large", "large xlarge 2xlarge 4xlarge"),
    "c4": _from("c4.large", "c5.large", "large xlarge 2xlarge 4xlarge"),
    "r3": _from("r3.large", "r5.large", "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": _from(
        "r4.large", "r5.large", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"
    ),
    "i2": _from("i2.xlarge", "i3.xlarge", "xlarge 2xlarge 4xlarge 8xlarge"),
}
"""Machines of an old generation, and today's of the same make (Linux)."""

RDS_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t2": _from(
        "db.t2.large", "db.t4g.large", "micro small medium large xlarge 2xlarge"
    ),
    "t3": _from(
        "db.t3.large", "db.t4g.large", "micro small medium large xlarge 2xlarge"
    ),
    "m3": _from("db.m3.large", "db.m6g.large", "large xlarge 2xlarge"),
    "m4": _from("db.m4.large", "db.m6g.large", "large xlarge 2xlarge 4xlarge 16xlarge"),
    "m5": _from(
        "db.m5.large", "db.m6g.large", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge"
    ),
    "r3": _from("db.r3.large", "db.r6g.large", "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": _from(
        "db.r4.large", "db.r6g.large", "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"
    ),
    "r5": _from(
        "db.r5.large", "db.r6g.large", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge"
    ),
}
"""Classes of databases, and those on Graviton that replace them (MySQL)."""

CACHE_SUCCESSORS: Final[Mapping[str, Successor]] = {
    "t2": _from("cache.t2.medium", "cache.t4g.medium", "micro small medium"),
    "t3": _from("cache.t3.medium", "cache.t4g.medium", "micro small medium"),
    "m3": _from("cache.m3.large", "cache.m6g.large", "large xlarge 2xlarge"),
    "m4": _from("cache.m4.large", "cache.m6g.large", "large xlarge 2xlarge 4xlarge"),
    "m5": _from("cache.m5.large", "cache.m6g.large", "large xlarge 2xlarge 4xlarge"),
    "r3": _from("cache.r3.large", "cache.r6g.large", "large xlarge 2xlarge 4xlarge"),
    "r4": _from("cache.r4.large", "cache.r6g.large", "large xlarge 2xlarge 4xlarge"),
    "r5": _from("cache.r5.large", "cache.r6g.large", "large xlarge 2xlarge 4xlarge"),
}
"""Types of cache nodes, and those on Graviton that replace them."""
