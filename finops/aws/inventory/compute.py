"""The machines of an account, their disks and the copies of these."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from finops.analysis.workload_optimization.inventory.resources import (
    Instance,
    Snapshot,
    Volume,
)
from finops.aws.inventory.seen import Seen, Topic, tags_of
from finops.aws.questions import Place, Question

INSTANCES: Final = Question("ec2:DescribeInstances", "Reservations")

VOLUMES: Final = Question("ec2:DescribeVolumes", "Volumes")

SNAPSHOTS: Final = Question("ec2:DescribeSnapshots", "Snapshots")

IMAGES: Final = Question("ec2:DescribeImages", "Images")

STOPPED: Final = re.compile(r"\((\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:GMT|UTC)\)")
"""When, in AWS's words for why a machine is in its state."""

OF_ANOTHER: Final = "vol-ffffffff"
"""Stands for the disk of a snapshot that was copied from elsewhere."""

PAGE: Final = 500
"""Things on a page; without a limit, EC2 may put them all on one."""

GIB: Final = 1024**3


def instances(place: Place, now: datetime) -> Seen:
    """The machines that run or are stopped."""
    del now
    found = [
        one for r in place.ask(INSTANCES, MaxResults=PAGE) for one in r["Instances"]
    ]
    return Seen(
        [
            _instance(one)
            for one in found
            if one["State"]["Name"] in ("running", "stopped")
        ]
    )


def volumes(place: Place, now: datetime) -> Seen:
    """The disks, attached or not."""
    del now
    return Seen([_volume(one) for one in place.ask(VOLUMES, MaxResults=PAGE)])


def snapshots(place: Place, now: datetime) -> Seen:
    """The account's own copies of disks, except those in the cheap archive."""
    del now
    own = place.identity.account_id
    found = [
        one
        for one in place.ask(SNAPSHOTS, OwnerIds=["self"], MaxResults=PAGE)
        if one.get("OwnerId", own) == own
        and one.get("StorageTier", "standard") == "standard"
    ]
    images = {
        mapping["Ebs"]["SnapshotId"]: image["ImageId"]
        for image in place.ask(IMAGES, Owners=["self"])
        for mapping in image.get("BlockDeviceMappings", ())
        if "SnapshotId" in mapping.get("Ebs", {})
    }
    copies = Counter(str(one.get("VolumeId")) for one in found)
    return Seen([_snapshot(one, images, copies) for one in found])


def _instance(found: Mapping[str, Any]) -> Instance:
    state = str(found["State"]["Name"])
    linux = found.get("PlatformDetails", "Linux/UNIX") == "Linux/UNIX"
    shared = found.get("Placement", {}).get("Tenancy", "default") == "default"
    on_demand = linux and shared and "Platform" not in found
    return Instance(
        id=found["InstanceId"],
        created=found.get("LaunchTime"),
        tags=tags_of(found),
        type=found["InstanceType"],
        state=state,
        stopped=_stopped(found) if state == "stopped" else None,
        on_demand=on_demand and not found.get("InstanceLifecycle"),
    )


def _stopped(found: Mapping[str, Any]) -> datetime | None:
    told = STOPPED.search(found.get("StateTransitionReason", ""))
    return datetime.fromisoformat(told[1]).replace(tzinfo=UTC) if told else None


def _volume(found: Mapping[str, Any]) -> Volume:
    attached = [one["InstanceId"] for one in found.get("Attachments", ())]
    return Volume(
        id=found["VolumeId"],
        created=found.get("CreateTime"),
        tags=tags_of(found),
        type=found["VolumeType"],
        size_gb=found["Size"],
        iops=found.get("Iops"),
        throughput=found.get("Throughput"),
        instance_id=next(iter(attached), None),
    )


def _snapshot(
    found: Mapping[str, Any], images: Mapping[str, str], copies: Mapping[str, int]
) -> Snapshot:
    disk = str(found.get("VolumeId", OF_ANOTHER))
    held = found.get("FullSnapshotSizeInBytes")
    return Snapshot(
        id=found["SnapshotId"],
        created=found.get("StartTime"),
        tags=tags_of(found),
        size_gb=held / GIB if held else float(found["VolumeSize"]),
        volume_id=None if disk == OF_ANOTHER else disk,
        image_id=images.get(found["SnapshotId"]),
        only_copy=disk != OF_ANOTHER and copies[disk] == 1,
    )


TOPICS: Final = (
    Topic("instances", INSTANCES, instances),
    Topic("volumes", VOLUMES, volumes),
    Topic("snapshots", SNAPSHOTS, snapshots),
)
