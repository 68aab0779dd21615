"""The one table of line items that every answer about cost is computed from."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Final

import duckdb

MONEY: Final = "DECIMAL(28,10)"

COLUMN_TYPES: Final = {
    "day": "TIMESTAMP",
    "tags": "MAP(VARCHAR, VARCHAR)",
    "quantity": MONEY,
    "unblended": MONEY,
    "amortized": MONEY,
    "net_unblended": MONEY,
    "net_amortized": MONEY,
}
"""The columns that are not text."""

CUR_VIEW: Final = """
CREATE VIEW cur AS SELECT
  day AS line_item_usage_start_date,
  account AS line_item_usage_account_id,
  service AS line_item_product_code,
  region AS product_region_code,
  usage_type AS line_item_usage_type,
  operation AS line_item_operation,
  record_type AS line_item_line_item_type,
  currency AS line_item_currency_code,
  tags AS resource_tags,
  unblended AS line_item_unblended_cost,
  net_unblended AS line_item_net_unblended_cost,
  quantity AS line_item_usage_amount,
  strftime(day, '%Y-%m') AS billing_period
FROM items
"""
"""The line items under the names of a Cost and Usage Report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineItem:
    """One charge on one day; costs that are not given equal `unblended`."""

    day: date
    account: str
    unblended: Decimal
    service: str = "Amazon Elastic Compute Cloud - Compute"
    region: str | None = "us-east-1"
    usage_type: str | None = "BoxUsage:m5.large"
    operation: str | None = "RunInstances"
    record_type: str = "Usage"
    instance_type: str | None = None
    currency: str = "USD"
    tags: dict[str, str] = field(default_factory=dict)
    quantity: Decimal = Decimal(24)
    amortized: Decimal | None = None
    net_unblended: Decimal | None = None
    net_amortized: Decimal | None = None


COLUMNS: Final = tuple(column.name for column in fields(LineItem))

JSON_SHAPE: Final = json.dumps(
    [{name: COLUMN_TYPES.get(name, "VARCHAR") for name in COLUMNS}]
)
"""The same columns for DuckDB's from_json, through which many rows go in at once."""


class LineItems:
    """The table, in DuckDB's memory; safe to ask from many threads."""

    def __init__(self) -> None:
        self.database = duckdb.connect()
        self._lock = threading.Lock()
        types = [f"{name} {COLUMN_TYPES.get(name, 'VARCHAR')}" for name in COLUMNS]
        self.database.execute(f"CREATE TABLE items ({', '.join(types)})")
        self.database.execute(CUR_VIEW)

    def add(self, *items: LineItem) -> None:
        """Put `items` on the bill."""
        rows = json.dumps([asdict(item) for item in items], default=str)
        self.add_from(
            "SELECT unnest(from_json($rows, $shape), max_depth := 2)",
            {"rows": rows, "shape": JSON_SHAPE},
        )

    def add_from(self, select: str, values: Mapping[str, object] = {}) -> None:
        """Put on the bill what `select` yields, by column name."""
        self.database.execute(f"INSERT INTO items BY NAME {select}", dict(values))
        self._fill_costs()

    def restate(self, factor: Decimal, *, since: date) -> None:
        """Multiply every cost since a day by `factor`, as AWS does until it bills."""
        for cost in ("unblended", "amortized", "net_unblended", "net_amortized"):
            self.database.execute(
                f"UPDATE items SET {cost} = {cost} * ? WHERE day >= ?",  # noqa: S608
                [factor, since],
            )

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A connection for one thread; DuckDB refuses to share one."""
        with self._lock:
            return self.database.cursor()

    def select(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that `sql` yields."""
        with self.cursor() as cursor:
            return cursor.execute(sql, list(values)).fetchall()

    def close(self) -> None:
        """Let go of the table; nothing can be asked any more."""
        with self._lock:
            self.database.close()

    def _fill_costs(self) -> None:
        self.database.execute(
            "UPDATE items SET amortized = coalesce(amortized, unblended),"
            " net_unblended = coalesce(net_unblended, unblended)"
        )
        self.database.execute(
            "UPDATE items SET net_amortized = coalesce(net_amortized, amortized),"
            " currency = coalesce(currency, 'USD'),"
            " record_type = coalesce(record_type, 'Usage'),"
            " tags = coalesce(tags, MAP {})"
        )
