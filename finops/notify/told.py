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
CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID
"""


class Told:
    """Remembers in a small file which notices were delivered."""

    def __init__(self, path: Path) -> None:
        self._path = path

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
            known = {key for [key] in database.execute("SELECT key FROM told")}
            fresh = [notice for notice in notices if notice.key not in known]
            yield fresh
            over = known - {notice.key for notice in notices}
            database.executemany("DELETE FROM told WHERE key = ?", [(k,) for k in over])
            database.executemany(
                "INSERT OR IGNORE INTO told VALUES (?, ?)",
                [(notice.key, now.isoformat()) for notice in fresh],
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
