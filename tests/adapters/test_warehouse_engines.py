"""A table of a database answers like the file that it was made from."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from finops.errors import (
    ConfigurationError,
    MalformedTableError,
    PermissionDeniedError,
    SourceError,
)
from finops.focus import CostQuery
from finops.sources import CostSource
from finops.sources.warehouse import open_warehouse
from finops.sources.warehouse.source import WarehouseSource
from tests.adapters.made_up_bills import (
    QUESTIONS,
    TODAY,
    a_bit_of_everything,
    cur_line,
    opened,
    total,
    write_parquet,
)
from tests.double.plugin import Aws

without_noise = pytest.mark.filterwarnings(
    "ignore:Your installed version of s3fs:UserWarning"  # ibis opens S3 for itself
)


def at(url: str) -> CostSource:
    """The bill at `url`."""
    return open_warehouse(url, cache_dir=Path("never written"), today=TODAY)


def make_table(database: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    """Put the lines of a Parquet file into a table."""
    lines = database.read_parquet(str(file))
    lines.create(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A bill with a bit of everything."""
    return write_parquet(tmp_path / "cur.parquet", a_bit_of_everything())


@pytest.mark.parametrize("query", QUESTIONS)
def test_duckdb_answers_like_the_file(
    tmp_path: Path, file: Path, query: CostQuery
) -> None:
    with duckdb.connect(tmp_path / "x.duckdb") as database:
        make_table(database, file, "cur")
    table = at(f"duckdb://{tmp_path}/x.duckdb?table=cur")

    found = table.costs(query)

    pd.testing.assert_frame_equal(found.table, opened(file).costs(query).table)
    assert table.name == "DuckDB table cur"


@without_noise
@pytest.mark.parametrize("query", QUESTIONS)
def test_athena_answers_like_the_file(aws: Aws, file: Path, query: CostQuery) -> None:
    make_table(aws.world.items.database, file, "bill")
    bill = opened(file)
    table = at("athena://billing?table=bill&region_name=us-east-1&poll_interval=0.01")

    found = table.costs(query)

    pd.testing.assert_frame_equal(found.table, bill.costs(query).table)
    assert table.extent == bill.extent
    assert table.dimensions == bill.dimensions
    assert table.name == "Athena table billing.bill"


@without_noise
def test_the_host_of_an_athena_address_is_the_schema(aws: Aws, file: Path) -> None:
    make_table(aws.world.items.database, file, "bill")

    table = at("athena://billing?table=bill&poll_interval=0.01")

    assert isinstance(table, WarehouseSource)
    database = table.parts[0].bill.lines.get_backend()
    assert database.con.schema_name == "billing"


@without_noise
@pytest.mark.parametrize(
    ("staging", "begins"),
    [("", "SELECT"), ("&s3_staging_dir=s3://results/x", "UNLOAD")],
)
def test_athena_writes_files_only_where_a_staging_folder_is_named(
    aws: Aws, file: Path, staging: str, begins: str
) -> None:
    make_table(aws.world.items.database, file, "bill")

    found = total(at(f"athena://?table=bill&poll_interval=0.01{staging}"))

    assert found == pytest.approx(total(opened(file)))
    last = list(aws.world.queries.values())[-1]
    assert last.sql.startswith(begins)


@without_noise
def test_athena_that_refuses_names_the_permission(aws: Aws, file: Path) -> None:
    aws.world.denied.add(("athena", aws.world.payer))

    with pytest.raises(PermissionDeniedError, match="athena:"):
        at("athena://billing?table=bill&poll_interval=0.01")


@without_noise
def test_a_table_that_athena_lacks_is_named(aws: Aws) -> None:
    with pytest.raises(ConfigurationError, match=r"no Athena table billing\.nope"):
        at("athena://billing?table=nope&poll_interval=0.01")


def test_a_table_may_lie_in_a_schema(tmp_path: Path, file: Path) -> None:
    with duckdb.connect(tmp_path / "x.duckdb") as database:
        database.execute("CREATE SCHEMA billing")
        make_table(database, file, "billing.cur")

    table = at(f"duckdb://{tmp_path}/x.duckdb?table=billing.cur")

    assert total(table) == pytest.approx(total(opened(file)))
    assert table.name == "DuckDB table billing.cur"


