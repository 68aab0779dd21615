"""A source that remembers on disk what another source said."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, Protocol, runtime_checkable

import pandas as pd

from finops.analysis import cost_table
from finops.errors import Problem
from finops.focus import COSTS, DATE_COLUMN, CostQuery, Costs
from finops.periods import ChargePeriod, next_month
from finops.sources import CostSource, Priced, Progress, in_silence
from finops.sources.pieces import Piece, Shelf

SCHEMA: Final = 1
"""Raised when what is in a piece changes, so that older pieces are left alone."""

STALE_AFTER: Final = timedelta(hours=6)
"""How long a month is believed that AWS may still restate."""


@runtime_checkable
class Widening(Protocol):
    """A source for which a wider question costs no more than a narrow one."""

    def widened(self, query: CostQuery) -> CostQuery:
        """The question to ask, and keep, in place of `query`.

        It groups by every dimension that `query` names unless it has the same
        condition, and by ChargeCategory where it counts more charges.
        """
        ...


class CachedSource:
    """Asks `source` for the calendar months that are missing or out of date.

    This month and the one before it may still be restated: they are out of
    date 6 hours after they were read. What was read of a month later than that
    is kept for good. Months that are missing in a row are asked for at once,
    because each request may cost money. What is incomplete is never kept.

    Attributes:
        folder: Where the answers are; only this user may look into it.
        refresh: Read everything that is asked for again, once.
    """

    def __init__(
        self,
        source: CostSource,
        folder: Path,
        *,
        now: Callable[[], datetime],
        refresh: bool = False,
    ) -> None:
        self.source = source
        self.folder = folder
        self.refresh = refresh
        self._now = now
        self._reread: set[tuple[Shelf, ChargePeriod]] = set()

    @property
    def name(self) -> str:
        """The name of the source that is asked."""
        return self.source.name

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What the source can group and filter by."""
        return self.source.dimensions

    @property
    def extent(self) -> ChargePeriod:
        """The days that the source knows."""
        return self.source.extent

    @property
    def restated_days(self) -> int:
        """How many of the last days the source may still change."""
        return self.source.restated_days

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query`, from disk where that is recent enough.

        Raises:
            DimensionUnavailableError: If `query` names what the source lacks.
            SourceError: If the source had to be asked, and could not answer.
        """
        cost_table.require_dimensions(query, self.dimensions, source=self.name)
        wide = self._widened(query)
        found = self._find(wide, progress)
        nothing = cost_table.conform(pd.DataFrame(columns=[*wide.keys, *COSTS]), wide)
        rows = pd.concat([nothing, *(piece.table for piece in found.pieces)])
        return Costs(
            table=_narrowed(rows, wide, query),
            query=query,
            problems=found.problems,
            read_at=min((piece.read_at for piece in found.pieces), default=None),
            notes=found.notes,
        )

    def estimated_requests(self, query: CostQuery) -> int:
        """How many paid requests it will probably take to answer `query`."""
        if not isinstance(self.source, Priced):
            return 0
        wide = self._widened(query)
        missing, _ = self._missing(wide, Shelf(self.folder / _key(self.name, wide)))
        asked = (replace(wide, period=run) for run in missing)
        return sum(self.source.estimated_requests(each) for each in asked)

    def _widened(self, query: CostQuery) -> CostQuery:
        """The question to keep in place of `query`: its days, in wider groups."""
        by_day = replace(query, granularity="day")
        if isinstance(self.source, Widening):
            wide = self.source.widened(by_day)
            return replace(wide, granularity="day", period=query.period)
        return by_day

    def _find(self, query: CostQuery, progress: Progress) -> _Found:
        """What answers `query`, from disk, and what is missing from the source."""
        shelf = Shelf(self.folder / _key(self.name, query))
        missing, kept = self._missing(query, shelf)
        if not missing:
            return _Found(kept)
        with shelf.alone():
            missing, kept = self._missing(query, shelf)
            found = _Found(kept)
            for run in missing:
                found += self._read(replace(query, period=run), shelf, progress)
        return found

    def _missing(
        self, query: CostQuery, shelf: Shelf
    ) -> tuple[list[ChargePeriod], tuple[Piece, ...]]:
        """The periods to ask the source for, and what `shelf` holds of the others."""
        extent = self.extent
        known = query.period.overlap(extent)
        wanted = known.months() if known else []
        kept = self._kept(shelf, wanted)
        runs = _runs([period for period in wanted if period not in kept])
        whole = [_whole_months(run).overlap(extent) or run for run in runs]
        return whole, tuple(kept.values())

    def _kept(
        self, shelf: Shelf, wanted: Sequence[ChargePeriod]
    ) -> dict[ChargePeriod, Piece]:
        """The pieces on `shelf` that hold one of `wanted` and are not out of date."""
        now = self._now()
        kept = {}
        for period in wanted:
            month = ChargePeriod.month_of(period.start)
            if self.refresh and (shelf, month) not in self._reread:
                continue
            piece = shelf.piece(month)
            if piece and piece.covers(period) and not _is_stale(piece, now):
                kept[period] = piece
        return kept

    def _read(self, query: CostQuery, shelf: Shelf, progress: Progress) -> _Found:
        """All that the source knows of the months of `query`, kept if complete."""
        now = self._now()
        answer = self.source.costs(query, progress=progress)
        pieces = tuple(
            Piece(
                table=_rows_of(month, answer.table),
                period=month,
                read_at=answer.read_at or now,
                notes=answer.notes,
            )
            for month in query.period.months()
        )
        found = _Found(pieces, answer.problems)
        return self._keep(found, shelf) if answer.complete else found

    def _keep(self, found: _Found, shelf: Shelf) -> _Found:
        """`found`, after it was put on `shelf`; it says so where that failed."""
        try:
            for piece in found.pieces:
                shelf.put(piece)
                self._reread.add((shelf, piece.month))
        except OSError:
            note = f"Costs are not kept on disk: {self.folder} cannot be written."
            return found + _Found(warnings=(note,))
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Pieces of an answer, and what must be said beside them."""

    pieces: tuple[Piece, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()

    def __add__(self, other: _Found) -> _Found:
        return _Found(
            self.pieces + other.pieces,
            self.problems + other.problems,
            self.warnings + other.warnings,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the source and the cache said, each thing once."""
        said = [note for piece in self.pieces for note in piece.notes]
        return tuple(dict.fromkeys([*said, *self.warnings]))


def _key(source: str, query: CostQuery) -> str:
    """The name of the folder that keeps answers to `query`, whatever its period."""
    groups = sorted(query.group_by)
    where = sorted((c.dimension, sorted(map(repr, c.values))) for c in query.where)
    asked = json.dumps([SCHEMA, source, groups, where, query.charges])
    return sha256(asked.encode()).hexdigest()[:24]


def _is_stale(piece: Piece, now: datetime) -> bool:
    """Whether AWS may have restated the month since `piece` was read."""
    final_from = next_month(piece.month.end)
    read_on = piece.read_at.astimezone(UTC).date()
    return read_on < final_from and now - piece.read_at > STALE_AFTER


def _runs(periods: Sequence[ChargePeriod]) -> list[ChargePeriod]:
    """`periods`, those that follow on each other put together."""
    runs: list[ChargePeriod] = []
    for period in periods:
        if runs and runs[-1].end == period.start:
            runs[-1] = ChargePeriod(runs[-1].start, period.end)
        else:
            runs.append(period)
    return runs


def _whole_months(period: ChargePeriod) -> ChargePeriod:
    return ChargePeriod(period.start.replace(day=1), next_month(period.last_day))


def _rows_of(period: ChargePeriod, table: pd.DataFrame) -> pd.DataFrame:
    start, end = (pd.Timestamp(day, tz="UTC") for day in (period.start, period.end))
    return table[table[DATE_COLUMN].between(start, end, inclusive="left")]


def _narrowed(rows: pd.DataFrame, wide: CostQuery, query: CostQuery) -> pd.DataFrame:
    """The answer to `query` from the answer to the wider question `wide`."""
    open_conditions = tuple(c for c in query.where if c not in wide.where)
    charges = "all" if wide.charges == query.charges else query.charges
    return cost_table.answer(
        rows, replace(query, where=open_conditions, charges=charges)
    )
