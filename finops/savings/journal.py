"""One change to the tracker: the item and the log together, or neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast, get_args

from sqlite_utils import Database

from finops.errors import TrackerError
from finops.savings.entries import identity
from finops.savings.items import IMPLEMENTED, PENDING, State, TrackedItem

ALLOWED: Final[Mapping[str, frozenset[State]]] = {
    "accepted": frozenset({"pending"}),
    "implemented": PENDING | {"implemented"},
    "verified": IMPLEMENTED,
    "rejected": PENDING,
    "reopened": frozenset({"accepted", "implemented", "rejected"}),
    "edited": frozenset(get_args(State)),
}
"""In which states something may be done."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes for one person at one moment, within one transaction."""

    db: Database
    at: datetime
    who: str

    def known(self) -> dict[str, int]:
        """The id of every item that has a fingerprint, by that."""
        query = "SELECT fingerprint, id FROM items WHERE fingerprint IS NOT NULL"
        return dict(self.db.execute(query).fetchall())

    def everything(self) -> set[tuple[str | None, ...]]:
        """What tells each item from the others."""
        return {identity(row) for row in self.db.table("items").rows}

    def add(self, row: Mapping[str, Any], what: str = "added") -> int:
        """A new item, pending unless `row` says otherwise; its id."""
        given = {key: value for key, value in row.items() if value is not None}
        whole = {"added_at": self.at.isoformat(), "state": "pending", **given}
        rec_id = cast("int", self.db.table("items").insert(whole).last_pk)
        self._log(rec_id, what, whole)
        return rec_id

    def change(self, rec_id: int, what: str, **columns: Any) -> None:
        """Change an item, if that changes anything.

        Raises:
            TrackerError: If there is no such item, or not in its state.
        """
        row = row_of(self.db, rec_id)
        if row["state"] not in ALLOWED[what]:
            msg = f"Item {rec_id} is {row['state']} and cannot be {what}."
            states = " or ".join(sorted(ALLOWED[what]))
            raise TrackerError(msg, hint=f"Only what is {states} can.")
        changes = {key: value for key, value in columns.items() if row[key] != value}
        if changes:
            self.db.table("items").update(rec_id, changes)
            self._log(rec_id, what, changes)

    def note(self, rec_id: int, what: str, **told: Any) -> None:
        """Keep in the log what was done about an item that stays as it is.

        Raises:
            TrackerError: If there is no such item.
        """
        row_of(self.db, rec_id)
        self._log(rec_id, what, told)

    def item(self, rec_id: int) -> TrackedItem:
        """The item as it is now.

        Raises:
            TrackerError: If there is none with this id.
        """
        return TrackedItem.of(row_of(self.db, rec_id))

    def _log(self, rec_id: int, what: str, changes: Mapping[str, Any]) -> None:
        entry = {
            "item_id": rec_id,
            "at": self.at.isoformat(),
            "who": self.who,
            "what": what,
            "changes": json.dumps(changes),
        }
        self.db.table("events").insert(entry)


def row_of(db: Database, rec_id: int) -> dict[str, Any]:
    """The row of an item.

    Raises:
        TrackerError: If there is none with this id.
    """
    for row in db.table("items").rows_where("id = ?", [rec_id]):
        return row
    msg = f"There is no item {rec_id} in the savings tracker."
    raise TrackerError(msg, hint="The command savings lists all items.")