def test_a_database_is_only_read(tmp_path: Path, file: Path) -> None:
    path = tmp_path / "x.duckdb"
    with duckdb.connect(path) as database:
        make_table(database, file, "cur")
    before = path.read_bytes()

    total(at(f"duckdb://{path}?table=cur"))

    assert path.read_bytes() == before
    assert not Path("never written").exists()


def test_a_relative_path_has_two_slashes(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with duckdb.connect(tmp_path / "x.duckdb") as database:
        make_table(database, file, "cur")
    monkeypatch.chdir(tmp_path)

    assert total(at("duckdb://x.duckdb?table=cur")) == pytest.approx(
        total(opened(file))
    )


@pytest.mark.parametrize("scheme", ["duckdb", "sqlite"])
def test_a_database_file_that_is_not_there_is_not_made(
    tmp_path: Path, scheme: str
) -> None:
    with pytest.raises(ConfigurationError, match=r"file .*nope\.db"):
        at(f"{scheme}://{tmp_path}/nope.db?table=cur")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "complaint", "hint"),
    [
        ("duckdb://x.duckdb", "names no table", "Add ?table= and its name."),
        ("gs://bucket/cur?table=x", "no way to read gs:// addresses", "Use a file"),
        (
            "https://x/cur.csv?table=x",
            "no way to read https:// addresses",
            "Use a file",
        ),
        (
            "snowflake://me:secret@x/db?table=cur",
            "Reading Snowflake needs a package.",
            "pip install 'ibis-framework[snowflake]'",
        ),
        (
            "postgresql://me:secret@x/db?table=cur",
            "Reading PostgreSQL needs a package.",
            "pip install 'ibis-framework[postgres]'",
        ),
    ],
)
def test_an_address_that_cannot_be_used_is_explained(
    url: str, complaint: str, hint: str
) -> None:
    with pytest.raises(ConfigurationError, match=complaint) as raised:
        at(url)

    assert hint in raised.value.hint
    assert "secret" not in f"{raised.value} {raised.value.hint}"


def test_athena_without_its_package_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "finops.sources.warehouse.athena", raising=False)
    monkeypatch.setitem(sys.modules, "pyathena", None)
    monkeypatch.setitem(sys.modules, "pyathena.arrow.cursor", None)

    with pytest.raises(ConfigurationError) as raised:
        at("athena://billing?table=cur")

    assert raised.value.hint.startswith("pip install 'PyAthena")


def test_a_table_that_is_not_there_is_named(tmp_path: Path, file: Path) -> None:
    with duckdb.connect(tmp_path / "x.duckdb") as database:
        make_table(database, file, "cur")

    with pytest.raises(ConfigurationError, match=r"There is no DuckDB table nope\."):
        at(f"duckdb://{tmp_path}/x.duckdb?table=nope")


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    (tmp_path / "x.duckdb").write_text("not a database")

    with pytest.raises(SourceError) as raised:
        at(f"duckdb://{tmp_path}/x.duckdb?table=cur")

    assert "DuckDB table cur cannot be read" in str(raised.value)
    assert raised.value.hint


def test_a_table_of_something_else_is_told_from_a_bill(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as database:
        database.execute("CREATE TABLE people (name TEXT, age INTEGER)")
    database.close()

    with pytest.raises(MalformedTableError, match=r"SQLite table people is not a bill"):
        at(f"sqlite://{tmp_path}/x.db?table=people")


def test_a_name_cannot_smuggle_sql(tmp_path: Path) -> None:
    file = write_parquet(tmp_path / "a.parquet", [cur_line(1.0)])
    with duckdb.connect(tmp_path / "x.duckdb") as database:
        make_table(database, file, "cur")

    with pytest.raises(ConfigurationError):
        at(f"duckdb://{tmp_path}/x.duckdb?table=cur%22%3B%20DROP%20TABLE%20cur%3B--")

    assert total(at(f"duckdb://{tmp_path}/x.duckdb?table=cur")) == 1.0
