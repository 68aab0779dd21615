"""How many units each of the demo company's meters counts, day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from finops.sources.demo.story import (
    ACCOUNTS,
    ANOMALY,
    DEMAND,
    MONTHLY_GROWTH,
    NOISE,
    PRICES,
    SEED,
    TAX_RATE,
    WEEKEND_SHARE,
)

Grid = npt.NDArray[np.float64]
"""One value for each day, downwards, and meter, across."""

DaysAgo = npt.NDArray[np.int64]
"""How long before today each day was; 1 is yesterday."""

METERS: Final = Path(__file__).with_name("meters.csv")

SHARES: Final = ("billed", "effective", "listed")

NO_USAGE: Final = ("credit", "tax")
"""The pricing of what the accounts' totals do not count, and nothing is due on."""

SATURDAY: Final = 5

MONTH_DAYS: Final = 30.0

TARGET_DAYS: Final = 30


def read_meters() -> pd.DataFrame:
    """What the company pays for, one row per meter, with ids and prices filled in."""
    meters = pd.read_csv(METERS, dtype={"from": "float64", "to": "float64"})
    ids = meters["account"].map({name: a.id for name, a in ACCOUNTS.items()})
    prices = meters["pricing"].map(PRICES)
    named = zip(meters["resource"].fillna(""), meters["region"], ids, strict=True)
    resources = [
        resource.format(region=region, account=account) or None
        for resource, region, account in named
    ]
    return meters.assign(
        account_id=ids,
        resource=pd.Series(resources, dtype="str"),
        **{share: [getattr(price, share) for price in prices] for share in SHARES},
    )


def quantities(meters: pd.DataFrame, days: pd.DatetimeIndex, days_ago: DaysAgo) -> Grid:
    """The units of each day and meter: rhythm, targets, the anomaly, and taxes."""
    usual = _usual(meters, days, days_ago)
    return _taxed(_scaled(usual, meters, days_ago), meters, days)


def _usual(meters: pd.DataFrame, days: pd.DatetimeIndex, days_ago: DaysAgo) -> Grid:
    """What each meter would count by its rhythm alone."""
    strays = _strays(meters, len(days))
    quantity = np.tile(meters["quantity"].to_numpy(float), (len(days), 1))
    for rhythm, columns in meters.groupby("rhythm").indices.items():
        shape = _shape(str(rhythm), days, days_ago)[:, None]
        noise = NOISE.get(str(rhythm), 0.0) * strays[:, columns]
        quantity[:, columns] *= shape * np.exp(noise)
    per_month = meters["unit"].str.endswith("-Mo").to_numpy()
    quantity[:, per_month] /= days.days_in_month.to_numpy()[:, None]
    ran = (days_ago[:, None] <= meters["from"].fillna(np.inf).to_numpy()) & (
        days_ago[:, None] >= meters["to"].fillna(-np.inf).to_numpy()
    )
    return np.where(ran, quantity, 0.0)


def _strays(meters: pd.DataFrame, days: int) -> Grid:
    """By how many standard deviations each day and meter strays from its norm.

    Half of it is common to all. Resources that are gone stray by nothing, so
    that the others' days are the same with and without them.
    """
    last_day = meters["to"].fillna(0.0)
    resource = meters["resource"].fillna("")
    there = (last_day.groupby(resource).transform("min") == 0).to_numpy()
    drawn = np.random.default_rng(SEED).normal(size=(days, int(there.sum()) + 1))
    strays = np.zeros((days, len(meters)))
    strays[:, there] = (drawn[:, :-1] + drawn[:, -1:]) / np.sqrt(2)
    return strays


def _shape(
    rhythm: str, days: pd.DatetimeIndex, days_ago: DaysAgo
) -> npt.NDArray[np.float64]:
    """The course of a rhythm over the days; about 1 on yesterday's kind of day."""
    if rhythm == "monthly":
        return np.where(days.day == 1, 1.0, 0.0)
    shape = (1 + MONTHLY_GROWTH.get(rhythm, 0.0)) ** (-days_ago / MONTH_DAYS)
    if rhythm == "traffic":
        ago, share = np.array(sorted(DEMAND)).T
        shape = np.exp(np.interp(days_ago, ago, np.log(share)))
    weekend = days.day_of_week >= SATURDAY
    return shape * np.where(weekend, WEEKEND_SHARE.get(rhythm, 1.0), 1.0)


def _scaled(quantity: Grid, meters: pd.DataFrame, days_ago: DaysAgo) -> Grid:
    """`quantity` with the anomaly, and each account's last 30 days as told.

    Only what varies by itself is scaled: a machine keeps its 24 hours.
    """
    anomaly = _anomalous(meters, days_ago)
    recent = (days_ago >= 1) & (days_ago <= TARGET_DAYS)
    counted = ~meters["pricing"].isin(NO_USAGE)
    share = meters["effective"].where(counted, 0.0)
    unit_cost = (meters["price"] * share).to_numpy()
    varies = meters["rhythm"].isin(["traffic", "office"]).to_numpy()
    scaled = quantity + anomaly
    for name, account in ACCOUNTS.items():
        its = (meters["account"] == name).to_numpy()
        cost = quantity[recent].sum(axis=0) * unit_cost
        extra = (anomaly[recent].sum(axis=0) * unit_cost)[its].sum()
        room = account.last_30_days - extra - cost[its & ~varies].sum()
        factor = room / cost[its & varies].sum()
        scaled[:, its & varies] += (factor - 1) * quantity[:, its & varies]
    return scaled


def _anomalous(meters: pd.DataFrame, days_ago: DaysAgo) -> Grid:
    """The units of the story's anomaly, on its meter and days alone."""
    its_meter = (
        (meters["account"] == ANOMALY.account)
        & (meters["usage_type"] == ANOMALY.usage_type)
        & meters["resource"].str.endswith(ANOMALY.resource)
    ).to_numpy()
    its_days = (days_ago <= ANOMALY.first) & (days_ago >= ANOMALY.last)
    return np.where(np.outer(its_days, its_meter), ANOMALY.daily_quantity, 0.0)


def _taxed(quantity: Grid, meters: pd.DataFrame, days: pd.DatetimeIndex) -> Grid:
    """`quantity` with the dollars of tax on each month's bill before credits."""
    tax = (meters["pricing"] == "tax").to_numpy()
    taxable = ~meters["pricing"].isin(NO_USAGE)
    billed = quantity * (meters["price"] * meters["billed"] * taxable).to_numpy()
    taxed = quantity.copy()
    for column in np.flatnonzero(tax):
        its = (meters["account"] == meters["account"].iloc[column]).to_numpy()
        bill = pd.Series(billed[:, its].sum(axis=1), index=days)
        month = bill.groupby([days.year, days.month]).transform("sum")
        taxed[:, column] *= TAX_RATE * month.to_numpy()
    return taxed
