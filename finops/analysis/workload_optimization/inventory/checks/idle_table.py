"""Is a table's capacity paid for that nobody uses?"""

from __future__ import annotations

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.check import (
    Check,
    Finding,
    Sight,
)
from finops.analysis.workload_optimization.inventory.resources import Table
from finops.analysis.workload_optimization.public_prices import HOURS


def find(table: Table, sight: Sight) -> Finding | None:
    """A table with provisioned units of which none was used in 14 days."""
    if not table.read_units + table.write_units:
        return None
    both = (metrics.DYNAMODB_READS, metrics.DYNAMODB_WRITES)
    if any(sight.measured(table, metric).total for metric in both):
        return None
    units = f"{table.read_units:,} read and {table.write_units:,} write units"
    return Finding(
        title=f"Pay for the table {table.name} by request",
        saving=sight.cost(
            (HOURS * table.read_units, "DynamoDB read unit hour"),
            (HOURS * table.write_units, "DynamoDB write unit hour"),
        ),
        seen={
            "Paid for": units,
            "Used in 14 days": "none",
            "Mind": "an account's first 25 units of each may be free",
        },
        facts={"table": table.name, "billing_mode": "PAY_PER_REQUEST"},
    )


IDLE_TABLE = Check(
    kind="dynamodb_idle",
    name="Idle tables",
    action="Configure",
    risk="low",
    effort="quick_win",
    service="Amazon DynamoDB",
    rule="A table with provisioned capacity of which nothing was used for 14 days.",
    looks_at=Table,
    needs=(
        "dynamodb:ListTables",
        "dynamodb:DescribeTable",
        "cloudwatch:GetMetricData",
    ),
    find=find,
)
