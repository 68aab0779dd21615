"""Tables as files that a spreadsheet may open without running anything."""

from __future__ import annotations

import pandas as pd

from finops.spreadsheets import disarmed


def csv_bytes(table: pd.DataFrame) -> bytes:
    """`table` as CSV; text that a spreadsheet would run is quoted by an apostrophe."""
    text = table.select_dtypes(["str", "object"]).columns
    safe = table.assign(**{str(column): table[column].map(disarmed) for column in text})
    safe.columns = pd.Index([disarmed(str(column)) for column in table.columns])
    return safe.to_csv(index=False).encode()
