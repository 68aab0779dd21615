"""Spark answers like DuckDB, from the same files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from finops.focus import CostQuery
from finops.periods import ChargePeriod
from finops.sources import CostSource
from finops.sources.warehouse import open_warehouse
from tests.adapters.made_up_bills import (
    QUESTIONS,
    TODAY,
    a_bit_of_everything,
    opened,
    write_parquet,
)

OCTOBER = ChargePeriod(date(2018, 10, 1), date(2018, 11, 1))

pytestmark = [
    pytest.mark.engines,
    pytest.mark.filterwarnings("ignore"),  # of Spark and what it uses, not of ours
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A Spark of two threads."""
    sql = pytest.importorskip(
        "pyspark.sql", reason="Spark is not installed here: run make test-engines."
    )
    if not shutil.which("java"):
        pytest.skip("Spark needs Java 17, which is not on this machine.")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


def in_spark(spark: Any, file: Path) -> CostSource:
    """The lines of a Parquet file as a table of Spark."""
    spark.read.parquet(str(file)).createOrReplaceTempView("cur")
    return open_warehouse("pyspark://?table=cur", cache_dir=file.parent, today=TODAY)


@pytest.mark.parametrize("query", QUESTIONS)
def test_spark_answers_like_the_file(
    spark: Any, tmp_path: Path, query: CostQuery
) -> None:
    file = write_parquet(tmp_path / "cur.parquet", a_bit_of_everything())
    bill, table = opened(file), in_spark(spark, file)

    found = table.costs(query).table

    pd.testing.assert_frame_equal(found, bill.costs(query).table)
    assert table.extent == bill.extent
    assert table.dimensions == bill.dimensions
    assert table.name == "Spark table cur"


def test_spark_reads_a_real_bill_to_the_same_cent(
    spark: Any, real_data: Path, tmp_path: Path
) -> None:
    file = real_data / "cur" / "walabs_2018-10_cur_hourly.snappy.parquet"
    query = CostQuery(period=OCTOBER, granularity="day", group_by=("SubAccountId",))
    bill = open_warehouse(str(file), cache_dir=tmp_path, today=TODAY)
    table = in_spark(spark, file)

    found = table.costs(query).table

    pd.testing.assert_frame_equal(found, bill.costs(query).table)
    assert round(found["BilledCost"].sum(), 2) == 4064.48
