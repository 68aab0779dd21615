"""Changes that a visitor makes in the table of the tracker, cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, cast
from zlib import crc32

import streamlit as st

from finops.errors import FinOpsError, TrackerError
from finops.savings import SavingsTracker
from finops.savings.entries import Plan
from finops.savings.items import IMPLEMENTED
from finops.web.tracking import tracker
from finops.workspace.savings import Saving, verify

TOLD: Final = "tracker_told"
"""Where the session keeps what could not be done."""

TURN: Final = "tracker_turn"
"""How often the session has changed the tracker; each time gets a new table."""


def editor_key(shown: Sequence[Saving]) -> str:
    """The key of a table: another for other rows, and after each change.

    An edit is kept by the place of its row; another table must not inherit it.
    """
    ids = repr([saving.item.id for saving in shown])
    return f"tracker_{crc32(ids.encode())}_{st.session_state.get(TURN, 0)}"


def told() -> list[str]:
    """What could not be done since the last run, and why."""
    messages = st.session_state.pop(TOLD, [])
    return cast("list[str]", messages)


def tell(error: FinOpsError) -> None:
    """Keep what could not be done, for the run that follows."""
    message = f"{error} {error.hint}".strip()
    st.session_state.setdefault(TOLD, []).append(message)


def apply_edits(key: str, shown: Sequence[Saving]) -> None:
    """Do to the items what the visitor has written into the table."""
    edits = cast(
        "Mapping[int, Mapping[str, Any]]", st.session_state[key]["edited_rows"]
    )
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    for place, changes in edits.items():
        for column, value in changes.items():
            try:
                change_cell(tracker(), shown[place], column, value)
            except FinOpsError as error:
                tell(error)


def change_cell(book: SavingsTracker, saving: Saving, column: str, value: Any) -> None:
    """Do what a new value in a cell means.

    Raises:
        TrackerError: If it cannot be done.
    """
    rec_id = saving.item.id
    match column:
        case "state":
            _change_state(book, saving, str(value))
        case "reason":
            book.reject(rec_id=rec_id, reason=value or "")
        case "actual":
            _require_implemented(saving)
            book.mark_implemented(rec_id=rec_id, actual_savings=value)
        case "implemented_on":
            book.mark_implemented(rec_id=rec_id, implemented_on=_day(value))
        case "due_on" | "snoozed_until":
            book.edit(rec_id=rec_id, **cast("Plan", {column: _day(value)}))
        case _:
            book.edit(rec_id=rec_id, **cast("Plan", {column: value}))


def _change_state(book: SavingsTracker, saving: Saving, state: str) -> None:
    rec_id = saving.item.id
    match state:
        case "accepted":
            book.accept(rec_id=rec_id)
        case "implemented":
            book.mark_implemented(rec_id=rec_id)
        case "verified":
            verify(book, saving)
        case "rejected":
            msg = f"Item {rec_id} is rejected by writing down why."
            raise TrackerError(msg, hint="Fill in its cell Rejected because.")
        case _:
            book.reopen(rec_id=rec_id)


def _require_implemented(saving: Saving) -> None:
    if saving.item.state not in IMPLEMENTED:
        msg = f"Item {saving.item.id} is {saving.item.state} and saves nothing yet."
        raise TrackerError(msg, hint="Set its state to implemented first.")


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None
