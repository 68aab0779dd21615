"""The kinds of waste that a bill shows by itself, one to a module."""

from __future__ import annotations

from finops.analysis.workload_optimization.checks import (
    cache_nodes,
    capacity_reservations,
    cross_zone_traffic,
    database_backups,
    database_classes,
    database_iops,
    development_endpoints,
    duplicate_trails,
    extended_support,
    fast_snapshot_restore,
    gp2_volumes,
    growing_snapshots,
    idle_addresses,
    idle_endpoints,
    idle_load_balancers,
    idle_nat_gateways,
    image_storage,
    io1_volumes,
    log_storage,
    nat_traffic,
    office_hours,
    old_machines,
    old_snapshots,
    provisioned_concurrency,
    standard_storage,
    steady_compute,
    steady_databases,
)
from finops.analysis.workload_optimization.findings import Check

CHECKS: tuple[Check, ...] = tuple(
    module.CHECK
    for module in (
        gp2_volumes,
        io1_volumes,
        old_snapshots,
        growing_snapshots,
        fast_snapshot_restore,
        idle_addresses,
        idle_nat_gateways,
        nat_traffic,
        idle_load_balancers,
        idle_endpoints,
        cross_zone_traffic,
        old_machines,
        office_hours,
        capacity_reservations,
        steady_compute,
        database_classes,
        database_iops,
        database_backups,
        extended_support,
        steady_databases,
        cache_nodes,
        standard_storage,
        log_storage,
        image_storage,
        provisioned_concurrency,
        development_endpoints,
        duplicate_trails,
    )
)
"""Every check of a bill, by what it looks at."""
