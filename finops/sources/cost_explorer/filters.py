"""Conditions on costs, as Cost Explorer wants them written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from finops.focus import TAG_PREFIX, Charges, Condition
from finops.sources.cost_explorer.charge_types import (
    CATEGORIES,
    NOT_USAGE,
    RECORD_TYPES,
)
from finops.sources.cost_explorer.dimensions import KEYS

Expression = dict[str, Any]
"""A filter; a node has exactly one root, and And and Or two parts or more."""


def filter_of(
    conditions: Sequence[Condition], *, charges: Charges, account_id: str = ""
) -> Expression | None:
    """The filter under which all of `conditions` hold; None filters nothing.

    Args:
        conditions: What must hold; each has at least one value.
        charges: Whether credits, refunds and taxes count.
        account_id: The only account to count; empty counts all.
    """
    parts = [_expression(condition) for condition in conditions]
    if account_id:
        parts.append(_one_of("LINKED_ACCOUNT", [account_id]))
    if charges == "usage":
        parts.append({"Not": _one_of("RECORD_TYPE", NOT_USAGE)})
    return _joined("And", parts) if parts else None


def _expression(condition: Condition) -> Expression:
    if condition.dimension == "ChargeCategory":
        return _joined("Or", [_category(value) for value in condition.values])
    values = [value for value in condition.values if value is not None]
    parts = []
    if values:
        parts.append(_leaf(condition.dimension, {"Values": values}))
    if None in condition.values:
        parts.append(_leaf(condition.dimension, {"MatchOptions": ["ABSENT"]}))
    return _joined("Or", parts)


def _leaf(dimension: str, wanted: Expression) -> Expression:
    if dimension.startswith(TAG_PREFIX):
        return {"Tags": {"Key": dimension.removeprefix(TAG_PREFIX), **wanted}}
    return {"Dimensions": {"Key": KEYS[dimension], **wanted}}


def _category(category: str | None) -> Expression:
    if category in RECORD_TYPES:
        return _one_of("RECORD_TYPE", RECORD_TYPES[category])
    return {"Not": _one_of("RECORD_TYPE", CATEGORIES)}


def _one_of(key: str, values: Iterable[str]) -> Expression:
    return {"Dimensions": {"Key": key, "Values": list(values)}}


def _joined(operator: str, parts: list[Expression]) -> Expression:
    return parts[0] if len(parts) == 1 else {operator: parts}
