"""Are management events recorded more than once?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    entire_cost,
    the,
)
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each account and region with a second copy of its management events."""
    for line in usage.lines(CHECK.meters):
        yield entire_cost(
            line,
            usage,
            title=f"Delete {the(line, 'second trail')}",
            bill="for further copies of management events; the first is free",
        )


CHECK: Final = Check(
    kind="cloudtrail_duplicate",
    name="Second copies of audit trails",
    action="Delete",
    risk="medium",
    effort="quick_win",
    rule="CloudTrail bills for management events, of which the first copy is free",
    service="AWS CloudTrail",
    meters=r"PaidEventsRecorded",
    find=find,
)
