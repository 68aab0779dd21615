"""Which NAT gateways does hardly anything go through?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    own_id,
    the,
)
from finops.analysis.workload_optimization.line_table import A_MONTH
from finops.analysis.workload_optimization.usage import Usage

BYTES: Final = r"NatGateway-Bytes"

IDLE_GB_A_DAY: Final = 1.0

A_WEEK: Final = 7


def find(usage: Usage) -> Iterator[Finding]:
    """Each gateway below 1 GB a day over a week at least."""
    traffic = usage.used(BYTES, "NAT gateway GB")
    traffic_cost = usage.monthly(BYTES, ended=True)
    for line in usage.lines(CHECK.meters):
        gb_a_day = traffic.get(line.place, 0.0) / A_MONTH
        if gb_a_day >= IDLE_GB_A_DAY or line.span < A_WEEK:
            continue
        data = traffic_cost.get(line.place, 0.0)
        yield Finding(
            line=line,
            title=f"Delete {the(line, 'idle NAT gateway')}",
            savings=line.monthly + data,
            bill=f"{formats.money(line.monthly, usage.currency)} a month for its hours, "
            f"{formats.money(data, usage.currency)} for {gb_a_day:,.2f} GB a day",
            formula="Its hours and its data, as paid",
            facts={"nat_gateway_id": own_id(line)},
        )


CHECK: Final = Check(
    kind="nat_idle",
    name="Idle NAT gateways",
    action="Delete",
    risk="high",
    effort="moderate",
    rule="Less than 1 GB a day goes through a NAT gateway, over 7 days or more",
    service="Amazon Elastic Compute Cloud",
    meters=r"NatGateway-Hours",
    beside=BYTES,
    find=find,
)
