"""What has been told already: each event is told once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from finops.errors import ConfigurationError
from finops.notify.message import Notice

PATIENCE: Final = 30.0
"""Seconds to wait for another process that is telling."""

TABLE: Final = """
CREATE TABLE IF NOT EXISTS told (
    about TEXT NOT NULL,
    key TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (about, key)
) WITHOUT ROWID
"""


class Told:
    """Remembers in a small file which notices were delivered.

    What is told about one source does not count for another.
    """

    def __init__(self, path: Path, *, about: str = "") -> None:
        self._path = path
        self._about = about

    @contextmanager
    def news(
        self, notices: Sequence[Notice], *, now: datetime
    ) -> Iterator[list[Notice]]:
        """Those of `notices` that were not told before.

        They count as told when the block ends well: a message that was not
        delivered is told again. Other processes wait until then. What no
        longer holds is forgotten, so that it is news when it comes back.

        Raises:
            ConfigurationError: If the file cannot be written.
        """
        with self._database() as database:
            rows = database.execute(
                "SELECT key FROM told WHERE about = ?", (self._about,)
            )
            known = {key for [key] in rows}
            fresh = [notice for notice in notices if notice.key not in known]
            yield fresh
            over = known - {notice.key for notice in notices}
            database.executemany(
                "DELETE FROM told WHERE about = ? AND key = ?",
                [(self._about, key) for key in over],
            )
            database.executemany(
                "INSERT OR IGNORE INTO told VALUES (?, ?, ?)",
                [(self._about, notice.key, now.isoformat()) for notice in fresh],
            )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(self._connected()) as database:
                database.execute("BEGIN IMMEDIATE")
                database.execute(TABLE)
                yield database
                database.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            msg = f"What was told cannot be remembered in {self._path}: {error}."
            hint = "Set FINOPS_CACHE_DIR to a folder that can be written."
            raise ConfigurationError(msg, hint=hint) from error

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
