"""Which cache nodes would run on Graviton for less?"""

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
from finops.analysis.workload_optimization.list_prices import CACHE_SUCCESSORS, origin
from finops.analysis.workload_optimization.usage import Usage
from finops.analysis.workload_optimization.usage_types import InstanceType


def find(usage: Usage) -> Iterator[Finding]:
    """Each cache node of an older generation, or on x86, paid for by the hour."""
    for line in usage.lines(CHECK.meters):
        old = InstanceType.within(line.meter)
        if old is None or line.committed:
            continue
        new = CACHE_SUCCESSORS.get(old.family)
        if new is None or old.size not in new.sizes:
            continue
        target = f"cache.{new.family}.{old.size}"
        paid = formats.money(line.monthly, usage.currency)
        yield Finding(
            line=line,
            title=f"Move {the(line, 'cache')} from {old} to {target}",
            savings=line.monthly * (1 - new.ratio),
            bill=f"{paid} a month for {old}, on demand",
            formula=f"{paid} x (1 - {new.ratio:.3f}), which is what {target} costs of {old}",
            price=origin(),
            facts={
                "cache_cluster": own_id(line),
                "current_type": str(old),
                "target_type": target,
            },
        )


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
