"""Which logs are kept for ever?"""

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
from finops.analysis.workload_optimization.line_table import A_MONTH
from finops.analysis.workload_optimization.usage import Usage

WRITTEN: Final = r"(Vended|Custom)?(DataProcessing|VendedLog)-Bytes"

LOGS: Final = "CloudWatch"

RETENTION_DAYS: Final = 30

COMPRESSED: Final = 0.15
"""What is kept, and paid for, of a GB that was written."""

SOURCE: Final = "15 % is what AWS's calculator takes written logs to be kept as"

TOO_MUCH: Final = 2.0
"""Kept logs are this many times those of the last 30 days, or more."""

NOTABLE: Final = 0.5


def find(usage: Usage) -> Iterator[Finding]:
    """Each log group with far more than 30 days of logs."""
    written = usage.used(WRITTEN, "log ingestion GB", service=LOGS)
    for line in usage.lines(CHECK.meters, service=LOGS):
        kept = line.units("log storage GB-month")
        came = written.get(line.place, 0.0) * RETENTION_DAYS / A_MONTH
        needed = came * COMPRESSED
        if line.monthly < NOTABLE or kept < TOO_MUCH * needed:
            continue
        paid = formats.money(line.monthly, usage.currency)
        yield Finding(
            line=line,
            title=f"Limit {the(line, 'log group')} to {RETENTION_DAYS} days",
            savings=line.monthly * (1 - needed / kept),
            bill=f"{paid} a month for {kept:,.0f} GB; {came:,.0f} GB are written in "
            f"{RETENTION_DAYS} days, which are kept as {needed:,.0f}",
            formula=f"{paid} x (1 - {needed:,.0f} / {kept:,.0f} GB)",
            price=SOURCE,
            facts={
                "log_group": own_id(line),
                "retention_days": str(RETENTION_DAYS),
            },
        )


CHECK: Final = Check(
    kind="log_retention",
    name="Logs kept for ever",
    action="Configure",
    risk="medium",
    effort="quick_win",
    rule="Kept logs are twice those of 30 days or more",
    service="AmazonCloudWatch",
    meters=r"TimedStorage-ByteHrs",
    beside=WRITTEN,
    find=find,
    needs=(USAGE_TYPE, "ServiceName"),
)
