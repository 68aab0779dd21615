"""What is paid for versions that are past their end of life?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    entire_cost,
    own_id,
)
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each resource with a surcharge for extended support."""
    for line in usage.lines(CHECK.meters):
        _, _, version = line.meter.partition(":")
        yield entire_cost(
            line,
            usage,
            title=f"Upgrade {own_id(line) or 'what has extended support'} to a version "
            "in standard support",
            bill=f"for extended support ({version}); it rises in the third year",
            facts={"resource": own_id(line), "version": version},
        )


CHECK: Final = Check(
    kind="extended_support",
    name="Extended support",
    action="Upgrade",
    risk="medium",
    effort="project",
    rule="A surcharge for extended support is billed",
    service="Amazon Relational Database Service",
    meters=r"(?i).*ExtendedSupport.*",
    find=find,
    part="support",
)
