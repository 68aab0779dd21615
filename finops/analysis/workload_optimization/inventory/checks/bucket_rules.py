"""Does a bucket keep everything at the dearest price, for ever?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Saving,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Bucket

SERVICE: Final = "Amazon Simple Storage Service"

DEPENDS: Final = "It depends on how old the objects are, and how often they are read"


def find_without_rules(bucket: Bucket, sight: Sight) -> Finding | None:
    """A bucket without any rule that moves or deletes what is old."""
    del sight
    if bucket.ages:
        return None
    return Finding(
        title=f"Give the bucket {bucket.id} a lifecycle",
        saving=Saving(None, DEPENDS, ""),
        seen={"Rules that move or delete what is old": "none"},
        facts={"bucket": bucket.id, "existing_rules": bucket.rules},
    )


def find_unfinished_uploads(bucket: Bucket, sight: Sight) -> Finding | None:
    """A bucket that keeps the parts of uploads nobody will finish."""
    if bucket.gives_up_uploads or not bucket.unfinished:
        return None
    measured = ""
    if bucket.unfinished > bucket.measured:
        measured = f" in the first {bucket.measured:,} of them"
    return Finding(
        title=f"End {formats.plural(bucket.unfinished, 'unfinished upload')} "
        f"to {bucket.id}",
        saving=sight.cost((bucket.unfinished_gb, "S3 Standard GB-month")),
        seen={
            "Uploads begun more than 7 days ago": f"{bucket.unfinished:,}",
            "They hold": f"{bucket.unfinished_gb:,.1f} GB{measured}",
        },
        facts={"bucket": bucket.id, "existing_rules": bucket.rules},
    )


BUCKET_WITHOUT_RULES = Check(
    kind="s3_lifecycle",
    name="Buckets without a lifecycle",
    action="Configure",
    risk="medium",
    effort="quick_win",
    service=SERVICE,
    rule="A bucket of 90 days that has no lifecycle rule for what is old.",
    looks_at=Bucket,
    needs=("s3:ListAllMyBuckets", "s3:GetLifecycleConfiguration"),
    find=find_without_rules,
    look_back=timedelta(days=90),
)

UNFINISHED_UPLOADS = Check(
    kind="s3_unfinished_uploads",
    name="Unfinished uploads",
    action="Configure",
    risk="low",
    effort="quick_win",
    service=SERVICE,
    rule="A bucket with multipart uploads begun over 7 days ago, and no rule to end them.",
    looks_at=Bucket,
    needs=(
        "s3:ListAllMyBuckets",
        "s3:GetLifecycleConfiguration",
        "s3:ListBucketMultipartUploads",
        "s3:ListMultipartUploadParts",
    ),
    find=find_unfinished_uploads,
    look_back=timedelta(days=7),
    part="uploads",
)
