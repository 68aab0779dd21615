"""The buckets, log groups and container images of an account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from finops.analysis.workload_optimization.inventory.resources import (
    Bucket,
    LogGroup,
    Repository,
)
from finops.aws.inventory.seen import Seen, Topic
from finops.aws.questions import Place, Question
from finops.errors import FinOpsError

BUCKETS: Final = Question("s3:ListAllMyBuckets", "Buckets", operation="ListBuckets")

LOCATION: Final = Question("s3:GetBucketLocation", "LocationConstraint")

UNNAMED: Final = "us-east-1"
"""The region whose buckets have no location."""

OLD_NAMES: Final = {"EU": "eu-west-1"}

LIFECYCLE: Final = Question(
    "s3:GetLifecycleConfiguration",
    "Rules",
    operation="GetBucketLifecycleConfiguration",
    none=("NoSuchLifecycleConfiguration",),
)

UPLOADS: Final = Question(
    "s3:ListBucketMultipartUploads", "Uploads", operation="ListMultipartUploads"
)

PARTS: Final = Question(
    "s3:ListMultipartUploadParts",
    "Parts",
    operation="ListParts",
    none=("NoSuchUpload",),
)

LOG_GROUPS: Final = Question("logs:DescribeLogGroups", "logGroups")

REPOSITORIES: Final = Question("ecr:DescribeRepositories", "repositories")

IMAGE_RULES: Final = Question(
    "ecr:GetLifecyclePolicy",
    "lifecyclePolicyText",
    none=("LifecyclePolicyNotFoundException",),
)

CONTAINER_IMAGES: Final = Question("ecr:DescribeImages", "imageDetails")

UNFINISHED: Final = timedelta(days=7)

UNUSED: Final = timedelta(days=90)

MOST_UPLOADS: Final = 100
"""Unfinished uploads of a bucket whose parts are added up."""

MOST_BUCKETS: Final = 1000

GIB: Final = 1024**3

AGING: Final = (
    "Expiration",
    "Transitions",
    "NoncurrentVersionExpiration",
    "NoncurrentVersionTransitions",
)


def buckets(place: Place, now: datetime) -> Seen:
    """The buckets of the region; one that may not be read is named."""
    seen: list[Bucket] = []
    failures: list[FinOpsError] = []
    for one in place.ask(BUCKETS, MaxBuckets=MOST_BUCKETS):
        try:
            if _region(one, place) == place.region:
                seen.append(_bucket(one, place, now))
        except FinOpsError as error:
            failures.append(error)
    return Seen(seen, failures=tuple(failures))


def log_groups(place: Place, now: datetime) -> Seen:
    """The log groups, with what they hold."""
    del now
    return Seen(
        [
            LogGroup(
                id=one["arn"].removesuffix(":*"),
                created=datetime.fromtimestamp(one["creationTime"] / 1000, UTC),
                name=one["logGroupName"],
                stored_gb=one.get("storedBytes", 0) / GIB,
                retention_days=one.get("retentionInDays"),
            )
            for one in place.ask(LOG_GROUPS)
        ]
    )


def repositories(place: Place, now: datetime) -> Seen:
    """The repositories, with the images that nobody uses."""
    return Seen([_repository(one, place, now) for one in place.ask(REPOSITORIES)])


def _region(found: Mapping[str, Any], place: Place) -> str:
    """Where a bucket lies, in the names of today."""
    told = [found["BucketRegion"]] if "BucketRegion" in found else None
    [region] = told or place.ask(LOCATION, Bucket=found["Name"]) or [UNNAMED]
    return OLD_NAMES.get(region, str(region))


def _bucket(found: Mapping[str, Any], place: Place, now: datetime) -> Bucket:
    name = found["Name"]
    every = place.ask(LIFECYCLE, Bucket=name)
    rules = [rule for rule in every if rule.get("Status") == "Enabled"]
    gives_up = any("AbortIncompleteMultipartUpload" in rule for rule in rules)
    old = [
        upload
        for upload in ([] if gives_up else place.ask(UPLOADS, Bucket=name))
        if now - upload["Initiated"] >= UNFINISHED
    ]
    measured = old[:MOST_UPLOADS]
    held = sum(_held(name, upload, place) for upload in measured)
    return Bucket(
        id=name,
        created=found.get("CreationDate"),
        ages=any(key in rule for rule in rules for key in AGING),
        gives_up_uploads=gives_up,
        rules=json.dumps(every, default=str),
        unfinished=len(old),
        measured=len(measured),
        unfinished_gb=held / GIB,
    )


def _held(bucket: str, upload: Mapping[str, Any], place: Place) -> int:
    """The bytes of an unfinished upload's parts."""
    parts = place.ask(
        PARTS, Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"]
    )
    return sum(int(part["Size"]) for part in parts)


def _repository(found: Mapping[str, Any], place: Place, now: datetime) -> Repository:
    name = found["repositoryName"]
    lifecycle = bool(place.ask(IMAGE_RULES, repositoryName=name))
    images = [] if lifecycle else place.ask(CONTAINER_IMAGES, repositoryName=name)
    stale = [one for one in images if now - _last_used(one) >= UNUSED]
    return Repository(
        id=found["repositoryArn"],
        created=found.get("createdAt"),
        name=name,
        lifecycle=lifecycle,
        stale=len(stale),
        stale_gb=sum(one.get("imageSizeInBytes", 0) for one in stale) / GIB,
    )


def _last_used(image: Mapping[str, Any]) -> datetime:
    pushed: datetime = image["imagePushedAt"]
    pulled: datetime = image.get("lastRecordedPullTime", pushed)
    return max(pushed, pulled)


TOPICS: Final = (
    Topic("buckets", BUCKETS, buckets),
    Topic("log groups", LOG_GROUPS, log_groups),
    Topic("container images", REPOSITORIES, repositories),
)
