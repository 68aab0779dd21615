"""Every kind of change that can be written down, each in a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from finops.remediation.kinds import (
    anomaly_monitor,
    budget,
    delete_database,
    delete_load_balancer,
    delete_nat_gateway,
    delete_snapshot,
    delete_volume,
    dynamodb_on_demand,
    ebs_gp3,
    ec2_rightsize,
    ecr_lifecycle,
    end_fast_restore,
    gateway_endpoint,
    lambda_memory,
    log_retention,
    office_hours_asg,
    office_hours_ec2,
    rds_downsize,
    release_address,
    s3_lifecycle,
    snapshot_policy,
    stop_instance,
)
from finops.remediation.kinds.kind import Kind

KINDS: Final[Mapping[str, Kind]] = {
    module.KIND.name: module.KIND
    for module in (
        ec2_rightsize,
        ebs_gp3,
        log_retention,
        s3_lifecycle,
        rds_downsize,
        office_hours_ec2,
        office_hours_asg,
        gateway_endpoint,
        ecr_lifecycle,
        snapshot_policy,
        budget,
        anomaly_monitor,
        lambda_memory,
        dynamodb_on_demand,
        stop_instance,
        end_fast_restore,
        delete_volume,
        delete_snapshot,
        release_address,
        delete_nat_gateway,
        delete_load_balancer,
        delete_database,
    )
}
"""The kinds by name: Terraform first, then runbooks."""

__all__ = ["KINDS", "Kind"]
