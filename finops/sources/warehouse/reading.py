"""How do bill files become tables of a database?

CSV is read as text and nothing is guessed: an account id keeps its leading
zero, and a line with a value too many is an error rather than a line lost.
"""

from __future__ import annotations

import csv
import glob
import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import ibis
import ibis.backends.duckdb  # or it is imported while the first bill waits
import pyarrow as pa
import pyarrow.parquet as pq

from finops.errors import SourceError
from finops.sources.warehouse.bills import Bill, Value
from finops.sources.warehouse.cur2 import CUR2
from finops.sources.warehouse.daily_costs import DAILY_COSTS
from finops.sources.warehouse.focus_export import FOCUS
from finops.sources.warehouse.formats import Format, format_of
from finops.sources.warehouse.legacy_cur import LEGACY_CUR
from finops.sources.warehouse.parts import FILE_COLUMN, Part

FORMATS: Final = (FOCUS, CUR2, LEGACY_CUR, DAILY_COSTS)
"""Every format, the most telling first."""

NULLS: Final = ["", "NULL", "null"]
"""How CSV exports write that there is no value."""


@dataclass(frozen=True, slots=True)
class Header:
    """What files must agree in to be read together."""

    format: Format
    columns: tuple[str, ...] = ()
    delimiter: str = ""


def parts_of(files: Iterable[Path], *, database: Value) -> list[Part]:
    """`files` as tables of `database`, one for all that are alike."""
    alike: dict[Header, list[Path]] = defaultdict(list)
    for file in files:
        alike[header_of(file)].append(file)
    return [read(header, paths, database) for header, paths in alike.items()]


def header_of(file: Path) -> Header:
    """What `file` says of itself; Parquet columns are united by name anyway.

    Raises:
        MalformedTableError: If it is not a bill.
        SourceError: If it cannot be read.
    """
    if file.name.lower().endswith(".parquet"):
        columns = parquet_columns(file)
        return Header(format_of(columns, source=file.name, formats=FORMATS))
    delimiter, columns = csv_columns(file)
    found = format_of(columns, source=file.name, formats=FORMATS)
    return Header(found, tuple(told_apart(columns)), delimiter)


def parquet_columns(file: Path) -> list[str]:
    """The columns of a Parquet file."""
    try:
        return list(pq.read_schema(file).names)
    except (OSError, pa.ArrowException) as error:
        msg = f"{file.name} is not a whole Parquet file."
        hint = "It may have been cut off on its way: fetch it again."
        raise SourceError(msg, hint=hint) from error


def csv_columns(file: Path) -> tuple[str, list[str]]:
    """What divides the columns of a CSV file, and their names."""
    opened = gzip.open if file.name.lower().endswith(".gz") else open
    try:
        with opened(file, "rb") as lines:
            start = lines.readline().decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        msg = f"{file.name} cannot be read as CSV text: {error}."
        hint = "It may have been cut off on its way: fetch it again."
        raise SourceError(msg, hint=hint) from error
    delimiter = max(",;\t|", key=start.count)
    return delimiter, next(csv.reader([start], delimiter=delimiter), [])


def told_apart(columns: Iterable[str]) -> list[str]:
    """`columns` with a number after names that came before in some case."""
    seen: dict[str, int] = {}
    names = []
    for column in columns:
        again = seen[column.lower()] = seen.get(column.lower(), -1) + 1
        names.append(f"{column}_{again}" if again else column)
    return names


def read(header: Header, files: Sequence[Path], database: Value) -> Part:
    """The lines of `files`, which share a header."""
    paths = [glob.escape(str(file)) for file in files]
    if header.columns:
        lines = database.read_csv(
            paths,
            columns=dict.fromkeys(header.columns, "VARCHAR"),
            auto_detect=False,
            header=True,
            delim=header.delimiter,
            quote='"',
            escape='"',
            nullstr=NULLS,
            filename=FILE_COLUMN,
            hive_partitioning=False,
        )
    else:
        lines = database.read_parquet(
            paths, union_by_name=True, filename=FILE_COLUMN, hive_partitioning=False
        )
    return Part(header.format, Bill.of(lines), tuple(files))


def connect(*, spill: Path) -> Value:
    """An empty DuckDB in memory, which spills what is too large to `spill`."""
    return ibis.duckdb.connect(temp_directory=str(spill), memory_limit="2GB")
