"""How are columns read that hold several values by key: tags, product facts?

They are maps in Parquet and in Athena, and JSON text in CSV. Databases take
JSON text apart each in its own way; what differs between them is here.
"""

from __future__ import annotations

from finops.sources.warehouse.bills import Reading, Value
from finops.sources.warehouse.functions import (
    from_json,
    json_extract_string,
    json_keys,
    json_parse,
)


def entry(column: str, key: str) -> Reading:
    """The text that `column` holds under `key`."""
    return lambda bill: value_at(bill[column], key) if column in bill else None


def value_at(column: Value, key: str) -> Value:
    """The text that `column` holds under `key`; null where it holds none."""
    if is_json_for_duckdb(column):
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        return json_extract_string(column.nullif(""), pointer).nullif("")
    return as_map(column).get(key).nullif("")


def keys_in(column: Value) -> list[str]:
    """The keys that occur in `column`, in order."""
    if is_json_for_duckdb(column):
        keys = json_keys(column.nullif(""))
    else:
        keys = as_map(column).keys()
    found = keys.unnest().name("key").as_table().distinct().to_pyarrow()
    return sorted(key for key in found["key"].to_pylist() if key)


def as_map(column: Value) -> Value:
    """`column` as a map from text to text."""
    if column.type().is_map():
        return column
    if column.get_backend().name == "pyspark":
        return from_json(column, "map<string,string>")
    return json_parse(column.nullif("")).cast("map<string,string>")


def is_json_for_duckdb(column: Value) -> bool:
    """Whether `column` is JSON text that DuckDB reads."""
    return not column.type().is_map() and column.get_backend().name == "duckdb"
