"""What besides a person keeps a resource as it is?

A resource that CloudFormation, an Auto Scaling group or a cluster made is
changed where it was made: changed by hand, it is put back, or replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

OWNERS: Final = (
    "aws:cloudformation:stack-name",
    "aws:autoscaling:groupName",
    "aws:backup:source-resource",
    "aws:dlm:lifecycle-policy-id",
    "aws:eks:cluster-name",
    "aws:elasticmapreduce:job-flow-id",
    "aws:servicecatalog:provisionedProductArn",
    "eks:cluster-name",
    "eks:nodegroup-name",
    "elasticbeanstalk:environment-name",
    "elbv2.k8s.aws/cluster",
    "karpenter.sh/nodepool",
)
"""Tags that AWS's own services put on what they make."""

OWNING_PREFIXES: Final = ("kubernetes.io/cluster/", "kubernetes.io/created-for/")


def owners(tags: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The tags that tell who made a resource, as facts of a recommendation."""
    return tuple(
        (key, value)
        for key, value in sorted(tags.items())
        if key in OWNERS or key.startswith(OWNING_PREFIXES)
    )
