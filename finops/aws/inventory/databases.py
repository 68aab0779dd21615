"""The databases, tables and caches of an account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from finops.analysis.workload_optimization.inventory.resources import (
    Cache,
    Database,
    Table,
)
from finops.aws.inventory.seen import Seen, Topic, tags_of
from finops.aws.questions import Place, Question

DATABASES: Final = Question("rds:DescribeDBInstances", "DBInstances")

TABLES: Final = Question("dynamodb:ListTables", "TableNames")

TABLE: Final = Question("dynamodb:DescribeTable", "Table")

CACHES: Final = Question("elasticache:DescribeCacheClusters", "CacheClusters")

NOT_RDS: Final = ("docdb", "neptune")
"""Engines of other services, which answer here as well."""

NO_SUPPORT: Final = "open-source-rds-extended-support-disabled"


def databases(place: Place, now: datetime) -> Seen:
    """The databases of RDS and Aurora."""
    del now
    found = place.ask(DATABASES)
    return Seen([_database(one) for one in found if one["Engine"] not in NOT_RDS])


def tables(place: Place, now: datetime) -> Seen:
    """The tables of DynamoDB, each described."""
    del now
    names = place.ask(TABLES)
    described = [one for name in names for one in place.ask(TABLE, TableName=name)]
    return Seen([_table(one) for one in described])


def caches(place: Place, now: datetime) -> Seen:
    """The clusters of ElastiCache that are up."""
    del now
    return Seen(
        [
            Cache(
                id=one.get("ARN", one["CacheClusterId"]),
                created=one.get("CacheClusterCreateTime"),
                name=one["CacheClusterId"],
                type=one["CacheNodeType"],
                engine=one["Engine"],
                nodes=one.get("NumCacheNodes", 1),
                group=one.get("ReplicationGroupId", ""),
            )
            for one in place.ask(CACHES)
            if one.get("CacheClusterStatus") == "available"
        ]
    )


def _database(found: Mapping[str, Any]) -> Database:
    return Database(
        id=found["DBInstanceIdentifier"],
        created=found.get("InstanceCreateTime"),
        tags=tags_of(found, key="TagList"),
        type=found["DBInstanceClass"],
        engine=found["Engine"],
        version=found.get("EngineVersion", ""),
        status=found.get("DBInstanceStatus", ""),
        multi_az=found.get("MultiAZ", False),
        storage_type=found.get("StorageType", "gp2"),
        size_gb=found.get("AllocatedStorage", 0),
        cluster=found.get("DBClusterIdentifier"),
        extended_support=found.get("EngineLifecycleSupport") != NO_SUPPORT,
    )


def _table(found: Mapping[str, Any]) -> Table:
    units = found.get("ProvisionedThroughput", {})
    return Table(
        id=found["TableArn"],
        created=found.get("CreationDateTime"),
        name=found["TableName"],
        read_units=units.get("ReadCapacityUnits", 0),
        write_units=units.get("WriteCapacityUnits", 0),
    )


TOPICS: Final = (
    Topic("databases", DATABASES, databases),
    Topic("tables", TABLES, tables),
    Topic("caches", CACHES, caches),
)
