"""Usage types and descriptions say more than they seem to."""

from __future__ import annotations

import pytest

from finops.analysis.workload_optimization.usage_types import (
    InstanceType,
    by_the_month,
    meter,
    region,
    unit_price,
)


@pytest.mark.parametrize(
    ("usage_type", "its_meter", "its_region"),
    [
        ("BoxUsage:m5.large", "BoxUsage:m5.large", "us-east-1"),
        ("USE1-DEVED-DPU-Hour", "DEVED-DPU-Hour", "us-east-1"),
        ("EU-BoxUsage:m5.large", "BoxUsage:m5.large", "eu-west-1"),
        ("APS3-EBS:VolumeUsage.gp2", "EBS:VolumeUsage.gp2", "ap-south-1"),
        ("Multi-AZUsage:db.m4.large", "Multi-AZUsage:db.m4.large", "us-east-1"),
        ("NatGateway-Hours", "NatGateway-Hours", "us-east-1"),
    ],
)
def test_a_usage_type_names_its_region(
    usage_type: str, its_meter: str, its_region: str
) -> None:
    assert (meter(usage_type), region(usage_type)) == (its_meter, its_region)


@pytest.mark.parametrize(
    ("meter", "monthly"),
    [
        ("EBS:VolumeUsage.gp2", True),
        ("EBS:VolumeP-IOPS.io1", True),
        ("EBS:SnapshotUsage", True),
        ("TimedStorage-INT-FA-ByteHrs", True),
        ("RDS:Multi-AZ-GP3-Storage", True),
        ("RDS:PIOPS", True),
        ("Aurora:BackupUsage", True),
        ("Aurora:StorageIOUsage", False),
        ("EBS:VolumeIOUsage", False),
        ("EBS:FastSnapshotRestore", False),
        ("NatGateway-Bytes", False),
        ("BoxUsage:m5.large", False),
    ],
)
def test_what_is_stored_is_priced_by_the_month(meter: str, *, monthly: bool) -> None:
    assert by_the_month(meter) is monthly


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("$0.10 per GB-month of General Purpose SSD (gp2) provisioned storage", 0.10),
        ("USD 0.017 per db.t3.micro Single-AZ instance hour running MySQL", 0.017),
        ("$1.66667e-05 per AWS Lambda duration GB-Second", 0.0000166667),
        ("$1,000.00 per Direct Connect month", 1000.0),
        ("$0.000 per GB - storage under the monthly global free tier", None),
        ("Linux/UNIX (Amazon VPC), c5.large reserved instance applied", None),
    ],
)
def test_a_description_states_the_public_price(text: str, price: float | None) -> None:
    assert unit_price(text) == price


@pytest.mark.parametrize(
    ("text", "machine"),
    [
        ("BoxUsage:m5.large", "m5.large"),
        ("Multi-AZUsage:db.r4.2xlarge", "db.r4.2xlarge"),
        ("NodeUsage:cache.t3.micro", "cache.t3.micro"),
        ("BoxUsage:u-6tb1.metal", "u-6tb1.metal"),
    ],
)
def test_a_machine_is_found_in_a_usage_type(text: str, machine: str) -> None:
    assert str(InstanceType.within(text)) == machine


def test_what_names_no_machine_has_none() -> None:
    assert InstanceType.within("EBS:VolumeUsage") is None
