from __future__ import annotations

from dataclasses import replace
from datetime import date

from finops.focus import Costs
from finops.periods import ChargePeriod
from finops.recommendations import Recommendation
from finops.workspace import Scope
from finops.workspace.executive import ToSave
from finops.workspace.next_steps import _savings
from finops.workspace.recommendations import Recommendations
from tests.fakes import bill, charge

SCOPE = Scope(period=ChargePeriod.month_of(date(2026, 10, 1)))

TINY = Recommendation(
    kind="ebs_gp3",
    action="Upgrade",
    title="Move vol-1 to gp3",
    account="prod",
    service="Amazon EC2",
    resource_id="vol-1",
    estimated_monthly_savings=0.58,
    risk="low",
    effort="quick_win",
    source="billing",
)
LARGE = replace(
    TINY,
    kind="glue_endpoint",
    action="Delete",
    title="Delete the endpoint",
    resource_id="endpoint",
    estimated_monthly_savings=1440.0,
    risk="medium",
    effort="moderate",
)
PURCHASE = replace(
    LARGE,
    action="PurchaseSavingsPlans",
    title="Commit for a year",
    resource_id=None,
    estimated_monthly_savings=1500.0,
    risk="high",
    effort="quick_win",
)


def to_save(*found: Recommendation) -> ToSave:
    costs = Costs(bill(charge(date(2026, 10, 1), 1.0)), SCOPE.query())
    answer = Recommendations(SCOPE, "USD", found, charged=True, costs=costs)
    counted = {one.fingerprint: one.estimated_monthly_savings or 0.0 for one in found}
    return ToSave(answer, dict.fromkeys(counted, "new"), counted)


def test_a_large_saving_at_some_risk_comes_before_a_tiny_one_at_none() -> None:
    steps = [step.text for step in _savings(to_save(TINY, PURCHASE, LARGE))]

    assert steps == [
        "Delete the endpoint in prod: saves $1,440.00 a month.",
        "Commit for a year in prod: saves $1,500.00 a month.",
        "Move vol-1 to gp3 in prod: saves $0.58 a month.",
    ]


def test_of_two_equal_savings_the_easier_comes_first() -> None:
    hard = replace(TINY, title="Rebuild it", resource_id="b", effort="project")

    first, *_ = _savings(to_save(hard, TINY))

    assert first.text.startswith("Move vol-1")
