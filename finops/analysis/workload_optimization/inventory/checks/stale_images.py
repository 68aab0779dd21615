"""Are container images kept that nobody pulls?"""

from __future__ import annotations

from datetime import timedelta

from finops import formats
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Saving,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Repository


def find(repository: Repository, sight: Sight) -> Finding | None:
    """A repository that deletes nothing, and holds images nobody used for 90 days."""
    if repository.lifecycle or not repository.stale:
        return None
    images = formats.plural(repository.stale, "image")
    most = sight.cost((repository.stale_gb, "ECR GB-month"))
    formula = f"At most {most.formula}; images share layers, which are paid for once"
    return Finding(
        title=f"Give the repository {repository.name} a lifecycle",
        saving=Saving(None, formula, most.origin),
        seen={
            "Neither pushed nor pulled for 90 days": f"{images} of {repository.stale_gb:,.1f} GB",
            "Rules that delete what is old": "none",
        },
        facts={"repository": repository.name, "existing_rules": "[]"},
    )


STALE_IMAGES = Check(
    kind="ecr_lifecycle",
    name="Stored container images",
    action="Configure",
    risk="low",
    effort="quick_win",
    service="Amazon EC2 Container Registry (ECR)",
    rule="A repository without lifecycle whose images nobody used for 90 days.",
    looks_at=Repository,
    needs=(
        "ecr:DescribeRepositories",
        "ecr:DescribeImages",
        "ecr:GetLifecyclePolicy",
    ),
    find=find,
    look_back=timedelta(days=90),
)
