"""Which databases run at all times, and are paid for by the hour?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import USAGE_TYPE, Check, Finding
from finops.analysis.workload_optimization.steady import steady_spend
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each account whose databases never cost less than $10 a month."""
    yield from steady_spend(
        usage, CHECK, title="Reserve the databases that {account} runs at all times"
    )


CHECK: Final = Check(
    kind="rds_reserved",
    name="Steady databases on demand",
    action="PurchaseReservedInstances",
    risk="high",
    effort="quick_win",
    rule="Databases on demand cost 10 a month or more even on the cheapest of 14 days or "
    "more",
    service="Amazon Relational Database Service",
    meters=r"(InstanceUsage|Multi-AZUsage):db\..+",
    find=find,
    needs=(USAGE_TYPE, "PricingCategory"),
)
