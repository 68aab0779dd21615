"""How many paid requests were made today, and may one more be made?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from finops.errors import ConfigurationError, SpendingLimitError

PRICE: Final = Decimal("0.01")
"""Dollars for one page of an answer of the Cost Explorer API."""

PATIENCE: Final = 10.0
"""Seconds to wait for another process that is writing."""

TABLE: Final = """
CREATE TABLE IF NOT EXISTS requests (
    day TEXT NOT NULL,
    account TEXT NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (day, account)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class PaidRequests:
    """The requests that one account was asked on one UTC day."""

    day: date
    account: str
    requests: int
    cost: Decimal


class RequestMeter:
    """Counts paid requests in a small database that all processes share.

    Attributes:
        daily_limit: Dollars a UTC day; None for no limit.
    """

    def __init__(
        self,
        path: Path,
        *,
        daily_limit: Decimal | None,
        today: Callable[[], date],
        price: Decimal = PRICE,
    ) -> None:
        self.daily_limit = daily_limit
        self._path = path
        self._today = today
        self._price = price

    def record(self, account: str, requests: int = 1) -> None:
        """Count `requests` that are about to be made for `account`.

        Raises:
            SpendingLimitError: If they would pass the limit; none is counted.
            ConfigurationError: If they cannot be counted.
        """
        today = self._today()
        with self._database() as database:
            self._check(_counted(database, today) + requests)
            database.execute(
                "INSERT INTO requests VALUES (?, ?, ?) ON CONFLICT (day, account) "
                "DO UPDATE SET requests = requests + excluded.requests",
                (today.isoformat(), account, requests),
            )

    def estimate(self, requests: int) -> Decimal:
        """The dollars that `requests` cost."""
        return requests * self._price

    def spent_today(self) -> Decimal:
        """The dollars that the requests of this UTC day cost."""
        with self._database() as database:
            return self.estimate(_counted(database, self._today()))

    def history(self, days: int) -> list[PaidRequests]:
        """The requests of the last `days` days, the newest first."""
        first = self._today() - timedelta(days=days - 1)
        with self._database() as database:
            rows = database.execute(
                "SELECT day, account, requests FROM requests WHERE day >= ? "
                "ORDER BY day DESC, account",
                (first.isoformat(),),
            ).fetchall()
        return [
            PaidRequests(date.fromisoformat(day), account, n, self.estimate(n))
            for day, account, n in rows
        ]

    def _check(self, requests: int) -> None:
        if self.daily_limit is None or self.estimate(requests) <= self.daily_limit:
            return
        msg = (
            f"Cost Explorer would have cost ${self.estimate(requests):.2f} today, "
            f"more than the limit of ${self.daily_limit:.2f}."
        )
        hint = "Raise COST_EXPLORER_DAILY_LIMIT, or ask again tomorrow (UTC)."
        raise SpendingLimitError(msg, hint=hint)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """The database, for this process alone; undone if anything is raised.

        Locked from the start, since two processes that read before they write
        would both find room below the limit. In the default journal mode:
        processes that switch to WAL at once fail instead of waiting.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            database = sqlite3.connect(
                self._path, timeout=PATIENCE, isolation_level=None
            )
            with closing(database):
                database.execute("BEGIN IMMEDIATE")
                database.execute(TABLE)
                yield database
                database.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            msg = f"Paid requests cannot be counted in {self._path}: {error}."
            hint = "Set FINOPS_CACHE_DIR to a folder that can be written."
            raise ConfigurationError(msg, hint=hint) from error


def _counted(database: sqlite3.Connection, day: date) -> int:
    """How many requests the database holds for `day`."""
    [count] = database.execute(
        "SELECT COALESCE(SUM(requests), 0) FROM requests WHERE day = ?",
        (day.isoformat(),),
    ).fetchone()
    return int(count)
