"""Answers on disk, by calendar month: what was read when, and for which days."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock

from finops.periods import ChargePeriod

log = logging.getLogger(__name__)

ABOUT: Final = b"finops"
"""The key of our own facts in the metadata of a Parquet file."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The answer to a question for some days of one calendar month.

    Attributes:
        table: One row per day and group.
        period: The days that it is complete for, all in one month.
        read_at: When it was read from its origin.
        notes: What the source said beside it.
    """

    table: pd.DataFrame
    period: ChargePeriod
    read_at: datetime
    notes: tuple[str, ...] = ()

    @property
    def month(self) -> ChargePeriod:
        """The calendar month that the piece belongs to."""
        return ChargePeriod.month_of(self.period.start)

    def covers(self, period: ChargePeriod) -> bool:
        """Whether the piece is complete for all of `period`."""
        return self.period.start <= period.start and period.end <= self.period.end


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of the pieces that answer one question, a file for each month.

    Attributes:
        patience: How many seconds to wait for a process that is filling it.
    """

    folder: Path
    patience: float = 120.0

    def piece(self, month: ChargePeriod) -> Piece | None:
        """What is kept of `month`; None where there is nothing that can be read.

        A file that was cut short, or that is not ours, counts as missing: it
        will be read from its origin again and replaced.
        """
        try:
            table = pq.read_table(self._path(month))
            about = json.loads(table.schema.metadata[ABOUT])
            start, end = map(date.fromisoformat, (about["start"], about["end"]))
            return Piece(
                table=table.to_pandas(),
                period=ChargePeriod(start, end),
                read_at=datetime.fromisoformat(about["read_at"]),
                notes=tuple(about["notes"]),
            )
        except (OSError, pa.ArrowException, ValueError, KeyError, TypeError) as error:
            log.debug("No piece for %s: %s", month, error)
            return None

    def put(self, piece: Piece) -> None:
        """Keep `piece` in one step: whoever reads sees the old one or the new.

        Raises:
            OSError: If the folder cannot be written.
        """
        about = {
            "start": piece.period.start.isoformat(),
            "end": piece.period.end.isoformat(),
            "read_at": piece.read_at.isoformat(),
            "notes": piece.notes,
        }
        table = pa.Table.from_pandas(piece.table, preserve_index=False)
        metadata = {**(table.schema.metadata or {}), ABOUT: json.dumps(about).encode()}
        part = self._path(piece.month).with_suffix(f".{uuid4().hex}.part")
        try:
            pq.write_table(table.replace_schema_metadata(metadata), part)
            part.replace(self._path(piece.month))
        finally:
            part.unlink(missing_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A time in which no other process fills the shelf.

        Where no lock can be made, or the other takes too long, it goes on all
        the same: to ask twice is better than not to answer.
        """
        lock = FileLock(self.folder / ".lock", timeout=self.patience)
        try:
            _make_private(self.folder.parent)
            self.folder.mkdir(exist_ok=True)
            lock.acquire()
            self._sweep()
        except OSError as error:
            log.warning("Reading without a lock: %s", error)
        try:
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        """Remove what processes left behind that were killed while writing."""
        for part in self.folder.glob("*.part"):
            part.unlink(missing_ok=True)

    def _path(self, month: ChargePeriod) -> Path:
        return self.folder / f"{month.start:%Y-%m}.parquet"


def _make_private(folder: Path) -> None:
    """Make `folder`, for this user alone: it tells what a company spends."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
