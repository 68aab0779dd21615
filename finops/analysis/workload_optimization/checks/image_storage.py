"""Which repositories keep images that nobody pulls any more?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    at_most,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage

NOTABLE: Final = 1.0

REGISTRY: Final = r"ECR|Container Registry"


def find(usage: Usage) -> Iterator[Finding]:
    """Each repository that costs 1 a month or more."""
    for line in usage.lines(CHECK.meters, service=REGISTRY):
        if line.monthly >= NOTABLE:
            repository = the(line, "repository", "repositories")
            yield at_most(
                line,
                usage,
                title=f"Let old images in {repository} expire",
                bill="for stored images",
                why="the bill does not say which images are in use",
                facts={"repository": own_id(line)},
            )


CHECK: Final = Check(
    kind="ecr_lifecycle",
    name="Stored container images",
    action="Configure",
    risk="low",
    effort="quick_win",
    rule="The images of a repository cost 1 a month or more",
    service="Amazon EC2 Container Registry (ECR)",
    meters=r"TimedStorage-ByteHrs",
    find=find,
    needs=(USAGE_TYPE, "ServiceName"),
)
