"""Payment per request for a DynamoDB table that is hardly read."""

from __future__ import annotations

from typing import Final

from finops.remediation.change import Procedure, Runbook
from finops.remediation.facts import Facts, TableName
from finops.remediation.kinds.kind import Kind


class DynamodbOnDemand(Facts):
    """Which table."""

    table_name: TableName


def write(facts: DynamodbOnDemand) -> Runbook:
    """Looks how it is billed, and changes that.

    A runbook and not Terraform: an import has to repeat every key and index of
    the table, and one that is missing replaces it.
    """
    which = facts.table_name
    return Runbook(
        procedure=Procedure(
            title=f"Pay for DynamoDB table {which} by the request",
            action_class="in_place",
            effect=(
                "The table is read and written as before while AWS changes how it "
                "is billed, which takes some minutes. Its data stay."
            ),
            before=(
                "It is used little or in bursts: at a steady load provisioned "
                "capacity is cheaper.",
                "No reserved capacity is paid for it.",
                "AWS allows the change four times a day.",
            ),
            after=(
                f"`aws dynamodb describe-table --table-name {which}` says "
                "`PAY_PER_REQUEST`.",
            ),
            way_back=(
                "The script prints the command with the capacity that it had, and "
                "scaling rules are made again.",
            ),
        ),
        script="dynamodb_on_demand",
        values={"table": which},
    )


KIND: Final = Kind(
    name="dynamodb_on_demand",
    facts=DynamodbOnDemand,
    write=write,
    risk="low",
    identity="table_name",
    resource_type="aws_dynamodb_table",
    answers=("dynamodb_idle",),
)
