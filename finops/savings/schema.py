"""The tables of the tracker, and how they came about: one step per version."""

from __future__ import annotations

from typing import Final

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

APPLICATION_ID: Final = 0x66696E6F
"""Marks a SQLite file as a savings tracker: `fino`."""

MIGRATIONS: Final = Migrations("finops.savings")

ITEMS: Final = """
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT UNIQUE,
    title TEXT NOT NULL,
    recommendation_type TEXT NOT NULL,
    action TEXT,
    account TEXT,
    account_id TEXT,
    region TEXT,
    service TEXT,
    resource_id TEXT,
    usage_type TEXT,
    currency TEXT NOT NULL,
    estimated_cents INTEGER,
    actual_cents INTEGER,
    measured_cents INTEGER,
    measured_low_cents INTEGER,
    measured_high_cents INTEGER,
    risk TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
    effort TEXT NOT NULL CHECK (effort IN ('quick_win', 'moderate', 'project')),
    state TEXT NOT NULL CHECK (
        state IN ('pending', 'accepted', 'implemented', 'verified', 'rejected')
    ),
    reason TEXT,
    implemented_on TEXT,
    owner TEXT,
    due_on TEXT,
    ticket TEXT,
    snoozed_until TEXT,
    notes TEXT,
    added_at TEXT NOT NULL,
    CHECK ((state = 'rejected') = (reason IS NOT NULL)),
    CHECK ((state IN ('implemented', 'verified')) = (implemented_on IS NOT NULL)),
    CHECK ((state = 'verified') = (measured_cents IS NOT NULL))
) STRICT
"""

EVENTS: Final = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL REFERENCES items (id),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    changes TEXT NOT NULL
) STRICT
"""

RULES: Final = (
    ("items_stay", "BEFORE DELETE ON items", "", "items are never deleted"),
    ("events_stay", "BEFORE DELETE ON events", "", "the log is append-only"),
    ("events_hold", "BEFORE UPDATE ON events", "", "the log is append-only"),
    # A row that replaces another is not seen by the rule about deletion.
    (
        "events_are_not_replaced",
        "BEFORE INSERT ON events",
        "WHEN NEW.id IN (SELECT id FROM events)",
        "the log is append-only",
    ),
)
"""What no program may do: name, moment, condition, and what it is told."""


@MIGRATIONS()
def create_items_and_events(db: Database) -> None:
    """Items, and the log of what was done to them."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(ITEMS)
    db.execute(EVENTS)
    db.execute("CREATE INDEX events_of_an_item ON events (item_id)")
    for name, moment, condition, told in RULES:
        db.execute(
            f"CREATE TRIGGER {name} {moment} {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        )
