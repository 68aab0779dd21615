"""The tracker's file: sound after any accident, and never another program's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from finops.errors import TrackerFileError
from finops.savings import SavingsTracker, database
from finops.savings.schema import MIGRATIONS

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "tracker.db"


@pytest.fixture
def tracker(path: Path) -> SavingsTracker:
    return SavingsTracker(path, now=lambda: NOW)


def added(tracker: SavingsTracker) -> int:
    return tracker.add_recommendation(
        title="Stop i-1", recommendation_type="stop", estimated_savings=12.0
    )


def test_readers_and_writers_do_not_wait_for_each_other(
    tracker: SavingsTracker, path: Path
) -> None:
    added(tracker)

    with database.writing(path) as db:
        db.execute("UPDATE items SET title = 'Stop i-2'")
        seen = tracker.items()

    assert [item.title for item in seen] == ["Stop i-1"]
    assert [item.title for item in tracker.items()] == ["Stop i-2"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET who = 'somebody else'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events",
        "DELETE FROM items",
    ],
)
def test_the_log_cannot_be_rewritten(
    tracker: SavingsTracker, path: Path, statement: str
) -> None:
    added(tracker)

    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"append-only|never deleted"),
    ):
        connection.execute(statement)

    assert len(tracker.events()) == len(tracker.items()) == 1


def test_what_fails_in_the_middle_leaves_nothing_behind(
    tracker: SavingsTracker, path: Path
) -> None:
    added(tracker)

    def interrupted() -> None:
        with database.writing(path) as db:
            db.execute("UPDATE items SET title = 'half done'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert [item.title for item in tracker.items()] == ["Stop i-1"]


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")


def of_a_later_version(path: Path) -> None:
    added(SavingsTracker(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('finops.savings', 'add_wishes', '2030-01-01')"
        )


def cut_off(path: Path) -> None:
    added(SavingsTracker(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:6000])


ODD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a picture": (lambda path: path.write_bytes(b"\x89PNG" * 500), "is damaged"),
    "a file that was cut off": (cut_off, "is damaged"),
    "another program's database": (of_another_program, "another program"),
    "a later version": (of_a_later_version, "a later version"),
    "a folder": (lambda path: path.mkdir(), "cannot be"),
}


@pytest.mark.parametrize(("make", "told"), ODD.values(), ids=ODD)
def test_an_odd_file_is_told_of_in_a_sentence_and_left_alone(
    tmp_path: Path, make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "odd.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    tracker = SavingsTracker(path)

    with pytest.raises(TrackerFileError, match=told) as refusal:
        added(tracker)

    assert refusal.value.hint
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_place_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    occupied = tmp_path / "data"
    occupied.touch()

    with pytest.raises(TrackerFileError, match="cannot be opened") as refusal:
        SavingsTracker(occupied / "tracker.db").items()

    assert "SAVINGS_DB" in refusal.value.hint


def test_an_empty_file_becomes_a_tracker(path: Path, tracker: SavingsTracker) -> None:
    path.parent.mkdir()
    path.touch()

    assert added(tracker) == 1


def test_a_writer_that_does_not_end_is_told_of(
    tracker: SavingsTracker, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    added(tracker)

    with (
        database.writing(path),
        pytest.raises(TrackerFileError, match="Another program has been writing"),
    ):
        added(tracker)


def test_a_new_version_changes_the_file_after_a_backup(
    tracker: SavingsTracker, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(tracker)
    later = later_version()
    monkeypatch.setattr(database, "MIGRATIONS", later)

    items = tracker.items()

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT wish FROM items").fetchall() == [(None,)]
    backup = path.with_suffix(".before_add_wishes.db")
    monkeypatch.setattr(database, "MIGRATIONS", MIGRATIONS)
    assert SavingsTracker(backup).items() == items


def test_a_new_version_that_fails_changes_nothing(
    tracker: SavingsTracker, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    added(tracker)
    with monkeypatch.context() as patched:
        patched.setattr(database, "MIGRATIONS", later_version(fails=True))
        with pytest.raises(TrackerFileError, match="no such table"):
            tracker.items()

    assert [item.title for item in tracker.items()] == ["Stop i-1"]


def later_version(*, fails: bool = False) -> Migrations:
    """The present steps, and one more."""
    later = Migrations(MIGRATIONS.name)
    for step in MIGRATIONS.pending(Database(memory=True)):
        later(name=step.name)(step.fn)

    @later(name="add_wishes")
    def add_wishes(db: Database) -> None:
        db.execute("ALTER TABLE items ADD COLUMN wish TEXT")
        if fails:
            db.execute("ALTER TABLE plans ADD COLUMN wish TEXT")

    return later
