"""Bills for the app's tests: partial, empty, failing, bare, hostile, large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from finops.errors import (
    CredentialsError,
    PermissionDeniedError,
    Problem,
    UnreachableError,
)
from finops.focus import COSTS, DATE_COLUMN
from finops.periods import ChargePeriod
from tests.fakes import BillInMemory, bill, charge, every_day

TODAY = date(2026, 11, 23)

DAYS = ChargePeriod(date(2026, 6, 1), TODAY)

HOSTILE = ("$x$ and $y$", "[a](http://b.example)", "<b>bold</b>", "=cmd|' /C calc'!A0")
"""Account names that Markdown, HTML and spreadsheets would act on."""

SERVICES: Mapping[str, tuple[str, float]] = {
    "Amazon Elastic Compute Cloud": ("BoxUsage:m5.large", 40.0),
    "Amazon Relational Database Service": ("InstanceUsage:db.t3.medium", 15.0),
    "Amazon Simple Storage Service": ("TimedStorage-ByteHrs", 4.0),
}
"""What each account uses: the usage type, and dollars a day in the first one."""


class DatesOnly(BillInMemory):
    """A bill that has a date and a cost, and nothing to group by."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        return ("BillingCurrency",)


def company(names: Sequence[str] = ("prod", "staging", "dev")) -> BillInMemory:
    """Accounts with services, usage types, a tag, growth and taxes."""
    rows = [
        {**row, "x_UsageType": usage, "Tags.team": team}
        for place, name in enumerate(names)
        for service, (usage, rate) in SERVICES.items()
        for team in (["web"] if service.endswith("Cloud") else [None])
        for row in every_day(
            DAYS, rate / (1 + 2 * place), account=name, service=service
        )
    ]
    taxes = [
        charge(month, 90.0, account=names[0], service=None, ChargeCategory="Tax")
        for month in pd.date_range(DAYS.start, DAYS.last_day, freq="MS").date
    ]
    charges = bill(*rows, *taxes)
    passed = (charges[DATE_COLUMN] - charges[DATE_COLUMN].min()).dt.days
    grown = charges["EffectiveCost"] * (1 + passed / 400)
    charges = charges.assign(**dict.fromkeys(COSTS, grown))
    return BillInMemory(
        charges.astype({"x_UsageType": "str", "Tags.team": "str"}), known=DAYS
    )


def partial() -> BillInMemory:
    """A company of which one account is refused and one is not logged in."""
    source = company(("prod", "staging"))
    source.problems = (
        Problem.of(PermissionDeniedError("ce:GetCostAndUsage"), account="dev"),
        Problem.of(
            CredentialsError(
                "The login of profile sandbox has expired.",
                hint="Log in with aws sso login.",
            ),
            account="sandbox",
        ),
    )
    source.notes = ("Billed cost is UnblendedCost.",)
    return source


def live() -> BillInMemory:
    """A company as Cost Explorer tells of it: without public prices."""
    source = company()
    source.charges["ListCost"] = np.nan
    source.restated_days = 2
    return source


def empty() -> BillInMemory:
    """A source without a single charge."""
    source = company()
    source.charges = source.charges.head(0)
    return source


def failing() -> BillInMemory:
    """A source that cannot be read at all."""
    source = company()
    source.refusal = UnreachableError(
        "No answer from ce.us-east-1.amazonaws.com.",
        hint="Check the network, then try again.",
    )
    return source


def dates_only() -> BillInMemory:
    """Dates and costs in euros, and nothing else."""
    charges = company(("one",)).charges[[DATE_COLUMN, "ChargeCategory", *COSTS]]
    return DatesOnly(
        charges.assign(BillingCurrency="EUR"), name="daily.csv", known=DAYS
    )


def ids_only() -> BillInMemory:
    """A bill that knows its accounts by their ids alone."""
    source = company()
    source.charges = source.charges.drop(columns="SubAccountName")
    return source


def hostile() -> BillInMemory:
    """A company whose accounts have hostile names."""
    return company(HOSTILE)


def large(*, accounts: int = 200, services: int = 400) -> BillInMemory:
    """Many accounts that each use many services, one charge a week."""
    weeks = pd.date_range("2026-09-01", DAYS.last_day, freq="7D", tz="UTC")
    index = pd.MultiIndex.from_product(
        [weeks, range(accounts), range(services)], names=["day", "account", "service"]
    )
    keys = index.to_frame(index=False)
    cost = np.random.default_rng(7).gamma(0.4, 20.0, len(keys))
    charges = pd.DataFrame(
        {
            DATE_COLUMN: keys["day"].astype("datetime64[us, UTC]"),
            "SubAccountId": [f"{account:012d}" for account in keys["account"]],
            "SubAccountName": [f"team-{account:03d}" for account in keys["account"]],
            "ServiceName": [f"Service {service:03d}" for service in keys["service"]],
            "ChargeCategory": "Usage",
            "BillingCurrency": "USD",
        }
    ).assign(**dict.fromkeys(COSTS, cost))
    known = ChargePeriod(date(2026, 9, 1), TODAY)
    return BillInMemory(charges, name="large.parquet", known=known)


SOURCES: Mapping[str, Callable[[], BillInMemory]] = {
    made.__name__: made
    for made in (company, partial, live, empty, dates_only, ids_only, hostile)
}
"""Every source that a page must be able to show."""
