"""How does a database answer a cost query over the lines of a bill?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import ibis

from finops.focus import (
    COSTS,
    DATE_COLUMN,
    USAGE_CATEGORIES,
    Condition,
    CostQuery,
    Granularity,
)
from finops.sources.warehouse.bills import Value
from finops.sources.warehouse.parts import Part

UNITS: Final[Mapping[Granularity, str]] = {"day": "D", "month": "M"}
"""How a database calls what a charge's start is cut to."""

UNKNOWN: Final = "unknown "
"""Before the name of a cost: whether that of some charge in the sum is unknown."""

Fills = Mapping[str, Value]
"""What fills dimensions that no format fills by itself: tags, renamed accounts."""


def grouped(parts: Sequence[Part], fills: Sequence[Fills], query: CostQuery) -> Value:
    """The costs that `query` asks for, one row per combination of its keys.

    Attributes:
        parts: The lines that count.
        fills: What fills the tags of each part, and names that differ.
    """
    charges = [charged(*each, query) for each in zip(parts, fills, strict=True)]
    together = ibis.union(*charges) if charges[1:] else charges[0]
    sums = {cost: together[cost].sum() for cost in COSTS}
    gaps = {UNKNOWN + cost: together[cost].isnull().any() for cost in COSTS}
    return together.group_by(query.keys).aggregate(**sums, **gaps)


def dearest(parts: Sequence[Part], fills: Sequence[Fills], query: CostQuery) -> Value:
    """What the dearest day of each combination of the dimensions cost."""
    daily = grouped(parts, fills, replace(query, granularity="day"))
    keys = [key for key in query.keys if key != DATE_COLUMN]
    return daily.group_by(keys).aggregate(**{cost: daily[cost].max() for cost in COSTS})


def charged(part: Part, fills: Fills, query: CostQuery) -> Value:
    """The charges of `part` that `query` is about, with its keys and costs."""

    def dimension(name: str) -> Value:
        return fills[name] if name in fills else part.value(name)

    kept = [part.charged_in(query.period)]
    if query.charges == "usage":
        kept.append(dimension("ChargeCategory").isin(USAGE_CATEGORIES))
    kept += [meets(dimension(each.dimension), each) for each in query.where]
    keys = {key: dimension(key) for key in query.keys if key != DATE_COLUMN}
    if query.granularity != "total":
        start = part.value(DATE_COLUMN)
        keys = {DATE_COLUMN: start.truncate(UNITS[query.granularity]), **keys}
    costs = {cost: part.value(cost) for cost in COSTS}
    return part.bill.lines.filter(*kept).select(**keys, **costs)


def meets(value: Value, condition: Condition) -> Value:
    """Whether `value` is one of a condition's; None among them means null."""
    wanted = [each for each in condition.values if each is not None]
    found = value.isin(wanted)
    return found | value.isnull() if None in condition.values else found
