"""The tracker's file: opened for one operation, checked, brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from finops.errors import TrackerFileError
from finops.savings.schema import APPLICATION_ID, MIGRATIONS

PATIENCE: Final = 10.0
"""Seconds to wait for another process that is writing."""

BOOKKEEPING: Final = frozenset({Migrations.migrations_table, "sqlite_sequence"})
"""Tables that a file may have before its first version is complete."""

DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

ANOTHER: Final = "Set SAVINGS_DB to another file, or put a backup in its place."


@contextmanager
def reading(path: Path | str) -> Iterator[Database]:
    """The tracker's database, to read one consistent state from.

    Raises:
        TrackerFileError: If it cannot be read.
    """
    with _opened(Path(path)) as db:
        db.conn.execute("BEGIN")
        yield db


@contextmanager
def writing(path: Path | str) -> Iterator[Database]:
    """The tracker's database for this writer alone; undone if anything is raised.

    Locked from the start: whoever reads a state before changing it must not be
    overtaken.

    Raises:
        TrackerFileError: If it cannot be written.
    """
    with _opened(Path(path)) as db:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            raise


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """The database, checked and up to date.

    It is opened for each operation, since a SQLite connection may not change
    threads and the app answers each visitor in a thread of its own.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
            db = Database(connection, execute_plugins=False)
            if not _current(db, path):
                _bring_up_to_date(db, path)
            connection.execute("PRAGMA foreign_keys = ON")
            yield db


def _current(db: Database, path: Path) -> bool:
    """Whether the file is a tracker in the present version.

    Raises:
        TrackerFileError: If it is of a later version.
    """
    if not _is_ours(db):
        return False
    applied = {step.name for step in MIGRATIONS.applied(db)}
    if applied - {step.name for step in MIGRATIONS.pending(Database(memory=True))}:
        msg = f"{path} was written by a later version of this app."
        raise TrackerFileError(msg, hint="Update the app.")
    return not MIGRATIONS.pending(db)


def _is_ours(db: Database) -> bool:
    [found] = db.query("PRAGMA application_id")
    return bool(found["application_id"] == APPLICATION_ID)


def _bring_up_to_date(db: Database, path: Path) -> None:
    """Apply the steps that are missing, with a backup before each.

    One process at a time: those that switch a file to WAL at once fail instead
    of waiting. Only then is a file of another program told from a tracker that
    another process is still making.

    Raises:
        TrackerFileError: If it is the file of another program.
    """
    with FileLock(f"{path}.lock", timeout=PATIENCE):
        if _current(db, path):
            return
        if not _is_ours(db) and set(db.table_names()) - BOOKKEEPING:
            msg = f"{path} is a database of another program, not a savings tracker."
            raise TrackerFileError(msg, hint="Set SAVINGS_DB to another file.")
        db.enable_wal()
        names = [step.name for step in MIGRATIONS.pending(db)]
        for done, name in enumerate(names, start=1):
            if set(db.table_names()) - BOOKKEEPING:
                _back_up(db, path.with_suffix(f".before_{name}.db"))
            MIGRATIONS.apply(db, stop_before=names[done:])


def _back_up(db: Database, path: Path) -> None:
    """A copy of the database, in its place only when it is whole."""
    unfinished = path.with_suffix(".db.part")
    unfinished.unlink(missing_ok=True)
    db.execute("VACUUM INTO ?", [str(unfinished)])
    unfinished.replace(path)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Where the database's own errors become ours; a broken rule is a bug."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise _file_error(error, path) from error
    except (OSError, Timeout) as error:
        msg = f"The savings tracker {path} cannot be opened: {error}."
        hint = "Set SAVINGS_DB to a file in a folder that can be written."
        raise TrackerFileError(msg, hint=hint) from error


def _file_error(error: sqlite3.DatabaseError, path: Path) -> TrackerFileError:
    # The low byte is the kind; the others tell variants of it apart.
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in DAMAGED:
        msg = f"{path} is damaged, or is no savings tracker."
        return TrackerFileError(msg, hint=f"It was left as it is. {ANOTHER}")
    if kind in BUSY:
        msg = f"Another program has been writing to {path} for {PATIENCE:.0f} seconds."
        return TrackerFileError(msg, hint="Try again.")
    msg = f"The savings tracker {path} cannot be used: {error}."
    hint = "Set SAVINGS_DB to a file in a folder that can be written."
    return TrackerFileError(msg, hint=hint)
