"""Cost Explorer's filter expressions, as conditions in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tests.double.failures import AwsError

DIMENSIONS: Final = {
    "SERVICE": "service",
    "LINKED_ACCOUNT": "account",
    "REGION": "region",
    "USAGE_TYPE": "usage_type",
    "OPERATION": "operation",
    "RECORD_TYPE": "record_type",
    "INSTANCE_TYPE": "instance_type",
}
"""The column of each dimension."""

NONE: Final = {
    "REGION": "NoRegion",
    "INSTANCE_TYPE": "NoInstanceType",
    "OPERATION": "NoOperation",
    "USAGE_TYPE": "NoUsageType",
}
"""What stands in the key of a group without a value."""

ONE_ROOT: Final = (
    "Expression has zero or more than one roots. Only one root operator is allowed "
    'for each expression: "and", "or", "not", "tag" or "dimensionValue"'
)


def column(dimension: str) -> str:
    """The column of `dimension`, its nulls named as AWS names them."""
    if dimension not in DIMENSIONS:
        msg = f"Dimension {dimension} is not allowed."
        raise AwsError(msg, code="ValidationException")
    return f"coalesce({DIMENSIONS[dimension]}, '{NONE.get(dimension, '')}')"


def condition(expression: Mapping[str, Any], values: list[object]) -> str:
    """`expression` in SQL; the values of its question marks go to `values`."""
    roots = {k: v for k, v in expression.items() if v not in (None, [], {})}
    if len(roots) != 1:
        raise AwsError(ONE_ROOT, code="ValidationException")
    [(root, inner)] = roots.items()
    match root:
        case "And" | "Or":
            if len(inner) < 2:
                msg = f"{root} expression must have at least 2 operands"
                raise AwsError(msg, code="ValidationException")
            parts = [condition(part, values) for part in inner]
            return f"({f' {root.upper()} '.join(parts)})"
        case "Not":
            return f"(NOT {condition(inner, values)})"
        case "Tags":
            values.append(inner["Key"])
            return _one_of("tags[?]", inner, values)
        case "Dimensions":
            return _one_of(column(inner["Key"]), inner, values)
        case _:
            msg = f"{root} is not known to the double"
            raise AwsError(msg, code="ValidationException")


def _one_of(sql: str, wanted: Mapping[str, Any], values: list[object]) -> str:
    if "ABSENT" in wanted.get("MatchOptions", ()) or not wanted.get("Values"):
        absent = NONE.get(wanted["Key"], "")
        values.append(absent)
        return f"coalesce({sql}, '') IN ('', ?)"
    values.extend(wanted["Values"])
    marks = ", ".join("?" * len(wanted["Values"]))
    return f"coalesce({sql}, '') IN ({marks})"
