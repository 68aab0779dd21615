"""Deletes a NAT gateway that no route leads to."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, GatewayId
from finops.remediation.kinds.kind import Kind


class DeleteNatGateway(Facts):
    """Which gateway."""

    nat_gateway_id: GatewayId


def write(facts: DeleteNatGateway) -> Runbook:
    """Looks whether a route leads to it, and deletes it."""
    which = facts.nat_gateway_id
    return Runbook(
        procedure=Procedure(
            title=f"Delete NAT gateway {which}",
            action_class="delete",
            effect=(
                "What lies in private subnets no longer reaches the internet through "
                "it. The script stops as long as a route leads to it."
            ),
            before=(
                "Take its routes out a day before, and see that nobody misses them.",
                "Partners who allow its public address are told.",
            ),
            after=(
                f"`aws ec2 describe-nat-gateways --nat-gateway-ids {which}` says "
                "`deleted`. Its Elastic IP address stays, and is paid for: release "
                "it too.",
            ),
            way_back=(
                "The script prints the command that makes another one in the same "
                "subnet with the same address; the routes are made again by hand.",
            ),
        ),
        script="delete_nat_gateway",
        values={"gateway": which},
    )


KIND: Final = Kind(
    name="delete_nat_gateway",
    facts=DeleteNatGateway,
    write=write,
    risk="high",
    identity="nat_gateway_id",
    resource_type="aws_nat_gateway",
    answers=("nat_idle",),
)
