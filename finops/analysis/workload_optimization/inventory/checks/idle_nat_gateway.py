"""Is a NAT gateway paid for through which next to nothing goes?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import NatGateway
from finops.analysis.workload_optimization.public_prices import HOURS

GB: Final = 1024**3

NEXT_TO_NOTHING: Final = 1.0
"""GB in 14 days, both ways together."""


def find(gateway: NatGateway, sight: Sight) -> Finding | None:
    """A gateway that passed less than 1 GB in 14 days."""
    if gateway.state != "available":
        return None
    both = (metrics.NAT_OUT, metrics.NAT_IN)
    passed = sum(sight.measured(gateway, metric).total for metric in both) / GB
    if passed >= NEXT_TO_NOTHING:
        return None
    return Finding(
        title=f"Delete {gateway.id}, through which next to nothing goes",
        saving=sight.cost((HOURS, "NAT gateway hour")),
        seen={
            "Passed in 14 days": f"{passed:,.3f} GB",
            "Before deleting": "find the routes that lead to it",
        },
        facts={"nat_gateway_id": gateway.id, "vpc_id": gateway.vpc_id},
    )


IDLE_NAT_GATEWAY = Check(
    kind="nat_idle",
    name="Idle NAT gateways",
    action="Delete",
    risk="high",
    effort="moderate",
    service="Amazon Virtual Private Cloud",
    rule="A NAT gateway that passed less than 1 GB in 14 days.",
    looks_at=NatGateway,
    needs=("ec2:DescribeNatGateways", "cloudwatch:GetMetricData"),
    find=find,
)
