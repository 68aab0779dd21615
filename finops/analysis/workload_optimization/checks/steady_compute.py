"""How much compute runs at all times, and is paid for by the hour?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import USAGE_TYPE, Check, Finding
from finops.analysis.workload_optimization.steady import steady_spend
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each account whose compute never costs less than $10 a month."""
    yield from steady_spend(
        usage, CHECK, title="Commit to the compute that {account} runs at all times"
    )


CHECK: Final = Check(
    kind="compute_savings_plan",
    name="Steady compute on demand",
    action="PurchaseSavingsPlans",
    risk="high",
    effort="quick_win",
    rule="Compute on demand cost 10 a month or more even on the cheapest of 14 days or more",
    service="AWS Compute Savings Plans",
    meters=r"BoxUsage:.+|Fargate-(vCPU|GB)-Hours.*|Lambda-GB-Second(-ARM)?",
    find=find,
    needs=(USAGE_TYPE, "PricingCategory"),
)
