"""Which public IPv4 addresses are paid for and attached to nothing?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    own_id,
    the,
)
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.list_prices import origin, price
from finops.analysis.workload_optimization.public_prices import HOURS
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each address that was idle for any time."""
    for line in usage.lines(CHECK.meters):
        month = formats.money(price("public IPv4 hour") * HOURS)
        yield Finding(
            line=line,
            title=f"Release {the(line, 'idle address', 'idle addresses')}",
            savings=line.monthly,
            bill=_bill(line, usage.currency),
            formula=f"What is paid; an address that is idle all month costs {month}",
            price=f"the month at {origin()}",
            facts={"allocation_id": own_id(line)},
        )


def _bill(line: Line, currency: str) -> str:
    hours = line.quantity
    if hours is None:
        hours = line.cost / price("public IPv4 hour")
    return (
        f"{hours:,.2f} idle hours from {formats.day(line.first)} to "
        f"{formats.day(line.last)}: {formats.money(line.cost, currency)}"
    )


CHECK: Final = Check(
    kind="eip_idle",
    name="Idle public addresses",
    action="Delete",
    risk="low",
    effort="quick_win",
    rule="A public IPv4 address is billed as idle",
    service="Amazon Virtual Private Cloud",
    meters=r"(PublicIPv4|ElasticIP):IdleAddress",
    find=find,
)
