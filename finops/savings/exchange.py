"""The tracker's items as a file, and back: JSON, or CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

from finops.errors import TrackerError
from finops.savings.arrivals import MONEY, NEEDED, checked
from finops.savings.items import COLUMNS, TrackedItem, units
from finops.spreadsheets import armed_again, disarmed

FileFormat = Literal["json", "csv"]

LARGEST: Final = 20_000_000
"""Bytes: a file of a hundred thousand items is smaller."""

HINT: Final = "Import a file that savings export has written."


def exported(item: TrackedItem) -> dict[str, Any]:
    """An item as it stands in a file."""
    values = ((column, getattr(item, column)) for column in COLUMNS)
    return {MONEY.get(column, column): _plain(column, v) for column, v in values}


def write_items(items: Iterable[TrackedItem], file_format: FileFormat) -> str:
    """The items as the text of a file."""
    rows = [exported(item) for item in items]
    if file_format == "json":
        return json.dumps({"items": rows}, indent=2, ensure_ascii=False) + "\n"
    written = io.StringIO()
    names = [MONEY.get(column, column) for column in COLUMNS]
    table = csv.DictWriter(written, names, lineterminator="\n")
    table.writeheader()
    table.writerows({name: disarmed(v) for name, v in row.items()} for row in rows)
    return written.getvalue()


def read_items(path: Path) -> list[dict[str, Any]]:
    """The rows of the items in a file that was exported.

    Raises:
        TrackerError: If it is no such file, or one of its items makes no sense.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise TrackerError(msg, hint=HINT) from error
    return items_in(content, name=str(path))


def items_in(content: bytes, *, name: str) -> list[dict[str, Any]]:
    """The rows of the items in an exported file that is called `name`.

    Raises:
        TrackerError: If it is no such file, or one of its items makes no sense.
    """
    read = _from_csv if name.lower().endswith(".csv") else _from_json
    if len(content) > LARGEST:
        msg = f"{name} is too large for a file of savings."
        raise TrackerError(msg, hint=HINT)
    try:
        found = read(content.decode("utf-8-sig"))
    except (ValueError, csv.Error, RecursionError) as error:
        msg = f"{name} cannot be read as a file of savings."
        raise TrackerError(msg, hint=HINT) from error
    return [checked(row, f"{name}, item {n}") for n, row in enumerate(found, start=1)]


def _plain(column: str, value: Any) -> Any:
    if value is not None and column in MONEY:
        return units(value)
    return value.isoformat() if isinstance(value, date) else value


def _from_json(content: str) -> Sequence[Mapping[str, Any]]:
    whole = json.loads(content)
    rows = whole.get("items") if isinstance(whole, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        msg = "no list of items"
        raise ValueError(msg)
    return rows


def _from_csv(content: str) -> Sequence[Mapping[str, Any]]:
    table = csv.DictReader(io.StringIO(content, newline=""), strict=True)
    if not {*NEEDED} <= {*(table.fieldnames or ())}:
        msg = "not the columns of items"
        raise ValueError(msg)
    return [
        {name: armed_again(v) if isinstance(v, str) else v for name, v in row.items()}
        for row in table
    ]
