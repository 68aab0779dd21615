"""The demo company's bill, drawn from its story: a FOCUS row per meter and day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from finops.focus import DATE_COLUMN
from finops.sources.demo.metering import SHARES, Grid, quantities, read_meters
from finops.sources.demo.story import (
    BILLING_ACCOUNT_ID,
    CATEGORY_WITHIN_SERVICE,
    COMMITMENTS,
    HISTORY_DAYS,
    PRICES,
    SERVICES,
    USAGE_TYPE_PREFIX,
)

COLUMNS: Final = {
    "account_id": "SubAccountId",
    "account": "SubAccountName",
    "region": "RegionId",
    "resource": "ResourceId",
    "resource_type": "ResourceType",
    "operation": "x_Operation",
    "unit": "ConsumedUnit",
    "team": "Tags.team",
    "project": "Tags.project",
}
"""The columns of a meter that FOCUS has too, under its own names."""


def charges(today: date, *, ahead: int = 0) -> pd.DataFrame:
    """Every charge of the company up to yesterday, by day, and `ahead` days more.

    What lies ahead is the story's own future: it is for measuring forecasts.
    """
    meters = read_meters()
    facts = _focus_columns(meters, today).astype("category")
    first = today - timedelta(days=HISTORY_DAYS)
    days = pd.date_range(first, periods=HISTORY_DAYS + ahead, tz="UTC", unit="us")
    days_ago = HISTORY_DAYS - np.arange(len(days))
    return _rows(meters, facts, days, quantities(meters, days, days_ago))


def _rows(
    meters: pd.DataFrame, facts: pd.DataFrame, days: pd.DatetimeIndex, quantity: Grid
) -> pd.DataFrame:
    """One FOCUS row for each meter and day on which it counted anything."""
    day, meter = np.nonzero(quantity)
    units = quantity[day, meter]
    public = units * meters["price"].to_numpy()[meter]
    share = {name: meters[name].to_numpy()[meter] for name in SHARES}
    return (
        facts.iloc[meter]
        .reset_index(drop=True)
        .assign(
            **{DATE_COLUMN: days[day]},
            ConsumedQuantity=units,
            BilledCost=public * share["billed"],
            EffectiveCost=public * share["effective"],
            ListCost=public * share["listed"],
        )
    )


def _focus_columns(meters: pd.DataFrame, today: date) -> pd.DataFrame:
    """What FOCUS says about each meter, apart from dates, quantities and costs."""
    prices = meters["pricing"].map(PRICES)
    commitments = meters["pricing"].map(
        {key: COMMITMENTS.get(price.discount) for key, price in PRICES.items()}
    )
    ends = commitments.str[2].map(lambda days: today + timedelta(days=days), "ignore")
    amounts = meters["price"].map("${:.10g} per ".format)
    marks = meters["region"].map(USAGE_TYPE_PREFIX).fillna("")
    return meters.rename(columns=COLUMNS)[list(COLUMNS.values())].assign(
        BillingAccountId=BILLING_ACCOUNT_ID,
        ProviderName="AWS",
        BillingCurrency="USD",
        ServiceName=meters["service"].map(SERVICES).str[0],
        ServiceCategory=_categories(meters),
        x_UsageType=marks + meters["usage_type"],
        ChargeCategory=[price.charge for price in prices],
        ChargeDescription=amounts + meters["description"],
        PricingCategory=[price.category for price in prices],
        CommitmentDiscountType=commitments.str[0],
        CommitmentDiscountId=commitments.str[1],
        CommitmentDiscountStatus=[price.status for price in prices],
        x_CommitmentEnd=ends.astype("str"),
        **{"Tags.env": meters["account"].where(meters["team"].notna())},
    )


def _categories(meters: pd.DataFrame) -> list[str]:
    """The ServiceCategory of each meter."""
    return [
        CATEGORY_WITHIN_SERVICE.get((service, kind), SERVICES[service][1])
        for service, kind in zip(
            meters["service"], meters["resource_type"], strict=True
        )
    ]
