"""Which interface endpoints does nothing go through?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    the,
)
from finops.analysis.workload_optimization.line_table import A_MONTH
from finops.analysis.workload_optimization.usage import Usage

BYTES: Final = r"VpcEndpoint-Bytes"

IDLE_GB_A_DAY: Final = 0.01

A_WEEK: Final = 7


def find(usage: Usage) -> Iterator[Finding]:
    """Each endpoint below 10 MB a day."""
    traffic = usage.used(BYTES, "interface endpoint GB")
    for line in usage.lines(CHECK.meters):
        gb_a_day = traffic.get(line.place, 0.0) / A_MONTH
        if gb_a_day < IDLE_GB_A_DAY and line.span >= A_WEEK:
            yield Finding(
                line=line,
                title=f"Delete {the(line, 'idle endpoint')}",
                savings=line.monthly,
                bill=f"{formats.money(line.monthly, usage.currency)} a month for its "
                f"hours, and {gb_a_day * 1000:,.1f} MB a day",
                formula="Its hours, as paid",
                facts={"vpc_endpoint_id": line.resource_id},
            )


CHECK: Final = Check(
    kind="vpc_endpoint_idle",
    name="Idle interface endpoints",
    action="Delete",
    risk="medium",
    effort="quick_win",
    rule="Less than 10 MB a day go through an interface endpoint, over 7 days or more",
    service="Amazon Virtual Private Cloud",
    meters=r"VpcEndpoint-Hours",
    beside=BYTES,
    find=find,
    needs=(USAGE_TYPE, "ResourceId"),
)
