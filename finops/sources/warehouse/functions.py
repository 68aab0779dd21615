"""Functions of databases that ibis has no name for."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt


@ibis.udf.scalar.builtin
def json_extract_string(text: str, pointer: str) -> str:
    """DuckDB: the text at a JSON pointer."""


@ibis.udf.scalar.builtin
def json_keys(text: str) -> dt.Array[dt.String]:
    """DuckDB: the keys of a JSON object."""


@ibis.udf.scalar.builtin(name="hash")
def hash_of(text: str) -> dt.UInt64:
    """DuckDB: a number for `text`, in 64 bits."""


@ibis.udf.scalar.builtin
def from_json(text: str, schema: str) -> dt.Map[dt.String, dt.String]:
    """Spark: JSON text as a value of the type that `schema` spells."""


@ibis.udf.scalar.builtin
def json_parse(text: str) -> dt.JSON:
    """Athena and Trino: JSON text as JSON."""
