"""What may be known about a forecast, all of it at once."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from finops.analysis.budgeting import outlook
from finops.analysis.forecasting import forecast_total
from finops.analysis.landing import landing
from finops.analysis.variance import compare
from finops.commentary.facts import Fact
from finops.commentary.known import (
    budget_facts,
    change_facts,
    finding_facts,
    forecast_facts,
    milestone_facts,
    service_facts,
)
from finops.periods import DAY, ChargePeriod
from finops.recommendations import Recommendation

AS_OF = date(2026, 11, 8)

SERVICES = {
    "Amazon Elastic Compute Cloud": 40.0,
    "Amazon Relational Database Service": 25.0,
    "AWS Lambda": 12.0,
}

BUDGET = 2500.0


def history() -> pd.DataFrame:
    """Half a year of three services that grow, cost less at weekends, and scatter."""
    days = pd.date_range(end=AS_OF, periods=200, tz="UTC", unit="us")
    chance = np.random.default_rng(5)
    growth = 1 + np.arange(200) / 600
    weekend = np.where(days.day_of_week >= 5, 0.8, 1.0)
    columns = {
        ("prod", service): rate * growth * weekend * chance.normal(1, 0.05, 200)
        for service, rate in SERVICES.items()
    }
    return pd.DataFrame(columns, index=days)


def recommendation(title: str, saving: float | None, **changed: str) -> Recommendation:
    said = {"account": "prod", "risk": "low", "effort": "quick_win", "kind": title}
    return Recommendation(
        action="Rightsize",
        title=title,
        service="Amazon Elastic Compute Cloud",
        estimated_monthly_savings=saving,
        source="billing",
        **said | changed,  # type: ignore[arg-type]
    )


FINDINGS = [
    recommendation("Delete the idle load balancer promo-2025", 16.43),
    recommendation("Move vol-0a1b2c3d to gp3", 61.8, risk="medium", account="dev"),
    recommendation("Look at i3.2xlarge in dev", None),
    recommendation("Buy 3 reserved nodes", 700.0, risk="high"),
]


def everything_known() -> dict[str, Fact]:
    """The facts of a bill with a past, a budget, changes and findings."""
    parts = history()
    total = parts.sum(axis=1)
    found = forecast_total(parts, days=30, restated_days=2)
    month = landing(total, found.cumulative, ChargePeriod.month_of(AS_OF + DAY))
    coming = landing(total, found.cumulative, ChargePeriod.next_days(30, after=AS_OF))
    moved = compare(
        _side("2026-09-10", {"AWS Lambda": 300.0, "Amazon RDS": 100.0, "Old": 5.0}),
        _side("2026-10-10", {"AWS Lambda": 450.0, "Amazon RDS": 80.0, "New": 9.0}),
        by=["ServiceName"],
        metric="EffectiveCost",
    )
    counted = {
        each.fingerprint: each.estimated_monthly_savings or 0 for each in FINDINGS
    }
    return {
        **forecast_facts(found, total, "USD"),
        **service_facts(found, parts, "USD"),
        **milestone_facts(month, "USD"),
        **budget_facts(outlook(month, BUDGET), month, outlook(coming, BUDGET), "USD"),
        **change_facts(moved, "ServiceName", "USD", why=[("Lambda-GB-Second", 0.9)]),
        **finding_facts(FINDINGS, counted, "USD"),
        **anomaly(),
    }


def anomaly() -> dict[str, Fact]:
    """One anomaly that costs more, over several days, with its cause."""
    said = {"expected": 30.0, "cost": 66.0, "per_day": 12.0}
    amounts = {
        f"anomaly.1.{name}": Fact(value=amount, unit="USD")
        for name, amount in said.items()
    }
    return amounts | {
        "anomaly.1.name": Fact(value="Lambda in prod", unit="text"),
        "anomaly.1.cause": Fact(value="function resize-7", unit="text"),
        "anomaly.1.start": Fact(value=date(2026, 11, 2), unit="date"),
        "anomaly.1.days": Fact(value=3, unit="days"),
        "anomaly.1.impact": Fact(value=36.0, unit="USD", signed=True),
        "anomaly.1.percent": Fact(value=120.0, unit="%", signed=True),
    }


def _side(start: str, costs: dict[str, float]) -> tuple[ChargePeriod, pd.DataFrame]:
    first = date.fromisoformat(start)
    table = pd.DataFrame(
        {"ServiceName": list(costs), "EffectiveCost": list(costs.values())}
    ).assign(BillingCurrency="USD")
    return ChargePeriod(first, first + 30 * DAY), table
