"""The addresses, gateways and load balancers of an account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from finops.analysis.workload_optimization.inventory.resources import (
    Address,
    LoadBalancer,
    NatGateway,
)
from finops.aws.inventory.seen import Seen, Topic, tags_of
from finops.aws.questions import Place, Question

ADDRESSES: Final = Question("ec2:DescribeAddresses", "Addresses")

NAT_GATEWAYS: Final = Question("ec2:DescribeNatGateways", "NatGateways")

BALANCERS: Final = Question(
    "elasticloadbalancing:DescribeLoadBalancers", "LoadBalancers"
)

TARGET_GROUPS: Final = Question(
    "elasticloadbalancing:DescribeTargetGroups", "TargetGroups"
)

TARGETS: Final = Question(
    "elasticloadbalancing:DescribeTargetHealth",
    "TargetHealthDescriptions",
    none=("TargetGroupNotFound",),
)

BALANCER_TAGS: Final = Question("elasticloadbalancing:DescribeTags", "TagDescriptions")

MOST_TAGGED: Final = 20
"""How many load balancers' tags AWS tells at once."""


def addresses(place: Place, now: datetime) -> Seen:
    """The public addresses that the account keeps."""
    del now
    return Seen(
        [
            Address(
                id=one.get("AllocationId", one["PublicIp"]),
                tags=tags_of(one),
                public_ip=one["PublicIp"],
                attached=any(
                    one.get(key)
                    for key in ("AssociationId", "InstanceId", "NetworkInterfaceId")
                ),
            )
            for one in place.ask(ADDRESSES)
        ]
    )


def nat_gateways(place: Place, now: datetime) -> Seen:
    """The NAT gateways, those in deletion too."""
    del now
    return Seen(
        [
            NatGateway(
                id=one["NatGatewayId"],
                created=one.get("CreateTime"),
                tags=tags_of(one),
                state=one["State"],
                vpc_id=one.get("VpcId", ""),
            )
            for one in place.ask(NAT_GATEWAYS)
        ]
    )


def load_balancers(place: Place, now: datetime) -> Seen:
    """The load balancers of today's kinds, with how many targets each has."""
    del now
    found = place.ask(BALANCERS)
    if not found:
        return Seen()
    targets: Counter[str] = Counter()
    for group in place.ask(TARGET_GROUPS):
        if behind := group.get("LoadBalancerArns"):
            arn = group["TargetGroupArn"]
            registered = len(place.ask(TARGETS, TargetGroupArn=arn))
            targets.update(dict.fromkeys(behind, registered))
    tags = dict(_tags([one["LoadBalancerArn"] for one in found], place))
    return Seen(
        [
            LoadBalancer(
                id=one["LoadBalancerArn"],
                created=one.get("CreatedTime"),
                tags=tags.get(one["LoadBalancerArn"], {}),
                name=one["LoadBalancerName"],
                type=one.get("Type", "application"),
                targets=targets[one["LoadBalancerArn"]],
            )
            for one in found
        ]
    )


def _tags(arns: Sequence[str], place: Place) -> Iterator[tuple[str, dict[str, str]]]:
    for start in range(0, len(arns), MOST_TAGGED):
        some = list(arns[start : start + MOST_TAGGED])
        described: list[Any] = place.ask(BALANCER_TAGS, ResourceArns=some)
        for one in described:
            yield one["ResourceArn"], tags_of(one)


TOPICS: Final = (
    Topic("addresses", ADDRESSES, addresses),
    Topic("NAT gateways", NAT_GATEWAYS, nat_gateways),
    Topic("load balancers", BALANCERS, load_balancers),
)
