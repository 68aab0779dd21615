"""Tables as files that a spreadsheet may open without running anything."""

from __future__ import annotations

from typing import Final

import pandas as pd

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes a cell that starts like this for a formula."""


def csv_bytes(table: pd.DataFrame) -> bytes:
    """`table` as CSV; text that a spreadsheet would run is quoted by an apostrophe."""
    text = table.select_dtypes(["str", "object"]).columns
    safe = table.assign(
        **{str(column): table[column].map(_disarmed) for column in text}
    )
    safe.columns = pd.Index([_disarmed(str(column)) for column in table.columns])
    return safe.to_csv(index=False).encode()


def _disarmed(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell
