"""The savings tracker: what was recommended, what became of it, who did what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Unpack

from finops.errors import TrackerError
from finops.recommendations import Effort, Recommendation, Risk
from finops.savings import entries
from finops.savings.database import reading, writing
from finops.savings.entries import Plan, Where
from finops.savings.items import Event, TrackedItem, cents
from finops.savings.journal import Journal, row_of
from finops.savings.roi import Summary, summarize

DEFAULT_PATH: Final = Path("data/savings_tracker.db")

NOBODY: Final = "unknown"
"""Who changed something, where nobody says."""


def utc_now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SavingsTracker:
    """The recommendations that are tracked, in one SQLite file.

    It holds the path and not a connection, so that it may be used from any
    thread, and by the app and the command line at once. The file is made on
    first use.

    Attributes:
        now: The time in UTC; for tests.
        who: Under which name changes go into the log.
    """

    path: Path | str = DEFAULT_PATH
    now: Callable[[], datetime] = utc_now
    who: str = NOBODY

    def by(self, who: str) -> SavingsTracker:
        """The same tracker, for changes that `who` makes."""
        return replace(self, who=who)

    def add_recommendation(
        self,
        *,
        title: str,
        recommendation_type: str,
        estimated_savings: float | None,
        risk_level: Risk = "low",
        effort: Effort = "quick_win",
        currency: str = "USD",
        **where: Unpack[Where],
    ) -> int:
        """Track what a person found; the item's id.

        Args:
            title: What would be done.
            recommendation_type: What kind of change it is.
            estimated_savings: Per month; None where nobody knows.
            risk_level: What can go wrong.
            effort: What it takes.
            currency: Of the estimate.
            where: The part of the bill that shows later what it saved.

        Raises:
            TrackerError: If one of these cannot be tracked.
        """
        row = entries.by_hand(
            title=title,
            recommendation_type=recommendation_type,
            estimated_savings=estimated_savings,
            risk=risk_level,
            effort=effort,
            currency=currency,
            where=where,
        )
        with self._writing() as journal:
            return journal.add(row)

    def record(self, recommendations: Iterable[Recommendation]) -> dict[str, int]:
        """Track what checks found; the item's id by fingerprint.

        What is tracked already stays as it is: recording again adds nothing,
        and revives nothing that was rejected or implemented.
        """
        found: dict[str, int] = {}
        with self._writing() as journal:
            known = journal.known()
            for recommendation in recommendations:
                key = recommendation.fingerprint
                if key not in known:
                    known[key] = journal.add(entries.found(recommendation))
                found[key] = known[key]
        return found

    def accept(self, *, rec_id: int) -> None:
        """Somebody is going to implement it.

        Raises:
            TrackerError: If it is not pending.
        """
        with self._writing() as journal:
            journal.change(rec_id, "accepted", state="accepted")

    def mark_implemented(
        self,
        *,
        rec_id: int,
        actual_savings: float | None = None,
        implemented_on: date | None = None,
        notes: str | None = None,
    ) -> None:
        """It was carried out; once more with what it saved, when that is known.

        Args:
            rec_id: Which item.
            actual_savings: Per month, as those who did it say; None for unknown.
            implemented_on: The first day with the change; the day that is known
                already, else today.
            notes: What there is to say about it.

        Raises:
            TrackerError: If it was rejected, or verified already.
        """
        given = {
            "actual_cents": cents(actual_savings, what="The actual saving"),
            "implemented_on": entries.day(implemented_on, not_after=self._today()),
            "notes": entries.text(notes),
        }
        changes = {key: value for key, value in given.items() if value is not None}
        with self._writing() as journal:
            if journal.item(rec_id).implemented_on is None:
                changes.setdefault("implemented_on", self._today().isoformat())
            journal.change(rec_id, "implemented", state="implemented", **changes)

    def verify(
        self, *, rec_id: int, measured_savings: float, low: float, high: float
    ) -> None:
        """The bill shows that it saved.

        Args:
            rec_id: Which item.
            measured_savings: Per month.
            low: The lower end of the 90 % interval.
            high: The upper end.

        Raises:
            TrackerError: If it was not implemented, or may have saved nothing.
        """
        if low <= 0:
            msg = "A saving is verified when the whole interval lies above 0."
            raise TrackerError(msg, hint=f"This one starts at {low:,.2f}.")
        with self._writing() as journal:
            journal.change(
                rec_id,
                "verified",
                state="verified",
                measured_cents=cents(measured_savings),
                measured_low_cents=cents(low),
                measured_high_cents=cents(high),
            )

    def reject(self, *, rec_id: int, reason: str) -> None:
        """It will not be done, and why.

        Raises:
            TrackerError: If there is no reason, or it is implemented already.
        """
        why = entries.required(reason, what="A reason")
        with self._writing() as journal:
            journal.change(rec_id, "rejected", state="rejected", reason=why)

    def reopen(self, *, rec_id: int) -> None:
        """It is pending again: it was decided too early.

        Raises:
            TrackerError: If it is pending, or verified.
        """
        undone = dict.fromkeys(("reason", "implemented_on", "actual_cents"))
        with self._writing() as journal:
            journal.change(rec_id, "reopened", state="pending", **undone)

    def edit(self, *, rec_id: int, **plan: Unpack[Plan]) -> None:
        """Change who does it, by when, under which ticket, and what is noted.

        Raises:
            TrackerError: If a value cannot be kept.
        """
        changes = entries.plan(plan)
        with self._writing() as journal:
            journal.change(rec_id, "edited", **changes)

    def note_written(self, *, rec_id: int, form: str, folder: str) -> None:
        """Keep in the log that a change was written down, and where.

        Raises:
            TrackerError: If there is no such item.
        """
        with self._writing() as journal:
            journal.note(rec_id, "written", form=form, folder=folder)

    def item(self, rec_id: int) -> TrackedItem:
        """One item.

        Raises:
            TrackerError: If there is none with this id.
        """
        with reading(self.path) as db:
            return TrackedItem.of(row_of(db, rec_id))

    def items(self) -> list[TrackedItem]:
        """All items, in the order in which they were added."""
        with reading(self.path) as db:
            return [
                TrackedItem.of(row)
                for row in db.table("items").rows_where(order_by="id")
            ]

    def events(self, rec_id: int | None = None) -> list[Event]:
        """Who did what, the latest first: to one item, or to all."""
        where, values = ("item_id = ?", [rec_id]) if rec_id is not None else (None, [])
        with reading(self.path) as db:
            rows = db.table("events").rows_where(
                where, values, order_by="at DESC, id DESC"
            )
            return [entries.event(row) for row in rows]

    def summary(self) -> Summary:
        """How much was implemented, and what it saved."""
        return summarize(self.items())

    def import_items(self, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add whole items, all of them or none; how many are added.

        What is tracked already is left out.
        """
        with self._writing() as journal:
            known = journal.everything()
            added = 0
            for row in rows:
                if entries.identity(row) not in known:
                    known.add(entries.identity(row))
                    journal.add(row, "imported")
                    added += 1
        return added

    def _today(self) -> date:
        return self.now().date()

    @contextmanager
    def _writing(self) -> Iterator[Journal]:
        with writing(self.path) as db:
            yield Journal(db, self.now(), entries.text(self.who) or NOBODY)
