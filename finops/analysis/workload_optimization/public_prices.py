"""What does AWS ask of everyone? Dated, in dollars, for one region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from finops import formats

HOURS: Final = 730
"""Hours in a month, as AWS reckons."""

REGION: Final = "us-east-1"

READ_ON: Final = date(2026, 10, 13)
"""When the public prices were read, other than those of machines."""

MACHINES_READ_ON: Final = date(2026, 7, 20)

PUBLIC_PRICES: Final[Mapping[str, float]] = {
    "gp2 GB-month": 0.10,
    "gp3 GB-month": 0.08,
    "gp3 IOPS-month": 0.005,
    "gp3 MiB/s-month": 0.04,
    "io1 GB-month": 0.125,
    "io1 IOPS-month": 0.065,
    "io2 GB-month": 0.125,
    "io2 IOPS-month": 0.065,
    "st1 GB-month": 0.045,
    "sc1 GB-month": 0.015,
    "standard GB-month": 0.05,
    "snapshot GB-month": 0.05,
    "public IPv4 hour": 0.005,
    "NAT gateway hour": 0.045,
    "application load balancer hour": 0.0225,
    "network load balancer hour": 0.0225,
    "gateway load balancer hour": 0.0125,
    "log storage GB-month": 0.03,
    "S3 Standard GB-month": 0.023,
    "Lambda x86_64 GB-second": 0.0000166667,
    "Lambda arm64 GB-second": 0.0000133334,
    "DynamoDB read unit hour": 0.00013,
    "DynamoDB write unit hour": 0.00065,
    "ECR GB-month": 0.10,
    "secret month": 0.40,
    "RDS gp2 GB-month": 0.115,
    "RDS gp3 GB-month": 0.115,
    "RDS io1 GB-month": 0.125,
    "RDS extended support vCPU-hour": 0.10,
    "RDS extended support vCPU-hour, third year": 0.20,
}
"""AWS's public prices in us-east-1, in dollars."""


def origin(*, machines: bool = False) -> str:
    """Where a public price is from, for the evidence of a recommendation."""
    read = MACHINES_READ_ON if machines else READ_ON
    return f"AWS's public prices in {REGION}, {formats.day(read)}"
