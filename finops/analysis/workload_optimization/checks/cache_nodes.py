"""Which cache nodes would run on Graviton for less?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import Check, Finding
from finops.analysis.workload_optimization.graviton import on_graviton
from finops.analysis.workload_optimization.list_prices import CACHE_SUCCESSORS, origin
from finops.analysis.workload_optimization.usage import Usage


def find(usage: Usage) -> Iterator[Finding]:
    """Each cache node of an older generation, or on x86, paid for by the hour."""
    for line in usage.lines(CHECK.meters):
        found = on_graviton(
            line,
            usage,
            CACHE_SUCCESSORS,
            noun="cache",
            facts=("cache_cluster", "current_type", "target_type"),
            price=origin(),
        )
        if found:
            yield found


CHECK: Final = Check(
    kind="elasticache_graviton",
    name="Cache nodes not on Graviton",
    action="MigrateToGraviton",
    risk="low",
    effort="moderate",
    rule="A cache node is paid on demand on t2, t3, m3 to m5, or r3 to r5",
    service="Amazon ElastiCache",
    meters=r"NodeUsage:cache\..+",
    find=find,
)
