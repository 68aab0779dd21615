"""What besides a person keeps a resource as it is?

A resource that CloudFormation, an Auto Scaling group or a cluster made is
changed where it was made: changed by hand, it is put back, or replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from finops.focus import TAG_PREFIX

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


MANAGED_BY: Final = frozenset({"managedby", "managed-by", "managed_by", "terraform"})
"""Tags, in lower case, with which teams say that a tool manages what carries them."""

TOOLS: Final = ("terraform", "opentofu", "terragrunt", "pulumi", "cdk", "true", "yes")
"""What such a tag says when a tool of its own makes the object."""

Tag = tuple[str, str]
"""Its key and its value."""


def owners(tags: Mapping[str, str]) -> tuple[Tag, ...]:
    """The tags of AWS's own that tell who made a resource.

    Their keys are as the resource has them, also where a bill writes them as
    `aws_autoscaling_group_name`.
    """
    named = ((_owner(key), value) for key, value in sorted(tags.items()))
    return tuple((key, value) for key, value in named if key)


def made_by(tags: Mapping[str, str]) -> tuple[Tag, ...]:
    """All tags that tell who manages a resource, as facts of a recommendation."""
    tools = [tag for tag in sorted(tags.items()) if by_a_tool(*tag)]
    return (*owners(tags), *tools)


def owned_text(tags: Sequence[Tag]) -> str:
    """Where to change what carries these tags."""
    told = ", ".join(f"{key} = {value}" for key, value in tags)
    return f"{told}: change it there"


def by_a_tool(key: str, value: str) -> bool:
    """Whether a tag says that a tool such as Terraform manages what carries it."""
    return key.lower() in MANAGED_BY and value.lower().startswith(TOOLS)


def owner_tag(dimension: str) -> bool:
    """Whether `dimension` is a tag that may tell who manages a resource."""
    key = dimension.removeprefix(TAG_PREFIX)
    return key != dimension and (key.lower() in MANAGED_BY or _owner(key) is not None)


def _owner(key: str) -> str | None:
    """What a resource calls the tag that a bill calls `key`; None for other tags."""
    plain = _plain(key)
    if plain in PLAIN_OWNERS:
        return PLAIN_OWNERS[plain]
    return key if plain.startswith(PLAIN_PREFIXES) else None


def _plain(key: str) -> str:
    """A key as CUR 2.0 and Athena write it.

    >>> _plain("aws:autoscaling:groupName")
    'aws_autoscaling_group_name'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", key)
    return re.sub(r"[^a-z0-9]+", "_", words.lower())


PLAIN_OWNERS: Final = {_plain(key): key for key in OWNERS}

PLAIN_PREFIXES: Final = tuple(map(_plain, OWNING_PREFIXES))
