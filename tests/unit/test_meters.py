"""A change moves cost from one meter to another."""

from __future__ import annotations

import pytest

from finops.analysis.realization.meters import Meters

MOVES = [
    ("EBS:VolumeUsage.gp2", "EBS:VolumeUsage.gp3"),
    ("EBS:VolumeUsage.gp2", "EBS:VolumeP-Throughput.gp3"),
    ("EBS:VolumeUsage.piops", "EBS:VolumeP-IOPS.gp3"),
    ("EUW2-EBS:VolumeUsage.gp2", "EUW2-EBS:VolumeUsage.gp3"),
    ("APS9-EBS:VolumeUsage.gp2", "APS9-EBS:VolumeUsage.gp3"),
    ("USW2-LAX1-BoxUsage:t3.medium", "USW2-LAX1-BoxUsage:t3.small"),
    ("BoxUsage:m5.2xlarge", "BoxUsage:m5.large"),
    ("BoxUsage:m5.large", "USE1-BoxUsage:m6g.large"),
    ("BoxUsage", "BoxUsage:t3.micro"),
    ("BoxUsage:m5.large", "SpotUsage:m5.large"),
    ("BoxUsage:m5.large", "CPUCredits:t3"),
    ("InstanceUsage:db.r5.large", "InstanceUsage:db.r6g.large"),
    ("Multi-AZUsage:db.r5.large", "InstanceUsage:db.r5.large"),
    ("RDS:PIOPS", "RDS:GP3-Storage"),
    ("RDS:Multi-AZ-GP2-Storage", "RDS:Multi-AZ-GP3-Storage"),
    ("Aurora:StorageIOUsage", "Aurora:IO-OptimizedStorageUsage"),
    ("NodeUsage:cache.r5.large", "NodeUsage:cache.r6g.large"),
    ("ESInstance:m4.large", "ESInstance:m6g.large"),
    ("EU-Kafka.m5.large", "EU-Kafka.m7g.large"),
    ("ES:GP2-Storage", "ES:GP3-Storage"),
    ("EBS:SnapshotUsage", "EBS:SnapshotArchiveStorage"),
    ("InstanceUsage:db.r5.large", "InstanceUsageIOOptimized:db.r6g.large"),
    ("TimedStorage-ByteHrs", "TimedStorage-INT-FA-ByteHrs"),
    ("TimedStorage-ByteHrs", "Monitoring-Automation-INT"),
    ("TimedStorage-ByteHrs", "IATimedStorage-ByteHrs"),
    ("Lambda-GB-Second", "Lambda-GB-Second-ARM"),
    ("Fargate-vCPU-Hours:perCPU", "Fargate-ARM-vCPU-Hours:perCPU"),
    ("ReadCapacityUnit-Hrs", "ReadRequestUnits"),
    ("NatGateway-Bytes", "VpcEndpoint-Bytes"),
    ("PublicIPv4:IdleAddress", "PublicIPv4:InUseAddress"),
    ("AmazonEKS-Hours:extendedSupport", "AmazonEKS-Hours:perCluster"),
    ("ExtendedSupport:Yr1-Yr2:MySQL5.7", "ExtendedSupport:Yr3:MySQL5.7"),
]


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_cost_moves_to_what_takes_the_place(before: str, after: str) -> None:
    meters = Meters.like(before)

    assert before in meters
    assert after in meters


STAYS = [
    ("EBS:VolumeUsage.gp2", "EUW2-EBS:VolumeUsage.gp3"),
    ("EBS:VolumeUsage.gp2", "EBS:SnapshotUsage"),
    ("BoxUsage:m5.large", "InstanceUsage:db.m5.large"),
    ("BoxUsage:m5.large", "CPUCredits:db.t3"),
    ("InstanceUsage:db.r5.large", "RDS:GP2-Storage"),
    ("RDS:GP2-Storage", "RDS:ChargedBackupUsage"),
    ("NodeUsage:cache.r5.large", "BoxUsage:r5.large"),
    ("DEVED-DPU-Hour", "ETL-DPU-Hour"),
    ("", "BoxUsage:m5.large"),
]


@pytest.mark.parametrize(("usage_type", "other"), STAYS)
def test_cost_does_not_move_elsewhere(usage_type: str, other: str) -> None:
    assert other not in Meters.like(usage_type)


def test_what_ends_moves_nothing() -> None:
    meters = Meters.only("EUW2-BoxUsage:m5.large")

    assert "EUW2-BoxUsage:m5.large" in meters
    assert "EUW2-BoxUsage:m5.xlarge" not in meters


def test_an_id_tells_what_a_resource_is_made_of() -> None:
    volume = Meters.of_resource("vol-0dd55ee66ff770088")

    assert volume is not None
    assert "EUW2-EBS:VolumeUsage.gp3" in volume
    assert Meters.of_resource("orders") is None
    assert Meters.of_resource("i") is None


def test_two_moves_of_one_family_share_costs() -> None:
    large, small = Meters.like("BoxUsage:m5.large"), Meters.like("BoxUsage:t3.small")
    ended, there = Meters.only("BoxUsage:m5.large"), Meters.like("EU-BoxUsage:m5.large")

    assert large.overlaps(small)
    assert small.overlaps(ended)
    assert not large.overlaps(there)
    assert not ended.overlaps(Meters.only("BoxUsage:t3.small"))
