"""What the tracker knows about one recommendation, from found to verified."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, Self

from finops.errors import TrackerError

State = Literal["pending", "accepted", "implemented", "verified", "rejected"]
"""How far a recommendation has come; in counts, accepted belongs to pending and
verified to implemented."""

PENDING: Final[frozenset[State]] = frozenset({"pending", "accepted"})

IMPLEMENTED: Final[frozenset[State]] = frozenset({"implemented", "verified"})

CENTS: Final = 100
"""Parts of one unit of money that are told apart."""

MOST_MONEY: Final = Decimal(10**12)
"""No saving of one recommendation comes near this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedItem:
    """One recommendation in the tracker.

    All savings are per month, in cents of `currency`: integers add up exactly.

    Attributes:
        fingerprint: None for what was added by hand.
        recommendation_type: The check that found it, or what a person calls it.
        action: As in `Recommendation`; None for what was added by hand.
        usage_type: Where it concerns one usage type of a resource or a service.
        estimated_cents: What was expected; None where nobody knows.
        actual_cents: What those who did it say it saved.
        measured_cents: What the bill showed when it was verified, with the ends
            of its 90 % interval.
        reason: Why it was rejected.
        snoozed_until: The day before which it asks for no attention.
    """

    id: int
    fingerprint: str | None
    title: str
    recommendation_type: str
    action: str | None
    account: str | None
    account_id: str | None
    region: str | None
    service: str | None
    resource_id: str | None
    usage_type: str | None
    currency: str
    estimated_cents: int | None
    actual_cents: int | None
    measured_cents: int | None
    measured_low_cents: int | None
    measured_high_cents: int | None
    risk: str
    effort: str
    state: State
    reason: str | None
    implemented_on: date | None
    owner: str | None
    due_on: date | None
    ticket: str | None
    snoozed_until: date | None
    notes: str | None
    added_at: datetime

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The item that a row of the database holds."""
        return cls(**{name: _typed(name, row[name]) for name in COLUMNS})

    @property
    def estimated(self) -> float | None:
        """What was expected, in whole units of money."""
        return units(self.estimated_cents)

    @property
    def actual(self) -> float | None:
        """What those who did it say it saved, in whole units of money."""
        return units(self.actual_cents)

    @property
    def measured(self) -> float | None:
        """What the bill showed, in whole units of money."""
        return units(self.measured_cents)

    def overdue(self, today: date) -> bool:
        """Whether it should have been implemented before `today`."""
        late = self.due_on is not None and self.due_on < today
        return late and self.state in PENDING

    def snoozed(self, today: date) -> bool:
        """Whether it asks for no attention on `today`."""
        return self.snoozed_until is not None and today < self.snoozed_until


COLUMNS: Final = tuple(field.name for field in fields(TrackedItem))
"""The columns of the table of items, in order."""

DAYS: Final = frozenset({"implemented_on", "due_on", "snoozed_until"})


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log: who did what to an item, and when.

    Attributes:
        what: A state that was reached, `added`, `reopened`, `edited`, or `written`
            for a change that was handed over as code.
        changes: The columns that changed, with what they hold since; for
            `written`, the form and the folder.
    """

    id: int
    item_id: int
    at: datetime
    who: str
    what: str
    changes: Mapping[str, Any]


def cents(amount: float | str | None, *, what: str = "The amount") -> int | None:
    """`amount` in cents, rounded to the nearest.

    Raises:
        TrackerError: If it is no amount of money.
    """
    if amount is None:
        return None
    try:
        exact = Decimal(str(amount))
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite() or abs(exact) > MOST_MONEY:
        msg = f"{what} is {amount}, which is no amount of money."
        raise TrackerError(msg, hint="Use a number such as 320.00.")
    return round(exact * CENTS)


def units(cents: int | None) -> float | None:
    """An amount of cents in whole units of money; None stays unknown."""
    return None if cents is None else cents / CENTS


def _typed(name: str, value: Any) -> Any:
    if value is not None and name in DAYS:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if name == "added_at" else value
