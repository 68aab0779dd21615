"""The tracker on the savings page: what became of each item, changed in place."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.focus import METRIC_NAMES
from finops.savings.words import change_text
from finops.web import states
from finops.web.editing import apply_edits, editor_key, told
from finops.web.filters import Chosen
from finops.web.savings import TOLD
from finops.web.session import settings
from finops.web.tables import MOST_ROWS, ROW_HEIGHT, money_column, show_table
from finops.web.texts import md
from finops.web.tracker_tools import show_tools
from finops.web.tracking import tracker, why_read_only
from finops.workspace.savings import Group, Saving, Savings, is_demo

HOW_TO: Final = (
    "Click a cell to change the state, who does it, by when, what it saves, and notes"
)

GROUPS: Final[dict[str, Group | None]] = {
    "All": None,
    "Pending": "pending",
    "Implemented": "implemented",
    "Rejected": "rejected",
}

STATES: Final = ("pending", "accepted", "implemented", "verified", "rejected")

EDITABLE: Final = (
    *("state", "actual", "implemented_on", "owner", "due_on", "ticket"),
    *("notes", "reason", "snoozed_until"),
)
"""The columns that people fill in."""

MOST_EVENTS: Final = 100

DEMO: Final = (
    "The demo company's tracker, a file of its own: what you change in it is "
    "forgotten tomorrow, and never mixed with real savings."
)


def show_what_it_is(chosen: Chosen) -> None:
    """Which items these are, and how they are measured."""
    accounts = ", ".join(chosen.picked) or "all accounts"
    metric = METRIC_NAMES[chosen.scope.metric].lower()
    path = "" if is_demo(settings()) else f" · {tracker().path}"
    st.caption(
        md(f"Savings per month · {accounts} · measured by {metric}, usage{path}")
    )
    if is_demo(settings()):
        st.caption(f":material/info: {md(DEMO)}")


def show_empty() -> None:
    """That nothing is tracked, and how that changes."""
    with st.container(border=True, key="empty"):
        st.markdown(":material/inbox: **Nothing is tracked yet**")
        st.markdown(
            ":gray[Accept a recommendation, and it is tracked here with what it saves "
            "in the end.]"
        )
        st.page_link(
            "pages/optimize/recommendations.py",
            label="See what could be saved",
            icon=":material/savings:",
        )


def table_rows(found: Savings) -> pd.DataFrame:
    """One row per item; what is not known is empty."""
    rows = pd.DataFrame([_row(saving) for saving in found.items], columns=COLUMNS)
    days = ("implemented_on", "due_on", "snoozed_until")
    return rows.assign(**{day: pd.to_datetime(rows[day]) for day in days})


COLUMNS: Final = (
    *("id", "title", "state", "estimated", "actual", "measured", "low", "high"),
    *("bill", "owner", "due_on", "implemented_on", "notes", "ticket", "reason"),
    *("snoozed_until", "account", "currency"),
)


def _row(saving: Saving) -> dict[str, Any]:
    item, found = saving.item, saving.amount
    return {
        **{name: getattr(item, name, None) for name in COLUMNS},
        "measured": found.saving if found else None,
        "low": found.low if found else None,
        "high": found.high if found else None,
        "bill": saving.why_not or TOLD[saving.evidence],
    }


def show_tracker(found: Savings) -> None:
    """The items of one group, to look at and to change."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        wanted = GROUPS[_picked_group()]
        show_tools(found)
    shown = [s for s in found.by_urgency if wanted in (None, s.group)]
    for message in told():
        st.warning(md(message), icon=":material/info:")
    if not shown:
        states.sentence("None of the items is in this group.")
        return
    rows = table_rows(Savings(tuple(shown)))
    if reason := why_read_only():
        show_table(rows, _columns(rows), alt="What became of each item")
        st.caption(f":material/lock: {md(reason)}")
        return
    key = editor_key(shown)
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        column_order=list(_columns(rows)),
        column_config=_columns(rows),
        disabled=[name for name in COLUMNS if name not in EDITABLE],
        height=ROW_HEIGHT * (MOST_ROWS + 1) if len(rows) > MOST_ROWS else "content",
        placeholder="",
        alt="What became of each item",
        on_change=apply_edits,
        args=(key, tuple(shown)),
    )


def _picked_group() -> str:
    picked = st.segmented_control(
        "Show",
        list(GROUPS),
        default="All",
        required=True,
        key="tracked",
        bind="query-params",
        label_visibility="collapsed",
    )
    return str(picked)


def _columns(rows: pd.DataFrame) -> dict[str, Any]:
    currencies = sorted(set(rows["currency"]))
    currency = currencies[0] if len(currencies) == 1 else ""
    column = st.column_config
    return {
        "id": column.NumberColumn("Id", format="%d", pinned=True, width=40),
        "title": column.TextColumn("What", width=300),
        "state": column.SelectboxColumn(
            "State", options=list(STATES), required=True, width=105
        ),
        "estimated": money_column("Estimated", currency),
        "actual": money_column("Claimed", currency),
        "measured": money_column("Measured", currency),
        "bill": column.TextColumn("The bill says", width=130),
        "owner": column.TextColumn("Owner"),
        "due_on": column.DateColumn("Due", format="D MMM YYYY", width=95),
        "implemented_on": column.DateColumn("Since", format="D MMM YYYY", width=95),
        "notes": column.TextColumn("Notes"),
        "ticket": column.LinkColumn("Ticket", validate="^https?://"),
        "reason": column.TextColumn("Rejected because", help="A reason rejects it."),
        "low": money_column("From", currency, note="Of the 90 % interval."),
        "high": money_column("To", currency, note="Of the 90 % interval."),
        "snoozed_until": column.DateColumn("Snoozed until", format="D MMM YYYY"),
        "account": column.TextColumn("Account"),
    }


def show_history() -> None:
    """Who did what, the latest first."""
    events = tracker().events()[:MOST_EVENTS]
    if not events:
        states.sentence("Nothing has been done yet.")
        return
    rows = pd.DataFrame(
        {
            "at": [formats.day(event.at.date()) for event in events],
            "who": [event.who for event in events],
            "item": [event.item_id for event in events],
            "what": [event.what for event in events],
            "change": [change_text(event) for event in events],
        }
    )
    show_table(
        rows,
        {
            "at": st.column_config.TextColumn("On"),
            "who": st.column_config.TextColumn("Who"),
            "item": st.column_config.NumberColumn("Item", format="%d"),
            "what": st.column_config.TextColumn("What"),
            "change": st.column_config.TextColumn("Change", width="large"),
        },
        alt="Who did what to which item, the latest first",
    )
