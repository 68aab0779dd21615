"""What does a database's complaint mean for the person who asked?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from duckdb import (
    DataError,
    InvalidInputException,
    IOException,
    OutOfMemoryException,
)

from finops.errors import FinOpsError, MalformedTableError, SourceError

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "duckdb": ("Error",),
    "ibis.common.exceptions": ("IbisError",),
    "pyarrow": ("ArrowException",),
    "botocore.exceptions": ("BotoCoreError", "ClientError"),
    "pyathena.error": ("Error",),
    "pyspark.errors": ("PySparkException",),
    "sqlite3": ("Error",),
    "psycopg": ("Error",),
    "MySQLdb": ("Error",),
    "trino.exceptions": ("Error",),
    "snowflake.connector.errors": ("Error",),
    "google.api_core.exceptions": ("GoogleAPIError",),
    "clickhouse_connect.driver.exceptions": ("Error",),
    "databricks.sql.exc": ("Error",),
}
"""The modules of databases, each with the classes that all its errors are of."""


@contextmanager
def explained(source: str) -> Iterator[None]:
    """Turns what a database complains of into one sentence and a remedy.

    Args:
        source: What to call the bill in the sentence.
    """
    try:
        yield
    except database_errors() as error:
        raise in_our_words(error, source) from error


def database_errors() -> tuple[type[Exception], ...]:
    """The errors of the databases that have been loaded, and of the disk."""
    found: list[type[Exception]] = [OSError]
    for name, classes in FAMILIES.items():
        if module := sys.modules.get(name):
            found += [getattr(module, each) for each in classes]
    return tuple(found)


def in_our_words(error: Exception, source: str) -> FinOpsError:
    """What a database could not do, and what to do about it."""
    for reason in (error, error.__cause__):
        if type(reason).__module__.startswith("botocore"):
            return from_aws(reason)
    if isinstance(error, OutOfMemoryException):
        msg = f"{source} is too large to be grouped this finely."
        return SourceError(msg, hint="Ask for fewer days or dimensions.")
    msg = f"{source} cannot be read: {sentence(error)}"
    if isinstance(error, (DataError, InvalidInputException)):
        return MalformedTableError(msg, hint="Export it again, or mend the file.")
    if isinstance(error, (OSError, IOException)):
        return SourceError(msg, hint="Is it whole? Fetch it again.")
    return SourceError(msg, hint="Check the table, and your permission to read it.")


def from_aws(error: BaseException | None) -> FinOpsError:
    """What AWS refused to Athena."""
    # Files are read without AWS, whose modules take long to load.
    from finops.aws.errors import translated  # noqa: PLC0415

    try:
        with translated("athena:StartQueryExecution"):
            raise error or RuntimeError
    except FinOpsError as translation:
        return translation


def sentence(error: Exception) -> str:
    """The first line of a complaint, without the name of its kind."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    first = re.sub(r"^[A-Z]\w+( \w+)? Error: ", "", lines[0]) if lines else repr(error)
    if first.startswith("CSV Error"):
        first = f"{first} of {csv_file(lines)}; {lines[2]}"
    return first.rstrip(". ") + "."


def csv_file(complaint: Sequence[str]) -> str:
    """The file that DuckDB complains of, below what is wrong with it."""
    paths = (line.partition("file = ")[2] for line in complaint)
    return next((Path(path).name for path in paths if path), "the file")
