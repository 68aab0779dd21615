"""The cost table itself: its shape, and answering a query from rows in memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd
from pandas.api.types import is_numeric_dtype

from finops.errors import (
    DimensionUnavailableError,
    MalformedTableError,
    MetricUnavailableError,
    MixedCurrenciesError,
)
from finops.focus import (
    COSTS,
    DATE_COLUMN,
    USAGE_CATEGORIES,
    Condition,
    CostQuery,
    Metric,
)
from finops.periods import ChargePeriod

UTC_DAYS: Final = "datetime64[us, UTC]"
"""The type of a date column."""


AGAIN: Final = "Correct it in the bill, or export that again."
"""What helps where a bill holds what is no cost."""


def conform(table: pd.DataFrame, query: CostQuery) -> pd.DataFrame:
    """`table` with exactly the columns that `query` asks for, typed and sorted.

    Dates become UTC, nulls in keys are kept, costs become floats; a cost
    column that is absent becomes NaN, which means unknown.

    Raises:
        MalformedTableError: If a key is absent or a value is not of its type.
    """
    absent = [key for key in query.keys if key not in table]
    if absent:
        msg = f"The cost table lacks {', '.join(absent)}."
        raise MalformedTableError(msg)
    try:
        conformed = table.reindex(columns=[*query.keys, *COSTS])
        _refuse_numbers(conformed, query.keys)
        conformed = conformed.astype(_dtypes(query))
        if DATE_COLUMN in query.keys:
            days = pd.to_datetime(conformed[DATE_COLUMN], utc=True).astype(UTC_DAYS)
            conformed[DATE_COLUMN] = days
    except (TypeError, ValueError) as error:
        msg = f"The cost table has a value of the wrong type: {error}."
        raise MalformedTableError(msg, hint=AGAIN) from error
    if conformed[list(COSTS)].isin([math.inf, -math.inf]).any(axis=None):
        msg = "The cost table has an infinite cost."
        raise MalformedTableError(msg, hint=AGAIN)
    return conformed.sort_values(query.keys, ignore_index=True)


def _refuse_numbers(table: pd.DataFrame, keys: Sequence[str]) -> None:
    """Ids that were read as numbers have lost their leading zeros."""
    for key in keys:
        if is_numeric_dtype(table[key]) and table[key].notna().any():
            msg = f"{key} holds numbers"
            raise TypeError(msg)


def _dtypes(query: CostQuery) -> dict[str, str]:
    keys = [key for key in query.keys if key != DATE_COLUMN]
    return dict.fromkeys(keys, "str") | dict.fromkeys(COSTS, "float64")


def answer(charges: pd.DataFrame, query: CostQuery) -> pd.DataFrame:
    """The conforming answer to `query` from `charges`, which are ungrouped rows.

    A cost sums to NaN only where every charge in it is NaN: unknown is not 0.
    """
    start, end = (
        pd.Timestamp(d, tz="UTC") for d in (query.period.start, query.period.end)
    )
    kept = charges[DATE_COLUMN].between(start, end, inclusive="left")
    if query.charges == "usage":
        kept &= charges["ChargeCategory"].isin(USAGE_CATEGORIES)
    for condition in query.where:
        kept &= matches(charges[condition.dimension], condition)
    return regroup(charges[kept], query)


def days_in(table: pd.DataFrame, period: ChargePeriod) -> pd.DataFrame:
    """The rows of `period`, from a table that is sorted by day."""
    bounds = [pd.Timestamp(day, tz="UTC") for day in (period.start, period.end)]
    start, end = table[DATE_COLUMN].searchsorted(bounds)
    return table.iloc[start:end]


def matches(values: pd.Series[str], condition: Condition) -> pd.Series[bool]:
    """Which of `values` meet `condition`; None in it matches nulls."""
    wanted = [value for value in condition.values if value is not None]
    found = values.isin(wanted)
    return found | values.isna() if None in condition.values else found


def regroup(rows: pd.DataFrame, query: CostQuery) -> pd.DataFrame:
    """`rows` summed to the keys of `query`, conforming to it."""
    if query.granularity == "month":
        days = rows[DATE_COLUMN].dt.floor("D")
        first = days - pd.to_timedelta(days.dt.day - 1, unit="D")
        rows = rows.assign(**{DATE_COLUMN: first})
    elif query.granularity == "day":
        rows = rows.assign(**{DATE_COLUMN: rows[DATE_COLUMN].dt.floor("D")})
    costs = [metric for metric in COSTS if metric in rows]
    grouped = rows.groupby(query.keys, dropna=False, observed=True, sort=False)
    return conform(grouped[costs].sum(min_count=1).reset_index(), query)


def require_dimensions(query: CostQuery, known: Sequence[str], *, source: str) -> None:
    """Check that a source can group and filter by what `query` names.

    Raises:
        DimensionUnavailableError: For the first dimension not in `known`.
    """
    for dimension in query.dimensions:
        if dimension not in known:
            raise DimensionUnavailableError(dimension, source=source, known=known)


def currency_of(table: pd.DataFrame) -> str:
    """The one currency of `table`; USD for an empty one.

    Raises:
        MixedCurrenciesError: If there are two or more.
    """
    currencies = sorted(table["BillingCurrency"].dropna().unique())
    if len(currencies) > 1:
        raise MixedCurrenciesError(currencies)
    return str(currencies[0]) if currencies else "USD"


def require_metric(table: pd.DataFrame, metric: Metric, *, source: str) -> None:
    """Check that `table` knows `metric` for at least one charge.

    Raises:
        MetricUnavailableError: If every value is unknown.
    """
    if len(table) and table[metric].isna().all():
        msg = f"{source} does not report {metric}."
        raise MetricUnavailableError(msg, hint="Choose EffectiveCost or BilledCost.")


def with_null_columns(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """`table` with every one of `keys`: null where it does not have the column."""
    absent = [key for key in keys if key not in table]
    nulls = {key: pd.Series(None, index=table.index, dtype="str") for key in absent}
    return table.assign(**nulls)
