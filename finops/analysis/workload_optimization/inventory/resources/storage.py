"""Buckets, logs and container images."""

from __future__ import annotations

from dataclasses import dataclass

from finops.analysis.workload_optimization.inventory.resources.resource import (
    Resource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket(Resource):
    """A bucket.

    Attributes:
        rules: Its lifecycle rules, as JSON.
        ages: Whether any of them moves or deletes what is old.
        gives_up_uploads: Whether any of them ends unfinished uploads.
        unfinished: The uploads begun more than a week ago.
        measured: How many of them were looked into.
        unfinished_gb: What the parts of these hold.
    """

    ages: bool
    gives_up_uploads: bool
    rules: str = "[]"
    unfinished: int = 0
    measured: int = 0
    unfinished_gb: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup(Resource):
    """A group of logs; its id is its ARN.

    Attributes:
        retention_days: None where nothing is ever deleted.
    """

    name: str
    stored_gb: float
    retention_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository(Resource):
    """A repository of container images; its id is its ARN.

    Attributes:
        lifecycle: Whether a policy of its own deletes what is old.
        stale: The images that nobody pushed or pulled for 90 days.
        stale_gb: What they hold; layers that several share count in each.
    """

    name: str
    lifecycle: bool
    stale: int = 0
    stale_gb: float = 0.0
