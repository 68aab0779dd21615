"""What fills each FOCUS column from the legacy Cost and Usage Report.

CSV files name their columns lineItem/UnblendedCost, Parquet files and Athena
line_item_unblended_cost; `plain_name` makes them one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import ibis

from finops.focus import TAG_PREFIX
from finops.sources.warehouse import cur
from finops.sources.warehouse.bills import Bill, Reading, Value, as_text, text
from finops.sources.warehouse.formats import Format, needing

COLUMNS: Final[Mapping[str, Reading]] = {
    **cur.COLUMNS,
    "ServiceName": text(
        "product_product_name", "product_servicename", "line_item_product_code"
    ),
}

TAG_COLUMN: Final = re.compile(r"(?:resourceTags/|resource_tags_)(?:user[:_])?(.+)")
"""The name of a tag's column: resourceTags/user:team or resource_tags_user_team."""


def tags(bill: Bill) -> dict[str, Value]:
    """Each tag that has a column of its own."""
    columns: dict[str, list[Value]] = {}
    for column in bill.lines.columns:
        if found := TAG_COLUMN.fullmatch(column):
            name = TAG_PREFIX + found[1]
            columns.setdefault(name, []).append(as_text(bill.lines[column]))
    return {name: ibis.coalesce(*values) for name, values in columns.items()}


LEGACY_CUR: Final = Format(
    name="legacy CUR",
    lacking=needing(*cur.NEEDED),
    columns=COLUMNS,
    tags=tags,
    line_id=cur.line_id,
)
