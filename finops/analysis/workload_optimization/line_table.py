"""From charges per day to lines: one row per meter of a resource."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import pandas as pd

from finops.analysis.allocation import with_account_labels
from finops.analysis.cost_table import with_null_columns
from finops.analysis.workload_optimization.ownership import Tag, made_by, owner_tag
from finops.analysis.workload_optimization.public_prices import HOURS
from finops.analysis.workload_optimization.usage_types import (
    by_the_month,
    meter,
    region,
    unit_price,
)
from finops.focus import DATE_COLUMN, TAG_PREFIX, Metric
from finops.periods import ChargePeriod

ENVIRONMENT_TAGS: Final = ("env", "environment", "stage")
"""Names of the tag that tells production from the rest, in lower case."""

COLUMNS: Final = {
    "SubAccountId": "account_id",
    "RegionId": "region",
    "ServiceName": "service",
    "ResourceId": "resource_id",
    "x_Operation": "operation",
    "PricingCategory": "pricing",
}
"""What a line calls the dimensions of the bill; null where the bill lacks them."""

KEYS: Final = ("account", *COLUMNS.values(), "meter")

A_MONTH: Final = HOURS / 24
"""Days in a month of 730 hours."""

AMOUNTS: Final = ("cost", "quantity", "monthly", "monthly_quantity")


def meter_days(charges: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """What each meter of each resource cost and counted on each day.

    The quantity is the public cost over the public price, which AWS states in
    the description of a charge; it is unknown where the bill lacks either.
    Both are also told for a month of days like it.
    """
    needed = [*COLUMNS, "SubAccountName", "x_UsageType", "ChargeDescription"]
    rows = with_account_labels(with_null_columns(charges, needed))
    usage_types = rows["x_UsageType"]
    prices = _each(rows["ChargeDescription"], unit_price).astype("float64")
    marked = None if "RegionId" in charges else _each(usage_types, region)
    meters = rows.rename(columns=COLUMNS).assign(
        meter=_each(usage_types, meter),
        usage_type=usage_types,
        environment=_environment(rows),
        made_by=_made_by(rows),
        cost=rows[metric],
        quantity=rows["ListCost"] / prices,
    )
    if marked is not None:
        meters["region"] = marked
    days = _summed(meters, [*KEYS, DATE_COLUMN])
    in_a_month = _days_in_a_month(days)
    return days.assign(
        monthly=days["cost"] * in_a_month,
        monthly_quantity=days["quantity"] * in_a_month,
    )


def _days_in_a_month(days: pd.DataFrame) -> pd.Series[float]:
    """How many days like each make a month: 730 hours, or for storage its own month."""
    own_month = days[DATE_COLUMN].dt.days_in_month.astype("float64")
    in_a_month: pd.Series[float] = own_month.where(_stored(days), A_MONTH)
    return in_a_month


def _stored(days: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are of a meter that is priced by the month."""
    return _each(days["meter"], by_the_month).eq(True)  # noqa: FBT003 - null is not


def line_table(days: pd.DataFrame, period: ChargePeriod) -> pd.DataFrame:
    """One row for each line, with the fields of `Line`."""
    grouped = days.groupby(list(KEYS), dropna=False, observed=True, sort=False)
    when = grouped[DATE_COLUMN].agg(first="min", last="max", days="nunique")
    first, last = (grouped[DATE_COLUMN].transform(end) for end in ("min", "max"))
    between = days[(days[DATE_COLUMN] > first) & (days[DATE_COLUMN] < last)]
    costs = between.groupby(list(KEYS), dropna=False, observed=True, sort=False)["cost"]
    lines = _summed(days, list(KEYS)).set_index(list(KEYS))
    lines = lines.join(when).join(costs.agg(least="min", most="max"))
    lines = lines.join(_present_size(days)).reset_index()
    # What came up within the period has run for a part of it only.
    ran = (pd.Timestamp(period.end, tz="UTC") - lines["first"]).dt.days
    return lines.assign(
        monthly=lines["monthly"] / ran,
        monthly_quantity=lines["size"].fillna(lines["monthly_quantity"] / ran),
        least=lines["least"].fillna(0.0),
        most=lines["most"].fillna(0.0),
    )


def _present_size(days: pd.DataFrame) -> pd.Series[float]:
    """How much of what is stored there is at the end, though it was less before.

    It is the larger of the last two days, as what was deleted on the last one
    was there for a part of it.
    """
    in_order = days[_stored(days)].sort_values(DATE_COLUMN, kind="stable")
    keys = list(KEYS)
    last_two = in_order.groupby(keys, dropna=False, observed=True).tail(2)
    grouped = last_two.groupby(keys, dropna=False, observed=True, sort=False)
    sizes: pd.Series[float] = grouped["monthly_quantity"].max()
    return sizes.rename("size")


def _summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """`rows` added up; a tag that was set within the period counts for all of it."""
    grouped = rows.groupby(keys, dropna=False, observed=True, sort=False)
    amounts = [name for name in AMOUNTS if name in rows]
    sums = grouped[amounts].sum(min_count=1)
    told = grouped[["environment", "made_by", "usage_type"]].last()
    return sums.join(told).reset_index()


def _each(texts: pd.Series[str], read: Callable[[str], object]) -> pd.Series[Any]:
    """What `read` says of each text; each different text is read once."""
    return texts.map({text: read(text) for text in texts.dropna().unique()})


def _environment(rows: pd.DataFrame) -> pd.Series[str]:
    """What the first tag that names the environment says."""
    told = pd.Series(None, index=rows.index, dtype="str")
    for column in rows:
        if environment_tag(str(column)):
            told = told.fillna(rows[column])
    return told


def _made_by(rows: pd.DataFrame) -> pd.Series[Any]:
    """The tags that tell who manages each resource; null where none does."""
    names = [str(column) for column in rows if owner_tag(str(column))]
    keys = [name.removeprefix(TAG_PREFIX) for name in names]
    told = pd.Series(None, index=rows.index, dtype="object")
    tagged = rows["ResourceId"].notna() & rows[names].notna().any(axis=1)

    @cache
    def read(*values: object) -> tuple[Tag, ...] | None:
        known = zip(keys, values, strict=True)
        return made_by({key: one for key, one in known if isinstance(one, str)}) or None

    rows_of_tags = rows.loc[tagged, names].itertuples(index=False, name=None)
    told[tagged] = pd.Series(
        [read(*values) for values in rows_of_tags], told.index[tagged], dtype="object"
    )
    return told


def environment_tag(dimension: str) -> bool:
    """Whether `dimension` is a tag that names the environment."""
    key = dimension.removeprefix(TAG_PREFIX)
    return key != dimension and key.lower() in ENVIRONMENT_TAGS
