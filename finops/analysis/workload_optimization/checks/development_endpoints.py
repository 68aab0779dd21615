"""Are there development endpoints of AWS Glue, which run until they are deleted?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    entire_cost,
    own_id,
    the,
)
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each development endpoint."""
    for line in usage.lines(CHECK.meters):
        yield entire_cost(
            line,
            usage,
            title=f"Delete {the(line, 'development endpoint')} of AWS Glue",
            bill="for a Glue development endpoint; interactive sessions, which stop "
            "by themselves, have replaced them",
            facts={"dev_endpoint": own_id(line)},
        )


CHECK: Final = Check(
    kind="glue_dev_endpoint",
    name="Glue development endpoints",
    action="Delete",
    risk="medium",
    effort="quick_win",
    rule="A development endpoint of AWS Glue is billed: it runs, used or not, until it "
    "is deleted",
    service="AWS Glue",
    meters=r"DEVED-DPU-Hour",
    find=find,
)
