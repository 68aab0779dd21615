"""Usage for tests of the checks: meters that run day by day."""

from __future__ import annotations

import re
from datetime import date

from finops.analysis.cost_table import conform
from finops.analysis.workload_optimization import Usage
from finops.analysis.workload_optimization.line_table import A_MONTH
from finops.focus import CostQuery
from finops.periods import ChargePeriod
from tests.fakes import Charge, bill, every_day

PERIOD = ChargePeriod(date(2026, 10, 24), date(2026, 11, 23))

STORED = re.compile(r".*(EBS:(Volume|Snapshot)|TimedStorage|RDS:).*")
"""Usage types whose price is for a month, however many days it has."""

DIMENSIONS = (
    "SubAccountId",
    "SubAccountName",
    "ServiceName",
    "RegionId",
    "ResourceId",
    "x_UsageType",
    "x_Operation",
    "ChargeDescription",
    "PricingCategory",
    "Tags.env",
)


def meter(
    usage_type: str,
    monthly: float,
    *,
    days: ChargePeriod = PERIOD,
    account: str = "prod",
    service: str = "Amazon Elastic Compute Cloud",
    resource: str | None = "r-1",
    **columns: object,
) -> list[Charge]:
    """The charges of a meter that costs `monthly`, each day its part of that.

    AWS takes 730 hours for a month, but for what is stored the month as it is.
    """
    named: dict[str, object] = {
        "RegionId": "us-east-1",
        "ResourceId": resource,
        "x_UsageType": usage_type,
        "x_Operation": "RunInstances",
        "ChargeDescription": None,
        "PricingCategory": "Standard",
        "Tags.env": None,
    }
    stored = STORED.match(usage_type)
    return [
        charge
        for part in days.months()
        for charge in every_day(
            part,
            monthly / (ChargePeriod.month_of(part.start).days if stored else A_MONTH),
            account=account,
            service=service,
            **(named | columns),
        )
    ]


def usage(
    *meters: list[Charge],
    without: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    seen_before: frozenset[str] | None = None,
) -> Usage:
    """The usage of all of `meters`, by every dimension but some, and by more tags."""
    by = (*(name for name in DIMENSIONS if name not in without), *tags)
    query = CostQuery(period=PERIOD, group_by=by)
    charges = bill(*(charge for one in meters for charge in one))
    texts = charges[[*by, "BillingCurrency"]].astype("str")
    return Usage.of(
        conform(charges.assign(**texts), query),
        period=PERIOD,
        metric="EffectiveCost",
        currency="USD",
        seen_before=seen_before,
    )
