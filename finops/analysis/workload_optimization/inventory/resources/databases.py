"""Databases, tables and caches."""

from __future__ import annotations

from dataclasses import dataclass

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.metrics import Metric
from finops.analysis.workload_optimization.inventory.resources.resource import (
    Dimensions,
    Resource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Database(Resource):
    """A database of RDS; its id is its name.

    Attributes:
        replica: Whether it follows another database.
        extended_support: Whether AWS may charge for an engine past its time.
    """

    type: str
    engine: str
    version: str
    status: str
    multi_az: bool = False
    storage_type: str = "gp2"
    size_gb: int = 0
    replica: bool = False
    cluster: str | None = None
    extended_support: bool = True

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """A database that is off has nothing to measure."""
        if self.status != "available":
            return ()
        return (metrics.RDS_CONNECTIONS, metrics.RDS_CPU_PEAK)

    @property
    def dimensions(self) -> Dimensions:
        """Its name."""
        return (("DBInstanceIdentifier", self.id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Resource):
    """A DynamoDB table; its id is its ARN.

    Attributes:
        read_units, write_units: What is paid for at all times; 0 where each
            request is paid for.
    """

    name: str
    read_units: int
    write_units: int

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is used of the units that are paid for."""
        if not self.read_units + self.write_units:
            return ()
        return (metrics.DYNAMODB_READS, metrics.DYNAMODB_WRITES)

    @property
    def dimensions(self) -> Dimensions:
        """Its name."""
        return (("TableName", self.name),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache(Resource):
    """A cluster of ElastiCache; its id is its ARN.

    Attributes:
        group: The replication group that it is a part of; empty if of none.
    """

    name: str
    type: str
    engine: str
    nodes: int
    group: str = ""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is asked of it; Memcached counts otherwise, and is left alone."""
        if self.engine not in {"redis", "valkey"}:
            return ()
        return (metrics.CACHE_HITS, metrics.CACHE_MISSES, metrics.CACHE_CONNECTIONS)

    @property
    def dimensions(self) -> Dimensions:
        """Its name."""
        return (("CacheClusterId", self.name),)
