"""What does a database's complaint mean for the person who asked?"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from botocore import exceptions as aws
from botocore.exceptions import BotoCoreError, ClientError
from duckdb import (
    DataError,
    InvalidInputException,
    IOException,
    OutOfMemoryException,
)

from finops.errors import (
    CredentialsError,
    FinOpsError,
    MalformedTableError,
    PermissionDeniedError,
    SourceError,
    UnreachableError,
)

FAMILIES: Final[Mapping[str, str]] = {
    "duckdb": "Error",
    "ibis.common.exceptions": "IbisError",
    "pyarrow": "ArrowException",
    "pyathena.error": "Error",
    "pyspark.errors": "PySparkException",
    "sqlite3": "Error",
    "psycopg": "Error",
    "MySQLdb": "Error",
    "trino.exceptions": "Error",
    "snowflake.connector.errors": "Error",
    "google.api_core.exceptions": "GoogleAPIError",
    "clickhouse_connect.driver.exceptions": "Error",
    "databricks.sql.exc": "Error",
}
"""The modules of databases, each with the class that all its errors are of."""

UNKNOWN_CALLER: Final = (
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.CredentialRetrievalError,
    aws.ProfileNotFound,
    aws.SSOError,
    aws.TokenRetrievalError,
)
"""What botocore raises when it has nothing to sign a request with."""

EXPIRED: Final = ("ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId")

DENIED: Final = re.compile(r"not authorized to perform:? ([\w-]+:\w+)")


@contextmanager
def explained(source: str, *, action: str = "") -> Iterator[None]:
    """Turns what a database or AWS complains of into one sentence and a remedy.

    Attributes:
        source: What to call the bill in the sentence.
        action: The AWS action that is tried, where its answer does not say.
    """
    try:
        yield
    except FinOpsError:
        raise
    except (BotoCoreError, ClientError) as error:
        raise from_aws(error, source, action) from error
    except database_errors() as error:
        cause = error.__cause__ or error.__context__
        if isinstance(cause, (BotoCoreError, ClientError)):
            raise from_aws(cause, source, action) from error
        raise from_database(error, source) from error


def database_errors() -> tuple[type[Exception], ...]:
    """The errors of the databases that have been loaded, and of the disk."""
    loaded = ((sys.modules.get(module), name) for module, name in FAMILIES.items())
    return (OSError, *(getattr(module, name) for module, name in loaded if module))


def from_aws(
    error: BotoCoreError | ClientError, source: str, action: str
) -> SourceError:
    """What AWS, or the way to it, refused."""
    if isinstance(error, ClientError):
        return from_answer(error, source, action)
    if isinstance(error, UNKNOWN_CALLER):
        return CredentialsError(
            f"AWS does not know who reads {source}: {sentence(error)}",
            hint="Sign in (aws sso login), or set AWS_PROFILE.",
        )
    if isinstance(error, (aws.HTTPClientError, aws.ConnectionError)):
        msg = f"There is no way to {source}: {sentence(error)}"
        return UnreachableError(msg, hint="Check the network and the region.")
    return SourceError(f"{source} cannot be read: {sentence(error)}")


def from_answer(error: ClientError, source: str, action: str) -> SourceError:
    """What AWS answered."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = sentence(error)
    if code in EXPIRED:
        msg = f"The credentials that read {source} have expired."
        return CredentialsError(msg, hint="Sign in again (aws sso login).")
    if code in ("AccessDenied", "AccessDeniedException", "403"):
        named = DENIED.search(message)
        return PermissionDeniedError(named[1] if named else action or "this")
    if code in ("NoSuchBucket", "404"):
        msg = f"There is no bucket for {source}."
        return SourceError(msg, hint="Check the name in COST_SOURCE or --source.")
    return SourceError(f"{source} cannot be read: {message}")


def from_database(error: Exception, source: str) -> SourceError:
    """What a database could not do."""
    if isinstance(error, OutOfMemoryException):
        msg = f"{source} is too large to be grouped this finely."
        return SourceError(msg, hint="Ask for fewer days or dimensions.")
    msg = f"{source} cannot be read: {sentence(error)}"
    if isinstance(error, (DataError, InvalidInputException)):
        return MalformedTableError(msg, hint="Export it again, or mend the file.")
    if isinstance(error, (OSError, IOException)):
        return SourceError(msg, hint="Is it whole? Fetch it again.")
    return SourceError(msg, hint="Check the table, and your permission to read it.")


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
