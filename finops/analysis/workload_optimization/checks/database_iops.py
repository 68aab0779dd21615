"""Which databases pay for IOPS that gp3 includes?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
    public_share,
    the,
)
from finops.analysis.workload_optimization.list_prices import origin
from finops.analysis.workload_optimization.usage import Usage

STORAGE: Final = r"RDS:(Multi-AZ-)?PIOPS-Storage"

INCLUDED: Final = 3000
LARGE_INCLUDED: Final = 12_000
LARGE: Final = 400
"""What gp3 includes below 400 GB, and from there on."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each database with no more provisioned IOPS than gp3 includes."""
    sizes, storage = usage.units(STORAGE, "RDS io1 GB-month"), usage.monthly(STORAGE)
    ratio = public_share("RDS gp3 GB-month", of="RDS io1 GB-month")
    for line in usage.lines(CHECK.meters):
        size, iops = round(sizes.get(line.place, 0.0)), line.monthly_quantity
        most = LARGE_INCLUDED if size >= LARGE else INCLUDED
        if iops is None or round(iops) > most:
            continue
        kept = storage.get(line.place, 0.0)
        paid = formats.money(line.monthly, usage.currency)
        stored = formats.money(kept, usage.currency)
        yield Finding(
            line=line,
            title=f"Move the storage of {the(line, 'database')} from io1 to gp3",
            savings=line.monthly + kept * (1 - ratio),
            bill=f"{paid} a month for {iops:,.0f} provisioned IOPS, {stored} for "
            f"{size:,.0f} GB of io1",
            formula=f"{paid}, as gp3 includes that many, + {stored} x (1 - {ratio:.2f})",
            price=origin(),
            facts={
                "db_identifier": own_id(line),
                "current_type": "io1",
                "target_type": "gp3",
                "size_gb": f"{size:.0f}",
            },
        )


CHECK: Final = Check(
    kind="rds_io1",
    name="Databases with provisioned IOPS",
    action="Upgrade",
    risk="medium",
    effort="moderate",
    rule="A database pays for no more IOPS than gp3 includes: 3,000, or 12,000 from "
    "400 GB on",
    service="Amazon Relational Database Service",
    meters=r"RDS:(Multi-AZ-)?PIOPS",
    beside=STORAGE,
    find=find,
    needs=(USAGE_TYPE, "ResourceId", "ChargeDescription"),
    part="storage",
)
