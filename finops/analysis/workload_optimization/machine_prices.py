"""What does an hour of a machine cost in public, size by size?

Prices of us-east-1, of the families that most machines are of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LARGE: Final[Mapping[str, float]] = {
    "t2": 0.0928,
    "t3": 0.0832,
    "t3a": 0.0752,
    "t4g": 0.0672,
    "m3": 0.133,
    "m4": 0.1,
    "m5": 0.096,
    "m5a": 0.086,
    "m6i": 0.096,
    "m6a": 0.0864,
    "m6g": 0.077,
    "m7i": 0.1008,
    "m7a": 0.11592,
    "m7g": 0.0816,
    "m8g": 0.08976,
    "c3": 0.105,
    "c5": 0.085,
    "c5a": 0.077,
    "c6i": 0.085,
    "c6a": 0.0765,
    "c6g": 0.068,
    "c7i": 0.08925,
    "c7a": 0.10264,
    "c7g": 0.0725,
    "r4": 0.133,
    "r5": 0.126,
    "r5a": 0.113,
    "r6i": 0.126,
    "r6a": 0.1134,
    "r6g": 0.1008,
    "r7i": 0.1323,
    "r7g": 0.1071,
    "i3": 0.156,
    "db.t3": 0.136,
    "db.t4g": 0.129,
    "db.m5": 0.171,
    "db.m6i": 0.171,
    "db.m6g": 0.152,
    "db.r5": 0.24,
    "db.r6i": 0.24,
    "db.r6g": 0.215,
    "cache.m4": 0.156,
    "cache.m5": 0.156,
    "cache.m6g": 0.149,
    "cache.r5": 0.216,
    "cache.r6g": 0.206,
}
"""An hour of each family's `large`: Linux on demand, MySQL in one zone, a node.

These are the families whose other sizes cost as much in proportion.
"""

POSTGRES_LARGE: Final[Mapping[str, float]] = {
    "db.t4g": 0.129,
    "db.m5": 0.178,
    "db.m6i": 0.178,
    "db.m6g": 0.159,
    "db.r5": 0.25,
    "db.r6i": 0.25,
    "db.r6g": 0.225,
}
"""The same for PostgreSQL in one zone."""

OUT_OF_PROPORTION: Final[Mapping[str, float]] = {
    "t2.small": 0.023,
    "m3.medium": 0.067,
    "c4.large": 0.1,
    "c4.xlarge": 0.199,
    "c4.2xlarge": 0.398,
    "c4.4xlarge": 0.796,
    "c4.8xlarge": 1.591,
    "r3.large": 0.166,
    "r3.xlarge": 0.333,
    "r3.2xlarge": 0.665,
    "r3.4xlarge": 1.33,
    "r3.8xlarge": 2.66,
    "postgres db.t3.micro": 0.018,
    "postgres db.t3.small": 0.036,
    "postgres db.t3.medium": 0.072,
    "postgres db.t3.large": 0.145,
}
"""Hours of single sizes."""

SIZES: Final[Mapping[str, float]] = {
    "nano": 0.0625,
    "micro": 0.125,
    "small": 0.25,
    "medium": 0.5,
    "large": 1,
    "xlarge": 2,
    "2xlarge": 4,
    "4xlarge": 8,
    "8xlarge": 16,
    "12xlarge": 24,
    "16xlarge": 32,
    "24xlarge": 48,
}
"""What a size costs and holds, as a multiple of `large`."""


def machine_hour(machine: str) -> float | None:
    """The public price of an hour of a machine.

    >>> machine_hour("m5.xlarge"), machine_hour("postgres db.m5.large")
    (0.192, 0.178)
    """
    if machine in OUT_OF_PROPORTION:
        return OUT_OF_PROPORTION[machine]
    engine, _, kind = machine.rpartition(" ")
    family, _, size = kind.rpartition(".")
    table = POSTGRES_LARGE if engine == "postgres" else LARGE
    if engine not in ("", "mysql", "mariadb", "postgres") or size not in SIZES:
        return None
    return table[family] * SIZES[size] if family in table else None


def smaller(machine: str) -> str | None:
    """The next smaller size of the same family, half as large; None if there is none.

    >>> smaller("m5.xlarge"), smaller("db.t3.micro"), smaller("m5.large")
    ('m5.large', None, None)
    """
    family, _, size = machine.rpartition(".")
    half = SIZES.get(size, 0) / 2
    smallest = SIZES["nano"] if family[:1] == "t" else SIZES["large"]
    if family.startswith(("db.t", "cache.t")):
        smallest = SIZES["micro"]
    names = {held: name for name, held in SIZES.items() if held >= smallest}
    return f"{family}.{names[half]}" if half in names else None
