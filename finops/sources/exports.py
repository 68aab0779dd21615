"""Recommendations that somebody exported from AWS's console, read from files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from finops.analysis.workload_optimization.rightsizing_export import rightsizing
from finops.errors import SourceError
from finops.recommendations import Recommendation


def read_exports(files: Iterable[str]) -> list[Recommendation]:
    """Every recommendation in `files`.

    Raises:
        SourceError: If a file cannot be read, or is no such export.
    """
    return [
        one
        for file in files
        for one in rightsizing(_text(Path(file)), name=Path(file).name)
    ]


def _text(file: Path) -> str:
    try:
        content = file.expanduser().read_bytes()
    except OSError as error:
        msg = f"{file.name} cannot be read: {error.strerror or error}."
        raise SourceError(msg, hint="Check the path of the export.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")  # which takes any byte
