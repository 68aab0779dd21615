"""What a disk is paid for, term by term."""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory.resources import (
    INCLUDED_IOPS,
    INCLUDED_THROUGHPUT,
    Volume,
)

Terms = tuple[tuple[float, str], ...]

GP3_MOST_IOPS: Final = 16_000
"""What a gp3 volume of any region can be set to."""

SERVICE: Final = "Amazon Elastic Compute Cloud"


def terms(volume: Volume) -> Terms:
    """What `volume` costs a month."""
    storage = (float(volume.size_gb), f"{volume.type} GB-month")
    if volume.type in ("io1", "io2"):
        return storage, (float(volume.iops or 0), f"{volume.type} IOPS-month")
    if volume.type == "gp3":
        return gp3_terms(
            volume.size_gb,
            iops=volume.iops or INCLUDED_IOPS,
            throughput=volume.throughput or INCLUDED_THROUGHPUT,
        )
    return (storage,)


def gp3_terms(size_gb: int, *, iops: int, throughput: int) -> Terms:
    """What a gp3 volume costs that does so many operations and MiB a second."""
    return (
        (float(size_gb), "gp3 GB-month"),
        (float(max(0, iops - INCLUDED_IOPS)), "gp3 IOPS-month"),
        (float(max(0, throughput - INCLUDED_THROUGHPUT)), "gp3 MiB/s-month"),
    )


def instead(before: Terms, after: Terms) -> Terms:
    """What is saved by paying `after` in place of `before`."""
    return (*before, *((-count, what) for count, what in after))


def words(volume: Volume) -> str:
    """The size and the type of `volume`: `500 GB gp2`."""
    return f"{volume.size_gb:,} GB {volume.type}"


def facts(volume: Volume) -> dict[str, object]:
    """What remediation needs to know of `volume`."""
    told = {
        "volume_id": volume.id,
        "current_type": volume.type,
        "size_gb": volume.size_gb,
        "iops": volume.iops,
        "throughput": volume.throughput,
    }
    return {key: value for key, value in told.items() if value is not None}
