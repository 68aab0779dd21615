"""What fills each FOCUS column from CUR 2.0, the report of AWS Data Exports."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import ibis

from finops.focus import TAG_PREFIX
from finops.sources.warehouse import cur
from finops.sources.warehouse.bills import Bill, Reading, Value, first_of, text
from finops.sources.warehouse.formats import Format, needing
from finops.sources.warehouse.keyed_columns import entry, keys_in, value_at

COLUMNS: Final[Mapping[str, Reading]] = {
    **cur.COLUMNS,
    "ServiceName": first_of(
        text("product_product_name"),
        entry("product", "product_name"),
        entry("product", "servicename"),
        text("line_item_product_code"),
    ),
    "SubAccountName": text("line_item_usage_account_name"),
}

MARKS: Final = ("line_item_usage_account_name", "product", "resource_tags", "tags")
"""Columns that only CUR 2.0 has; a chosen set of columns keeps at least one."""


def lacking(names: Collection[str]) -> list[str]:
    """The needed columns that are missing, or the first of `MARKS`."""
    missing = needing(*cur.NEEDED)(names)
    return missing if set(MARKS) & set(names) else [*missing, MARKS[0]]


def tags(bill: Bill) -> dict[str, Value]:
    """Each key that occurs in the column resource_tags.

    AWS writes the tag team as user_team; what it sets itself starts with aws_.
    """
    if "resource_tags" not in bill:
        return {}
    column = bill["resource_tags"]
    spellings: dict[str, list[Value]] = {}
    for key in keys_in(column):
        name = TAG_PREFIX + key.removeprefix("user_").removeprefix("user:")
        spellings.setdefault(name, []).append(value_at(column, key))
    return {name: ibis.coalesce(*values) for name, values in spellings.items()}


CUR2: Final = Format(
    name="CUR 2.0",
    lacking=lacking,
    columns=COLUMNS,
    tags=tags,
    line_id=cur.line_id,
)
