"""What did Claude cost today, and what has it already said?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from sqlite_utils import Database

from finops.commentary.prices import Tokens, cost, dearest
from finops.errors import ClaudeError, ConfigurationError
from finops.settings import Settings

PATIENCE: Final = 10.0
"""Seconds to wait for another process that is writing."""

NEWEST: Final = 50
"""How many answers of each task the expected length is learnt from."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one task cost on one UTC day.

    Attributes:
        dollars: None where the price of the model is not known.
    """

    day: date
    task: str
    model: str
    calls: int
    tokens: int
    dollars: float | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was paid for before."""

    answer: str
    made_at: datetime
    dollars: float | None


class Ledger:
    """Calls, tokens, dollars and answers, in a small file that processes share.

    Attributes:
        daily_limit: Dollars a UTC day.
    """

    def __init__(
        self, path: Path, *, daily_limit: Decimal, now: Callable[[], datetime]
    ) -> None:
        self.daily_limit = float(daily_limit)
        self._path = path
        self._now = now

    @property
    def now(self) -> datetime:
        """The time in UTC."""
        return self._now().astimezone(UTC)

    def reserve(self, task: str, model: str, longest: Tokens) -> int:
        """Set aside what a call may cost at most, and return its number.

        A call of a model whose price is not known counts as the dearest.

        Raises:
            ClaudeError: If the day's limit would be passed.
        """
        at_most = cost(model, longest)
        reserved = dearest(longest) if at_most is None else at_most
        with self._database() as db:
            if self._spent(db) + reserved > self.daily_limit:
                raise self._exhausted()
            row = {
                "day": self.now.date().isoformat(),
                "task": task,
                "model": model,
                "tokens": longest.read + longest.answer,
                "answer": 0,
                "reserved": reserved,
                "dollars": at_most,
            }
            number = db.table("calls").insert(row).last_pk
        return int(number)  # type: ignore[arg-type]  # a row that was just inserted

    def book(self, number: int, model: str, used: Tokens) -> float | None:
        """Put what call `number` used in place of what was set aside for it."""
        dollars = cost(model, used)
        counted = dearest(used) if dollars is None else dollars
        changed = {
            "tokens": used.read + used.answer,
            "answer": used.answer,
            "reserved": counted,
            "dollars": dollars,
        }
        with self._database() as db:
            db.table("calls").update(number, changed)
        return dollars

    def release(self, number: int) -> None:
        """Forget a call that used nothing."""
        with self._database() as db:
            db.table("calls").delete(number)

    def spent_today(self) -> float:
        """The dollars that the calls of this UTC day cost, or may cost."""
        with self._database() as db:
            return self._spent(db)

    def usual_answer(self, task: str) -> int | None:
        """How many tokens an answer to this task has; None before the first."""
        with self._database() as db:
            rows = db.query(
                "SELECT answer FROM calls WHERE task = ? AND answer > 0 "
                "ORDER BY id DESC LIMIT ?",
                [task, NEWEST],
            )
            lengths = sorted(int(row["answer"]) for row in rows)
        return lengths[len(lengths) // 2] if lengths else None

    def history(self, days: int) -> list[Spent]:
        """What each task cost on each of the last `days` days, the newest first."""
        first = self.now.date() - timedelta(days=days - 1)
        with self._database() as db:
            rows = list(
                db.query(
                    "SELECT day, task, model, count(*) AS calls, sum(tokens) AS tokens, "
                    "CASE WHEN count(*) = count(dollars) THEN sum(dollars) END AS dollars "
                    "FROM calls WHERE day >= ? GROUP BY day, task, model "
                    "ORDER BY day DESC, task, model",
                    [first.isoformat()],
                )
            )
        return [Spent(**row | {"day": date.fromisoformat(row["day"])}) for row in rows]

    def kept(self, key: str) -> Kept | None:
        """The answer to a question that was asked before."""
        with self._database() as db:
            for row in db.query("SELECT * FROM answers WHERE key = ?", [key]):
                made_at = datetime.fromisoformat(row["made_at"])
                return Kept(row["answer"], made_at, row["dollars"])
        return None

    def keep(self, key: str, answer: str, dollars: float | None) -> Kept:
        """Keep an answer, so that it is paid for once."""
        kept = Kept(answer, self.now, dollars)
        row = {
            "key": key,
            "answer": answer,
            "made_at": kept.made_at.isoformat(),
            "dollars": dollars,
        }
        with self._database() as db:
            db.table("answers").upsert(row, pk="key")
        return kept

    def _spent(self, db: Database) -> float:
        day = self.now.date().isoformat()
        [row] = db.query(
            "SELECT coalesce(sum(reserved), 0) AS spent FROM calls WHERE day = ?", [day]
        )
        return float(row["spent"])

    def _exhausted(self) -> ClaudeError:
        return ClaudeError(
            f"Claude may cost ${self.daily_limit:.2f} a day, and this question could "
            "pass that.",
            cause="limit",
            hint="Raise AI_DAILY_LIMIT, or ask again tomorrow (UTC).",
        )

    @contextmanager
    def _database(self) -> Iterator[Database]:
        """The database, for this process alone; undone if anything is raised.

        Locked from the start, since two processes that read before they write
        would both find room below the limit.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with closing(sqlite3.connect(self._path, timeout=PATIENCE)) as connection:
                db = Database(connection, execute_plugins=False)
                with _locked(db):
                    _create(db)
                    yield db
        except (OSError, sqlite3.Error) as error:
            msg = f"Calls to Claude cannot be counted in {self._path}: {error}."
            hint = "Set FINOPS_CACHE_DIR to a folder that can be written."
            raise ConfigurationError(msg, hint=hint) from error


def open_ledger(settings: Settings, *, now: Callable[[], datetime]) -> Ledger:
    """Where calls to Claude are booked."""
    path = settings.cache_dir / "claude.db"
    return Ledger(path, daily_limit=settings.ai_daily_limit, now=now)


@contextmanager
def _locked(db: Database) -> Iterator[None]:
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def _create(db: Database) -> None:
    db.table("calls").create(
        {
            "id": int,
            "day": str,
            "task": str,
            "model": str,
            "tokens": int,
            "answer": int,
            "reserved": float,
            "dollars": float,
        },
        pk="id",
        if_not_exists=True,
    )
    db.table("answers").create(
        {"key": str, "answer": str, "made_at": str, "dollars": float},
        pk="key",
        if_not_exists=True,
    )
