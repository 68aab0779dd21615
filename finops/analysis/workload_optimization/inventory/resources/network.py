"""Addresses, gateways and load balancers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.metrics import Metric
from finops.analysis.workload_optimization.inventory.resources.resource import (
    Dimensions,
    Resource,
)

Balancer = Literal["application", "network", "gateway"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Address(Resource):
    """A public IPv4 address that is kept."""

    public_ip: str
    attached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Resource):
    """A way out to the internet for machines without public addresses."""

    state: str
    vpc_id: str = ""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What passes it, in both directions."""
        return (metrics.NAT_OUT, metrics.NAT_IN)

    @property
    def dimensions(self) -> Dimensions:
        """Its id."""
        return (("NatGatewayId", self.id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadBalancer(Resource):
    """An application, network or gateway load balancer; its id is its ARN.

    Attributes:
        targets: How many targets are registered behind it; None where that
            could not be read.
    """

    name: str
    type: Balancer
    targets: int | None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """Requests, or connections where there are no requests."""
        known = {"application": metrics.ALB_REQUESTS, "network": metrics.NLB_FLOWS}
        return (known[self.type],) if self.type in known else ()

    @property
    def dimensions(self) -> Dimensions:
        """The end of its ARN."""
        return (("LoadBalancer", self.id.partition(":loadbalancer/")[2]),)
