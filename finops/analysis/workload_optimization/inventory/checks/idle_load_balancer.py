"""Is a load balancer paid for that has nothing to balance?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import LoadBalancer
from finops.analysis.workload_optimization.public_prices import HOURS

SERVICE: Final = "Elastic Load Balancing"

NEEDS: Final = (
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeTags",
    "cloudwatch:GetMetricData",
)

FEW: Final = 100
"""Requests or connections in 14 days."""


def find_without_targets(balancer: LoadBalancer, sight: Sight) -> Finding | None:
    """A load balancer behind which there is nothing, and that is asked for nothing.

    Without any target it may still redirect, or give fixed answers.
    """
    if balancer.targets != 0:
        return None
    if any(sight.measured(balancer, metric).total for metric in balancer.metrics):
        return None
    return _finding(balancer, sight, why="no target is registered")


def find_without_requests(balancer: LoadBalancer, sight: Sight) -> Finding | None:
    """A load balancer that is hardly asked for anything, though it has targets."""
    if not balancer.targets or not balancer.metrics:
        return None
    [metric] = balancer.metrics
    asked = sight.measured(balancer, metric).total
    if asked >= FEW:
        return None
    what = "requests" if balancer.type == "application" else "connections"
    return _finding(balancer, sight, why=f"{asked:,.0f} {what} in 14 days")


def _finding(balancer: LoadBalancer, sight: Sight, *, why: str) -> Finding:
    return Finding(
        title=f"Delete the load balancer {balancer.name}: {why}",
        saving=sight.cost((HOURS, f"{balancer.type} load balancer hour")),
        seen={"Load balancer": f"{balancer.name}, {balancer.type}", "Use": why},
        facts={"load_balancer_arn": balancer.id, "name": balancer.name},
    )


EMPTY_LOAD_BALANCER = Check(
    kind="load_balancer_empty",
    name="Load balancers without targets",
    action="Delete",
    risk="medium",
    effort="quick_win",
    service=SERVICE,
    rule="A load balancer without targets that nobody asked for 14 days.",
    looks_at=LoadBalancer,
    needs=NEEDS,
    find=find_without_targets,
)

IDLE_LOAD_BALANCER = Check(
    kind="load_balancer_idle",
    name="Idle load balancers",
    action="Delete",
    risk="medium",
    effort="moderate",
    service=SERVICE,
    rule="A load balancer with fewer than 100 requests or connections in 14 days.",
    looks_at=LoadBalancer,
    needs=NEEDS,
    find=find_without_requests,
)
