"""Who else manages an object, so that a change belongs there and not here.

An object that CloudFormation, an Auto Scaling group or a cluster made is put
back, or replaced, when it is changed behind their back. One that is in another
Terraform state would have two masters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from finops.analysis.workload_optimization.ownership import by_a_tool, owners
from finops.remediation.markdown import code


@dataclass(frozen=True, slots=True)
class Owner:
    """Who manages an object, and where the change is made; as Markdown.

    Attributes:
        puts_back: Whether it would undo, or replace, what others do to the object.
    """

    name: str
    advice: str
    puts_back: bool = True


OWNERS: Final[Mapping[str, tuple[str, str]]] = {
    "aws:cloudformation:stack-name": (
        "The CloudFormation stack",
        "Change it in the stack's template and update the stack: CloudFormation "
        "would report drift, or put it back.",
    ),
    "aws:autoscaling:groupName": (
        "The Auto Scaling group",
        "Give the group's launch template a new version and refresh its instances: "
        "it would replace one that is changed by hand.",
    ),
    "eks:nodegroup-name": (
        "The EKS node group",
        "Update the node group, with a new launch template or instance type.",
    ),
    "eks:cluster-name": ("The EKS cluster", "Change it in the cluster's settings."),
    "aws:eks:cluster-name": ("The EKS cluster", "Change it in the cluster's settings."),
    "karpenter.sh/nodepool": (
        "The Karpenter node pool",
        "Change the requirements of the node pool.",
    ),
    "elasticbeanstalk:environment-name": (
        "The Elastic Beanstalk environment",
        "Change it in the environment's configuration.",
    ),
    "aws:elasticmapreduce:job-flow-id": (
        "The EMR cluster",
        "Change the cluster's instance groups.",
    ),
    "aws:backup:source-resource": (
        "AWS Backup",
        "Change the retention in the backup plan.",
    ),
    "aws:dlm:lifecycle-policy-id": (
        "Amazon Data Lifecycle Manager",
        "Change the retention in the lifecycle policy.",
    ),
}
"""What stands behind a tag of AWS's own, most specific first."""


def owner_of(tags: Mapping[str, str]) -> Owner | None:
    """Who manages an object with these tags; None if nobody says so."""
    made_by = dict(owners(tags))
    for key, (name, advice) in OWNERS.items():
        if key in made_by:
            return Owner(f"{name} {code(made_by[key])}", advice)
    for key, value in made_by.items():
        return Owner(f"Something that tags {code(key)} with {code(value)}", HAND)
    for key, value in tags.items():
        if by_a_tool(key, value):
            name = f"A tool that tags {code(key)} with {code(value)}"
            return Owner(name, ANOTHER_STATE, puts_back=False)
    return None


HAND: Final = "Change it there: what is changed by hand may be put back."

ANOTHER_STATE: Final = (
    "Change it in that code. With its state, `terraform show -json > state.json` and "
    "`--state state.json`, the lines for it are written."
)
