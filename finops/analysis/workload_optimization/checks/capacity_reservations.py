"""Which reserved capacity is nobody's machine using?"""

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
from finops.analysis.workload_optimization.usage_types import InstanceType


def find(usage: Usage) -> Iterator[Finding]:
    """Each reservation of capacity that is paid for by the hour and stands empty.

    What a commitment pays for is paid all the same once it is cancelled.
    """
    for line in usage.lines(CHECK.meters):
        if line.committed:
            continue
        machine = InstanceType.within(line.meter)
        yield entire_cost(
            line,
            usage,
            title=f"Cancel {the(line, 'capacity reservation')} for {machine}",
            bill=f"for room for {machine} that no machine uses",
            facts={"capacity_reservation_id": own_id(line)},
        )


CHECK: Final = Check(
    kind="capacity_reservation_unused",
    name="Unused capacity reservations",
    action="Delete",
    risk="medium",
    effort="quick_win",
    rule="Capacity is reserved, paid on demand, and not used",
    service="Amazon Elastic Compute Cloud",
    meters=r"(UnusedBox|UnusedDed):.+",
    find=find,
)
