"""Athena: its SQL really runs, on the tables of the line items' database."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import duckdb
import sqlglot
from sqlglot import exp

from tests.double.failures import AwsError
from tests.double.paging import offset_of, token
from tests.double.world import World

Request = Mapping[str, Any]

QUEUED, RUNNING = 0.02, 0.05
"""The age in seconds up to which a query is queued, then running."""

UNLOAD: Final = re.compile(
    r"\A\s*UNLOAD\s*\((?P<select>.*)\)\s*TO\s+'[^']*'.*\Z", re.DOTALL | re.IGNORECASE
)
"""What ibis wraps a query in; its answer is given as rows all the same."""

CATALOG, SCHEMA = "awsdatacatalog", "default"

PRECISIONS: Final = {"varchar": 2147483647, "bigint": 19, "integer": 10, "double": 17}


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was started, and what came of it."""

    sql: str
    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    failure: str = ""
    started: float = field(default_factory=time.time)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def state(self) -> str:
        """How far the query has got."""
        age = time.time() - self.started
        if age < RUNNING:
            return "QUEUED" if age < QUEUED else "RUNNING"
        return "FAILED" if self.failure else "SUCCEEDED"


def start_query_execution(world: World, _: str, request: Request) -> dict[str, Any]:
    """Run the SQL; the answer waits until it is asked for."""
    sql = request["QueryString"]
    try:
        cursor = world.items.cursor().execute(_in_duckdb(sql))
        columns = [(name, _athena_type(kind)) for name, kind, *_ in cursor.description]
        query = Query(sql, columns, cursor.fetchall())
    except sqlglot.errors.SqlglotError as error:
        query = Query(sql, failure=f"SYNTAX_ERROR: {error}")
    except duckdb.Error as error:
        query = Query(sql, failure=f"COLUMN_NOT_FOUND: {error}")
    world.queries[query.id] = query
    return {"QueryExecutionId": query.id}


def get_query_execution(world: World, _: str, request: Request) -> dict[str, Any]:
    """How far a query has got."""
    query = _query(world, request)
    status: dict[str, Any] = {
        "State": query.state,
        "SubmissionDateTime": query.started,
    }
    if query.state == "FAILED":
        status["StateChangeReason"] = query.failure
    return {
        "QueryExecution": {
            "QueryExecutionId": query.id,
            "Query": query.sql,
            "StatementType": "DML",
            "Status": status,
            "Statistics": {"DataScannedInBytes": 10_000_000},
        }
    }


def get_query_results(world: World, _: str, request: Request) -> dict[str, Any]:
    """One page of a query's rows, the names of the columns before the first."""
    query = _query(world, request)
    if query.state != "SUCCEEDED":
        msg = f"Query has not yet finished. Current state: {query.state}"
        raise AwsError(msg, code="InvalidRequestException")
    names = tuple(name for name, _ in query.columns)
    rows = [names, *query.rows]
    size = request.get("MaxResults", 1000)
    at = offset_of(request.get("NextToken"), query.id)
    answer: dict[str, Any] = {
        "ResultSet": {
            "Rows": [{"Data": [_cell(v) for v in row]} for row in rows[at : at + size]],
            "ResultSetMetadata": {"ColumnInfo": [_info(*c) for c in query.columns]},
        }
    }
    if at + size < len(rows):
        answer["NextToken"] = token(query.id, at + size)
    return answer


def get_table_metadata(world: World, _: str, request: Request) -> dict[str, Any]:
    """The columns of a table."""
    name = request["TableName"]
    try:
        columns = world.items.select(f"DESCRIBE {exp.to_identifier(name, quoted=True)}")
    except duckdb.Error as error:
        msg = f"EntityNotFoundException: Entity Not Found: {name}"
        raise AwsError(msg, code="MetadataException") from error
    described = [
        {"Name": name, "Type": _athena_type(kind)} for name, kind, *_ in columns
    ]
    return {"TableMetadata": {"Name": name, "Columns": described, "PartitionKeys": []}}


def _query(world: World, request: Request) -> Query:
    asked = request["QueryExecutionId"]
    query = world.queries.get(asked)
    if not isinstance(query, Query):
        msg = f"QueryExecution {asked} was not found"
        raise AwsError(msg, code="InvalidRequestException")
    return query


def _in_duckdb(sql: str) -> str:
    """`sql` of Athena, for DuckDB, whose tables have no catalog and schema."""
    unload = UNLOAD.match(sql)
    parsed = sqlglot.parse_one(unload["select"] if unload else sql, read="athena")
    return parsed.transform(_localized).sql("duckdb")


def _localized(node: exp.Expression) -> exp.Expression:
    match node:
        case exp.Table():
            return exp.to_table(node.name, alias=node.alias or None)
        case exp.CurrentCatalog():
            return exp.Literal.string(CATALOG)
        case exp.CurrentSchema():
            return exp.Literal.string(SCHEMA)
        case exp.Column(name="current_catalog"):
            return exp.Literal.string(CATALOG)
        case exp.Column(name="current_schema"):
            return exp.Literal.string(SCHEMA)
    return node


def _athena_type(kind: object) -> str:
    """DuckDB's type in Athena's words."""
    if str(kind) == "HUGEINT":
        return "decimal(38, 0)"
    typed = exp.DataType.build(str(kind), dialect="duckdb")
    return typed.sql("athena").lower()


def _info(name: str, kind: str) -> dict[str, Any]:
    base, _, size = kind.partition("(")
    precision, _, scale = size.rstrip(")").partition(",")
    return {
        "Name": name,
        "Type": base,
        "Precision": int(precision or PRECISIONS.get(base, 0)),
        "Scale": int(scale or 0),
        "Nullable": "UNKNOWN",
    }


def _cell(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"VarCharValue": value.isoformat(" ", "milliseconds")}
    return {} if value is None else {"VarCharValue": str(value)}
