"""What an account holds, as far as the checks look at it."""

from __future__ import annotations

from finops.analysis.workload_optimization.inventory.resources.applications import (
    Function,
    Secret,
)
from finops.analysis.workload_optimization.inventory.resources.databases import (
    Cache,
    Database,
    Table,
)
from finops.analysis.workload_optimization.inventory.resources.machines import (
    INCLUDED_IOPS,
    INCLUDED_THROUGHPUT,
    Instance,
    Snapshot,
    Volume,
)
from finops.analysis.workload_optimization.inventory.resources.network import (
    Address,
    LoadBalancer,
    NatGateway,
)
from finops.analysis.workload_optimization.inventory.resources.resource import (
    Dimensions,
    Resource,
)
from finops.analysis.workload_optimization.inventory.resources.storage import (
    Bucket,
    LogGroup,
    Repository,
)

__all__ = [
    "INCLUDED_IOPS",
    "INCLUDED_THROUGHPUT",
    "Address",
    "Bucket",
    "Cache",
    "Database",
    "Dimensions",
    "Function",
    "Instance",
    "LoadBalancer",
    "LogGroup",
    "NatGateway",
    "Repository",
    "Resource",
    "Secret",
    "Snapshot",
    "Table",
    "Volume",
]
