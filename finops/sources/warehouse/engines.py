"""Which table of which database does a URL name?

A URL is ibis's, with `?table=`: postgres://host/billing?table=cur. The table
may be qualified, as in `table=billing.cur`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

import ibis
from ibis.common.exceptions import TableNotFound

from finops.errors import ConfigurationError
from finops.sources.warehouse.bills import Value

NAMES: Final[Mapping[str, str]] = {
    "bigquery": "BigQuery",
    "clickhouse": "ClickHouse",
    "duckdb": "DuckDB",
    "mssql": "SQL Server",
    "mysql": "MySQL",
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "pyspark": "Spark",
    "sqlite": "SQLite",
}
"""What to call a database on screen where its scheme is not its name."""

IN_FILES: Final = ("duckdb", "sqlite")
"""Databases in a file: opening one that is not there would make it."""


@dataclass(frozen=True, slots=True)
class TableAddress:
    """A table, and the database that it is in.

    Attributes:
        url: The database; not shown, since it may hold a password.
        table: The table's own name.
        namespace: What qualifies it; empty for the database's default.
        options: The rest of the URL's query.
    """

    url: SplitResult = field(repr=False)
    table: str
    namespace: str
    options: Mapping[str, str] = field(repr=False)

    @classmethod
    def parse(cls, location: str) -> Self:
        """The address in a URL with `?table=`.

        Raises:
            ConfigurationError: If it names no table.
        """
        url = urlsplit(location)
        options = dict(parse_qsl(url.query))
        namespace, _, table = options.pop("table", "").rpartition(".")
        if not table:
            msg = f"The {url.scheme} address names no table."
            raise ConfigurationError(msg, hint="Add ?table= and its name.")
        return cls(url, table, namespace, options)

    @property
    def name(self) -> str:
        """What to call it on screen: Athena table billing.cur."""
        scheme = self.url.scheme
        place = self.namespace or (self.url.netloc if scheme == "athena" else "")
        qualified = f"{place}.{self.table}" if place else self.table
        return f"{NAMES.get(scheme, scheme.capitalize())} table {qualified}"


def table_at(address: TableAddress) -> Value:
    """The lines of the table at `address`.

    Raises:
        ConfigurationError: If there is no such database or table, or ibis
            cannot speak to it.
    """
    database = connected(address)
    try:
        return database.table(address.table, database=address.namespace or None)
    except TableNotFound as error:
        msg = f"There is no {address.name}."
        hint = "Check ?table= and the database it should be in."
        raise ConfigurationError(msg, hint=hint) from error


def connected(address: TableAddress) -> Value:
    """The database at `address`, as ibis speaks to it."""
    scheme = address.url.scheme
    try:
        if scheme == "athena":
            # Its package is not installed for those who read files.
            from finops.sources.warehouse.athena import connect  # noqa: PLC0415

            return connect(address.url, address.options)
        if scheme in IN_FILES:
            require_file(address)
        if scheme == "duckdb":
            return ibis.duckdb.connect(path_in(address.url), read_only=True)
        plain = address.url._replace(query=urlencode(address.options))
        return ibis.connect(plain.geturl())
    except ImportError as error:
        msg = f"Reading {NAMES.get(scheme, scheme.capitalize())} needs a package."
        raise ConfigurationError(msg, hint=package_hint(scheme)) from error
    except ValueError as error:
        msg = f"There is no way to read {scheme}:// addresses."
        hint = "Use a file, a folder, s3://, or a database that ibis knows."
        raise ConfigurationError(msg, hint=hint) from error


def package_hint(scheme: str) -> str:
    """How to install what reading `scheme` addresses needs.

    For Athena not by ibis's extra: what it asks for beside a recent boto3 keeps
    pip searching for minutes.
    """
    if scheme == "athena":
        return "pip install 'PyAthena[arrow,pandas]==3.40.0' fsspec s3fs==0.4.2"
    extra = "postgres" if scheme == "postgresql" else scheme
    return f"pip install 'ibis-framework[{extra}]'"


def require_file(address: TableAddress) -> None:
    """Check that the file of a database is there."""
    path = path_in(address.url)
    if not path.is_file():
        msg = f"There is no {NAMES[address.url.scheme]} file {path}."
        hint = "A path from the root has three slashes: duckdb:///data/x.duckdb."
        raise ConfigurationError(msg, hint=hint)


def path_in(url: SplitResult) -> Path:
    """The file that a URL names: relative after two slashes, else from the root."""
    return Path(unquote(url.netloc + url.path)).absolute()
