"""What goes through NAT gateways that could reach S3 and DynamoDB for nothing?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    at_most,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage

MUCH: Final = 100.0
"""GB a month below which an endpoint is not worth the work."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each gateway through which 100 GB a month go or more."""
    for line in usage.lines(CHECK.meters):
        gb = line.units("NAT gateway GB")
        if gb >= MUCH:
            yield at_most(
                line,
                usage,
                title=f"Route S3 and DynamoDB past {the(line, 'NAT gateway')}, by "
                "gateway endpoints",
                bill=f"for {gb:,.0f} GB",
                why="the bill does not say which part goes to S3 and DynamoDB; gateway "
                "endpoints for them are free",
                facts={"nat_gateway_id": own_id(line)},
            )


CHECK: Final = Check(
    kind="nat_traffic",
    name="Data through NAT gateways",
    action="Configure",
    risk="low",
    effort="moderate",
    rule="100 GB a month or more go through a NAT gateway",
    service="Amazon Elastic Compute Cloud",
    meters=r"NatGateway-Bytes",
    find=find,
    part="data",
)
