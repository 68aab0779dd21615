"""Which buckets keep everything in S3 Standard?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage

OTHER_CLASSES: Final = r"TimedStorage-(INT|SIA|ZIA|GIR|Glacier|GDA|RRS).*"

S3: Final = r"Simple Storage|\bS3\b|AmazonS3"

ASSUMED: Final = 0.3

SOURCE: Final = (
    "30 % is what the KPI dashboard of AWS's Cloud Intelligence Dashboards assumes; "
    "Intelligent-Tiering costs $0.0025 per 1,000 objects besides"
)

NOTABLE: Final = 1.0


def find(usage: Usage) -> Iterator[Finding]:
    """Each bucket with S3 Standard alone, from 1 a month on."""
    tiered = usage.monthly(OTHER_CLASSES, service=S3)
    for line in usage.lines(CHECK.meters, service=S3):
        if line.place in tiered or line.monthly < NOTABLE:
            continue
        if line.operation not in (None, "StandardStorage"):
            continue
        paid = formats.money(line.monthly, usage.currency)
        size = line.units("S3 Standard GB-month")
        yield Finding(
            line=line,
            title=f"Tier {the(line, 'bucket')} by how often objects are read",
            savings=line.monthly * ASSUMED,
            bill=f"{paid} a month for {size:,.0f} GB, all of it in S3 Standard",
            formula=f"{paid} x {ASSUMED:.0%}".replace("%", " %"),
            price=SOURCE,
            facts={"bucket": own_id(line)},
        )


CHECK: Final = Check(
    kind="s3_tiering",
    name="Buckets without tiers",
    action="Configure",
    risk="low",
    effort="quick_win",
    rule="A bucket costs 1 a month or more, all of it in S3 Standard",
    service="Amazon Simple Storage Service",
    meters=r"TimedStorage-ByteHrs",
    beside=OTHER_CLASSES,
    find=find,
    needs=(USAGE_TYPE, "ServiceName"),
)
