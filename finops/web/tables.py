"""Columns of tables: money to the cent, parts of a whole, changes, trends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from finops.formats import SYMBOLS, UNKNOWN

ROW_HEIGHT: Final = 31

MOST_ROWS: Final = 12
"""Longer tables scroll."""

NAMED_FORMATS: Final = {"USD": "dollar", "EUR": "euro", "JPY": "yen"}

STATUS: Final = {
    "read": "Read",
    "credentials": "No credentials",
    "denied": "No access",
    "throttled": "Throttled",
    "unreachable": "Unreachable",
    "empty": "Empty",
    "spending_limit": "Over the limit",
}
"""What a problem's code is called in a narrow column."""


def status_text(code: str) -> str:
    """What has become of an account, in a word or two."""
    return STATUS.get(code, "Not read")


def money_column(label: str, currency: str, *, note: str | None = None) -> Any:
    """Amounts in `currency`, to the cent."""
    code = currency.replace("%", "%%")
    printed = f"{SYMBOLS.get(currency, f'{code} ')}%,.2f"
    return st.column_config.NumberColumn(
        label, format=NAMED_FORMATS.get(currency, printed), help=note
    )


def share_column(label: str, *, note: str | None = None) -> Any:
    """Parts of a whole, from 0 to 100, as bars."""
    return st.column_config.ProgressColumn(
        label, format="%.1f %%", min_value=0, max_value=100, help=note
    )


def change_column(label: str, *, note: str | None = None) -> Any:
    """Changes in percent, always with their sign."""
    return st.column_config.NumberColumn(label, format="%+.1f %%", help=note)


def percent_changes(
    before: pd.Series[float], after: pd.Series[float]
) -> pd.Series[float]:
    """By how many percent each went up; NaN where nothing was before.

    One that rounds to nothing has no minus sign.
    """
    percents = (100 * (after / before - 1)).where(before > 0)
    return percents.round(1) + 0.0


def trend_column(label: str) -> Any:
    """What a row cost from day to day."""
    return st.column_config.AreaChartColumn(label, y_min=0)


def status_column(label: str) -> Any:
    """What has become of an account: green where it was read."""
    options = [*STATUS.values(), "Not read"]
    colours = ["green", *["red"] * (len(options) - 1)]
    return st.column_config.MultiselectColumn(label, options=options, color=colours)


def show_table(
    rows: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    alt: str,
    key: str | None = None,
    on_pick: Any = None,
    pick: Literal["single-row", "multi-row"] = "single-row",
) -> None:
    """A table with the given columns in the given order; empty cells are unknown."""
    scrolls = len(rows) > MOST_ROWS
    picking = {"on_select": on_pick, "selection_mode": pick} if on_pick else {}
    st.dataframe(
        rows[list(columns)],
        hide_index=True,
        height=ROW_HEIGHT * (MOST_ROWS + 1) if scrolls else "content",
        column_config=dict(columns),
        placeholder=UNKNOWN,
        alt=alt,
        key=key,
        **picking,
    )
