"""Which load balancers have nothing to balance?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
)
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.usage import Usage

BALANCING: Final = "Load Balancing|ELB"

CAPACITY: Final = r"LCUUsage|DataProcessing-Bytes"

IDLE_UNITS: Final = 0.01
"""Capacity units an hour: 10 MB, or 900 new connections, in an hour."""

A_WEEK: Final = 7


def find(usage: Usage) -> Iterator[Finding]:
    """Each load balancer below a hundredth of a capacity unit."""
    used = usage.used(CAPACITY, "load balancer capacity unit hour", service=BALANCING)
    for line in usage.lines(CHECK.meters):
        hours = line.units("application load balancer hour")
        units = used.get(line.place, 0.0) / hours
        if units >= IDLE_UNITS or line.span < A_WEEK:
            continue
        yield Finding(
            line=line,
            title=f"Delete the idle load balancer {_name(line)}",
            savings=line.monthly,
            bill=f"{formats.money(line.monthly, usage.currency)} a month for its hours, "
            f"and {units:.4f} capacity units an hour",
            formula="Its hours, as paid",
            facts={"load_balancer_arn": line.resource_id},
        )


def _name(line: Line) -> str:
    """Its name, without its type and the number that AWS gave it."""
    kind, slash, rest = (own_id(line) or "").partition("/")
    return rest.rpartition("/")[0] if slash else kind


CHECK: Final = Check(
    kind="load_balancer_idle",
    name="Idle load balancers",
    action="Delete",
    risk="medium",
    effort="moderate",
    rule="A load balancer uses less than 0.01 capacity units, over 7 days or more",
    service="Elastic Load Balancing",
    meters=r"LoadBalancerUsage",
    beside=CAPACITY,
    find=find,
    needs=(USAGE_TYPE, "ResourceId", "ServiceName"),
)
