"""Gateway endpoints, so that S3 and DynamoDB are reached without a NAT gateway."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import LISTED, Facts, Region, RouteTableId, VpcId
from finops.remediation.hcl import Block
from finops.remediation.kinds.kind import Kind


class GatewayEndpoint(Facts):
    """Which network, by which route tables, to which services."""

    region: Region
    vpc_id: VpcId
    route_table_ids: Annotated[tuple[RouteTableId, ...], LISTED, Field(min_length=1)]
    services: Annotated[
        tuple[Literal["s3", "dynamodb"], ...],
        LISTED,
        Field(min_length=1),
    ] = ("s3",)


def write(facts: GatewayEndpoint) -> Project:
    """One endpoint per service, which costs nothing."""
    return Project(
        procedure=_procedure(facts),
        step="through the NAT gateway to a gateway endpoint",
        blocks=tuple(
            Block(
                "resource",
                ("aws_vpc_endpoint", service),
                {
                    "vpc_id": facts.vpc_id,
                    "service_name": f"com.amazonaws.{facts.region}.{service}",
                    "vpc_endpoint_type": "Gateway",
                    "route_table_ids": list(facts.route_table_ids),
                },
                comment="A route past the NAT gateway; the endpoint is free.",
            )
            for service in facts.services
        ),
        expected={
            f"aws_vpc_endpoint.{service}": Expected(action="create")
            for service in facts.services
        },
    )


def _procedure(facts: GatewayEndpoint) -> Procedure:
    names = " and ".join(
        {"s3": "S3", "dynamodb": "DynamoDB"}[service] for service in facts.services
    )
    listed = (
        f"aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values={facts.vpc_id}"
    )
    return Procedure(
        title=f"Reach {names} from {facts.vpc_id} without the NAT gateway",
        action_class="create",
        effect=(
            f"Traffic to {names} in {facts.region} takes the endpoint from now on. "
            f"Connections to {names} that are open at that moment may break once. The "
            "NAT gateway stays, for everything else."
        ),
        before=(
            f"`{listed}` lists no gateway endpoint for {names} yet.",
            "The route tables are those of the private subnets.",
            "No bucket policy allows access by the NAT gateway's public address: "
            "requests come from private addresses then.",
            "Security groups and network ACLs let traffic to the service out.",
        ),
        after=(
            f"`{listed}` says `available`.",
            "Bytes through the NAT gateway fall within a day.",
        ),
        way_back=(
            "`terraform destroy` in this folder: traffic takes the NAT gateway again.",
        ),
    )


KIND: Final = Kind(
    name="gateway_endpoint",
    facts=GatewayEndpoint,
    write=write,
    risk="low",
    identity="vpc_id",
    answers=("nat_traffic",),
    ask={
        "vpc_id": "aws ec2 describe-nat-gateways --query 'NatGateways[].VpcId'",
        "route_table_ids": "aws ec2 describe-route-tables --query "
        "'RouteTables[].RouteTableId'",
    },
)
