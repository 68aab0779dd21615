"""Deletes a load balancer without targets."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, LoadBalancerArn
from finops.remediation.kinds.kind import Kind


class DeleteLoadBalancer(Facts):
    """Which load balancer: application, network or gateway."""

    load_balancer_arn: LoadBalancerArn


def write(facts: DeleteLoadBalancer) -> Runbook:
    """Looks whether it has targets, keeps its settings in a file, deletes it."""
    which = facts.load_balancer_arn
    name = which.split("/")[-2]
    return Runbook(
        procedure=Procedure(
            title=f"Delete load balancer {name}",
            action_class="delete",
            effect=(
                "Its DNS name stops answering. The script stops if it has targets, "
                "or is protected against deletion."
            ),
            before=(
                "No DNS record points to it, and no rule of a web firewall or of "
                "Global Accelerator.",
                "Its target groups stay; delete them if nothing else uses them.",
            ),
            after=(
                f"`aws elbv2 describe-load-balancers --load-balancer-arns {which}` "
                "finds nothing.",
            ),
            way_back=(
                "The script keeps its settings and listeners in a file beside it. "
                "A load balancer that is made of them has another DNS name.",
            ),
        ),
        script="delete_load_balancer",
        values={"balancer": which},
    )


KIND: Final = Kind(
    name="delete_load_balancer",
    facts=DeleteLoadBalancer,
    write=write,
    risk="medium",
    identity="load_balancer_arn",
    resource_type="aws_lb",
    answers=("load_balancer_idle", "load_balancer_empty"),
)
