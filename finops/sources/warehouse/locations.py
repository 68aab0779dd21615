"""Which bill files does a location mean?"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from finops.errors import ConfigurationError, EmptySourceError

SUFFIXES: Final = (".parquet", ".csv", ".csv.gz")
"""How the names of bill files end."""

STATUS_FOLDER: Final = "cost_and_usage_data_status"
"""Holds a Parquet file in which AWS notes that a report is being rewritten."""

SCHEME: Final = re.compile(r"^[a-z][a-z0-9+]*://", re.IGNORECASE)


def files_at(location: str) -> list[Path]:
    """The bill files that `location` means: a file, a pattern, or a folder's.

    Raises:
        ConfigurationError: If there is nothing there.
        EmptySourceError: If a file has no content.
    """
    path = Path(location).expanduser()
    if path.is_file():
        found = [path]
    elif path.is_dir():
        found = bills_among(path.rglob("*"))
    else:
        root = Path(path.anchor)
        found = bills_among(root.glob(str(path.relative_to(root))))
    if not found:
        raise nothing_at(path)
    for file in found:
        require_content(file)
    return sorted(file.absolute() for file in found)


def bills_among(paths: Iterable[Path]) -> list[Path]:
    """The bill files among `paths`, by their names."""
    return [
        path
        for path in paths
        if is_bill(path.name) and STATUS_FOLDER not in path.parts and path.is_file()
    ]


def is_bill(name: str) -> bool:
    """Whether a file of this name may hold a bill."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "_"))


def require_content(file: Path) -> None:
    """Check that `file` is a CSV or Parquet file with something in it."""
    if not file.name.lower().endswith(SUFFIXES):
        msg = f"{file.name} is neither a CSV nor a Parquet file."
        raise ConfigurationError(msg, hint=f"Its name should end in {endings()}.")
    if file.stat().st_size == 0:
        msg = f"{file.name} is empty."
        raise EmptySourceError(msg, hint="Export it again, or take it away.")


def nothing_at(path: Path) -> ConfigurationError:
    """Why no bill was found at `path`."""
    if path.is_dir():
        msg = f"The folder {path} holds no bill."
        return ConfigurationError(msg, hint=f"Put files there that end in {endings()}.")
    if glob.has_magic(str(path)):
        msg = f"No bill matches {path}."
        return ConfigurationError(msg, hint=f"Bills end in {endings()}.")
    msg = f"There is no file or folder {path}."
    return ConfigurationError(msg, hint="Check the path in COST_SOURCE or --source.")


def endings() -> str:
    """The endings of bill files, as a person reads them."""
    return f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
