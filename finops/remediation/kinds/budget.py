"""A monthly budget at AWS that writes when the month is forecast to pass it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from finops import formats
from finops.remediation.change import Expected, Procedure, Project
from finops.remediation.facts import LISTED, Email, Facts
from finops.remediation.hcl import Block
from finops.remediation.kinds.kind import Kind

PlainName = Annotated[str, Field(pattern="^[A-Za-z0-9 _.-]{1,100}$")]


class Budget(Facts):
    """How much a month, and who is told."""

    monthly_limit: Annotated[float, Field(gt=0, le=1e12, allow_inf_nan=False)]
    emails: Annotated[tuple[Email, ...], LISTED, Field(min_length=1, max_length=10)]
    threshold_percent: Annotated[int, Field(ge=1, le=1000)] = 100
    name: PlainName = "finops-monthly"


def write(facts: Budget) -> Project:
    """One budget for the account."""
    return Project(
        procedure=_procedure(facts),
        step="no budget at AWS to one that warns",
        blocks=(
            Block(
                "resource",
                ("aws_budgets_budget", "target"),
                {
                    "name": facts.name,
                    "budget_type": "COST",
                    "limit_amount": f"{facts.monthly_limit:.2f}",
                    "limit_unit": facts.currency,
                    "time_unit": "MONTHLY",
                },
                (_notification(facts, "ACTUAL"), _notification(facts, "FORECASTED")),
            ),
        ),
        expected={"aws_budgets_budget.target": Expected(action="create")},
    )


def _notification(facts: Budget, when: str) -> Block:
    return Block(
        "notification",
        (),
        {
            "comparison_operator": "GREATER_THAN",
            "threshold": facts.threshold_percent,
            "threshold_type": "PERCENTAGE",
            "notification_type": when,
            "subscriber_email_addresses": list(facts.emails),
        },
    )


def _procedure(facts: Budget) -> Procedure:
    limit = formats.money(facts.monthly_limit, facts.currency)
    return Procedure(
        title=f"Warn when the month passes {limit}",
        action_class="create",
        effect=(
            f"AWS writes to {len(facts.emails)} addresses when the month's cost, or "
            f"its forecast, passes {facts.threshold_percent} % of {limit}. Nothing "
            "is stopped by it. A budget that only warns is free."
        ),
        before=(
            f"`aws budgets describe-budgets --account-id ACCOUNT` lists no budget "
            f"`{facts.name}` yet.",
        ),
        after=("AWS Billing, Budgets, shows it with this month's cost.",),
        way_back=("`terraform destroy` in this folder.",),
    )


KIND: Final = Kind(
    name="budget",
    facts=Budget,
    write=write,
    risk="low",
)
