"""Which changes lower what a unit costs, and which meters count the units?

Those of which the point is that less is used, such as a schedule or a rule that
expires data, have no rate: to measure them by the usage after them would credit
them with nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from finops.analysis.realization.meters import Meters, family_of

ALL_DAY: Final = 24.5
"""Hours: a machine runs for 24 of them, give or take what prices are rounded by."""

NO_METERS: Final = Meters("", r"(?!)", mark=None)


@dataclass(frozen=True, slots=True)
class Rate:
    """What a resource is charged by the unit.

    Attributes:
        counted: The meters that count the units, all of them in the same unit.
        paid: The meters that are paid.
        provisioned: Those of `paid` that cost the same for any number of units.
        by_the_month: Whether units are those of a month, such as GB-months.
        most: As many units of one resource as a day can have. More are those of
            several machines, and the change may be that there are fewer of them.
    """

    counted: Meters
    paid: Meters
    provisioned: Meters = NO_METERS
    by_the_month: bool = False
    most: float = float("inf")


def _anywhere(meter: str, pattern: str) -> Meters:
    """All meters that `pattern` matches, such as `meter`, in any region."""
    return Meters(meter, pattern, mark=None)


def _family(meter: str) -> Meters:
    return _anywhere(meter, family_of(meter))


DATABASE_HOURS: Final = r"(?:Instance|Multi-AZ\w*)Usage\w*:db\..+"
NODE_HOURS: Final = r"NodeUsage:cache\..+"

VOLUMES: Final = Rate(
    counted=_anywhere("EBS:VolumeUsage", r"EBS:VolumeUsage.*"),
    paid=_family("EBS:VolumeUsage"),
    provisioned=_anywhere("EBS:VolumeP-IOPS.piops", r"EBS:Volume(?!Usage).+"),
    by_the_month=True,
)

DATABASE_STORAGE: Final = Rate(
    counted=_anywhere("RDS:GP2-Storage", r"RDS:.*(?:-Storage|StorageUsage)"),
    paid=_family("RDS:GP2-Storage"),
    provisioned=_anywhere("RDS:PIOPS", r"RDS:.*(?:PIOPS|Throughput|IOUsage)"),
    by_the_month=True,
)

OBJECTS: Final = Rate(
    counted=_anywhere("TimedStorage-ByteHrs", r".*TimedStorage-.*ByteHrs"),
    paid=_family("TimedStorage-ByteHrs"),
    by_the_month=True,
)

MACHINES: Final = Rate(
    counted=_anywhere("BoxUsage", r"(?:\w*Box|Spot|Dedicated)Usage(?::.+)?"),
    paid=_family("BoxUsage"),
    most=ALL_DAY,
)

DATABASES: Final = Rate(
    counted=_anywhere("InstanceUsage:db.m5.large", DATABASE_HOURS),
    paid=_family("InstanceUsage:db.m5.large"),
    most=ALL_DAY,
)

NODES: Final = Rate(
    counted=_anywhere("NodeUsage:cache.m5.large", NODE_HOURS),
    paid=_family("NodeUsage:cache.m5.large"),
    most=ALL_DAY,
)

SUPPORT: Final = Rate(
    counted=_anywhere(
        "InstanceUsage:db.m5.large",
        rf"{DATABASE_HOURS}|{NODE_HOURS}|AmazonEKS-Hours:perCluster",
    ),
    paid=_family("ExtendedSupport:Yr1-Yr2"),
    most=ALL_DAY,
)
"""A surcharge on the hours of what runs: it ends, and they go on."""

RATES: Final[Mapping[str, Rate]] = {
    "ebs_gp3": VOLUMES,
    "ebs_gp3_oversized": VOLUMES,
    "ebs_io1": VOLUMES,
    "ec2_graviton": MACHINES,
    "ec2_previous_generation": MACHINES,
    "ec2_rightsize": MACHINES,
    "elasticache_graviton": NODES,
    "extended_support": SUPPORT,
    "rds_graviton": DATABASES,
    "rds_io1": DATABASE_STORAGE,
    "rds_rightsize": DATABASES,
    "s3_tiering": OBJECTS,
}
"""By the kind of change; whatever is not here is measured by its cost alone."""
