"""Is a cache paid for that nobody reads?"""

from __future__ import annotations

from typing import Final

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Cache
from finops.analysis.workload_optimization.public_prices import HOURS

AWS_OWN: Final = 6
"""Connections that AWS itself holds to watch over a node, at most."""


def find(cache: Cache, sight: Sight) -> Finding | None:
    """A cache in which no key was looked for, and to which only AWS connects.

    A replica that nobody reads stands by for its primary: the group is idle, or
    none of it.
    """
    if not cache.metrics:
        return None
    together = [
        one for one in sight.of(Cache) if one.group and one.group == cache.group
    ]
    if any(_used(one, sight) for one in together or [cache]):
        return None
    connections = sight.measured(cache, metrics.CACHE_CONNECTIONS).highest
    return Finding(
        title=f"Delete the cache {cache.name}, which nobody reads",
        saving=sight.cost((HOURS * cache.nodes, f"{cache.type} hour")),
        seen={
            "Cache": f"{cache.nodes} x {cache.type}, {cache.engine}",
            "Keys looked for in 14 days": "none",
            "Connections": f"{connections:.0f} at most, some of them AWS's own",
        },
        facts={"cache_cluster": cache.name, "current_type": cache.type},
    )


def _used(cache: Cache, sight: Sight) -> bool:
    looked_for = sum(
        sight.measured(cache, metric).total
        for metric in (metrics.CACHE_HITS, metrics.CACHE_MISSES)
    )
    connections = sight.measured(cache, metrics.CACHE_CONNECTIONS).highest
    return bool(looked_for) or connections > AWS_OWN


IDLE_CACHE = Check(
    kind="elasticache_idle",
    name="Idle caches",
    action="Delete",
    risk="high",
    effort="moderate",
    service="Amazon ElastiCache",
    rule="A Redis or Valkey cache in which no key was looked for in 14 days.",
    looks_at=Cache,
    needs=("elasticache:DescribeCacheClusters", "cloudwatch:GetMetricData"),
    find=find,
)
