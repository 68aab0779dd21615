"""How are a bill's columns read, whatever their spelling and type?

A format is a table of FOCUS columns and of what fills them; what fills them
is made of the functions here. Each gives None where the bill lacks the column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeAlias

import ibis

Value: TypeAlias = Any
"""An ibis expression; ibis has no types of its own to offer."""

ZONED = "timestamp('UTC')"
"""The type of a point in time, whichever zone it was written in."""


def plain_name(column: str) -> str:
    """`column` as Athena spells it: lineItem/UsageType is line_item_usage_type."""
    if "/" not in column:
        return column.lower()
    apart = re.sub(r"(?=[A-Z])", "_", column).lower()
    return re.sub(r"[^a-z0-9]+", "_", apart).strip("_")


@dataclass(frozen=True, slots=True)
class Bill:
    """The lines of a bill as they were exported.

    Attributes:
        lines: The table.
        names: The columns' own names by their plain ones.
        net: Whether the columns after discounts are filled.
    """

    lines: Value
    names: Mapping[str, str]
    net: bool = False

    @classmethod
    def of(cls, lines: Value, *, net: bool = False) -> Self:
        """The bill in the table `lines`."""
        return cls(lines, {plain_name(name): name for name in lines.columns}, net)

    def __contains__(self, name: str) -> bool:
        return plain_name(name) in self.names

    def __getitem__(self, name: str) -> Value:
        return self.lines[self.names[plain_name(name)]]


Reading: TypeAlias = Callable[[Bill], Value | None]
"""Fills one FOCUS column from a bill; None where the bill cannot."""


def text(*names: str) -> Reading:
    """The first of `names` that is filled, as text."""
    return first_of(*(of_column(name, as_text) for name in names))


def account(name: str) -> Reading:
    """An AWS account id: twelve digits, even where it was stored as a number."""
    return of_column(name, as_account)


def amount(name: str) -> Reading:
    """An amount of money."""
    return of_column(name, as_amount)


def moment(name: str) -> Reading:
    """A point in time, in UTC."""
    return of_column(name, as_moment)


def doubtful_moment(name: str) -> Reading:
    """A point in time that matters little: null where it is not one."""
    return of_column(name, lambda column: as_moment(column, strict=False))


def constant(value: str) -> Reading:
    """The same text for every line."""
    return lambda _: ibis.literal(value)


def first_of(*readings: Reading) -> Reading:
    """The first of `readings` that is filled, line by line."""

    def read(bill: Bill) -> Value | None:
        values = [value for read in readings if (value := read(bill)) is not None]
        return ibis.coalesce(*values) if values[1:] else next(iter(values), None)

    return read


def of_column(name: str, convert: Callable[[Value], Value]) -> Reading:
    """The column `name`, converted."""
    return lambda bill: convert(bill[name]) if name in bill else None


def as_text(column: Value) -> Value:
    """`column` as text; empty text is null."""
    return (column if column.type().is_string() else column.cast("string")).nullif("")


def as_account(column: Value) -> Value:
    """`column` as text, with the zeros back that a number has lost."""
    if column.type().is_integer():
        return column.cast("string").lpad(12, "0")
    return as_text(column)


def as_amount(column: Value) -> Value:
    """`column` as a floating-point number."""
    if column.type().is_string():
        column = column.nullif("")
    return column if column.type().is_float64() else column.cast("float64")


def as_moment(column: Value, *, strict: bool = True) -> Value:
    """`column` as a timestamp without a zone, which is meant in UTC."""
    kind = column.type()
    if kind.is_timestamp() and kind.timezone is None:
        return column
    if kind.is_string():
        # Cast to a timestamp without a zone, DuckDB would drop an offset.
        text = column.nullif("")
        column = text.cast(ZONED) if strict else text.try_cast(ZONED)
    return column.cast("timestamp")
