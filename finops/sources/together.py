"""Several sources answering as one, each missing one named."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pandas as pd

from finops import formats
from finops.analysis.cost_table import conform, regroup
from finops.aws.parallel import PATIENCE, WORKERS, Tell, in_parallel
from finops.errors import (
    DimensionUnavailableError,
    FinOpsError,
    Problem,
    SourceError,
)
from finops.focus import CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import CostSource, Priced, Progress, in_silence
from finops.sources.request_meter import PRICE

NO_SOURCE: Final = "There is no account to read."

SORE: Final = 300.0
"""Seconds for which an account that failed is not asked again.

A page asks several questions, and one account that does not answer must not
hold up each of them.
"""

MANY_REQUESTS: Final = 20
"""From so many paid requests on, their price is said beforehand."""


@dataclass(frozen=True, slots=True, eq=False)
class Together:
    """Asks every source at once, and adds up what they answer.

    Attributes:
        sources: By the name of the account each answers for.
        problems: The accounts that could not even be asked.
        patience: Seconds that one may stay silent before the rest goes on.
        clock: Seconds that pass.
        failed: When each account failed last, and why.
    """

    sources: Mapping[str, CostSource]
    problems: tuple[Problem, ...] = ()
    name: str = "AWS Cost Explorer"
    workers: int = WORKERS
    patience: float = PATIENCE
    clock: Callable[[], float] = time.monotonic
    failed: dict[str, tuple[float, SourceError]] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What all sources can group by."""
        known = [source.dimensions for source in self.sources.values()]
        shared = set(known[0]).intersection(*known) if known else ()
        return tuple(name for name in (known[0] if known else ()) if name in shared)

    @property
    def extent(self) -> ChargePeriod:
        """The days that any source knows.

        Raises:
            SourceError: If there is no source.
        """
        extents = [source.extent for source in self.sources.values()]
        if not extents:
            raise _nothing_read({}, self.problems)
        return ChargePeriod(
            min(extent.start for extent in extents),
            max(extent.end for extent in extents),
        )

    @property
    def restated_days(self) -> int:
        """How many of the last days any source may still change."""
        return max((s.restated_days for s in self.sources.values()), default=0)

    def estimated_requests(self, query: CostQuery) -> int:
        """How many paid requests the answer to `query` will probably take."""
        priced = (s for s in self.sources.values() if isinstance(s, Priced))
        return sum(source.estimated_requests(query) for source in priced)

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answers of all sources, added up; a missing one is a problem.

        Raises:
            DimensionUnavailableError: If a source cannot group as asked.
            SourceError: If no source answered.
        """
        for problem in self.problems:
            progress(problem.account, problem.message)
        self._tell_the_price(query, progress)
        sore = self._sore()
        found: dict[str, Costs | FinOpsError] = {**sore}
        found |= in_parallel(
            {
                name: partial(_ask, source, query)
                for name, source in self.sources.items()
                if name not in sore
            },
            tell=progress,
            workers=self.workers,
            patience=self.patience,
        )
        self._remember_failures(found, sore)
        answers = {n: found for n, found in found.items() if isinstance(found, Costs)}
        errors = {n: e for n, e in found.items() if isinstance(e, FinOpsError)}
        _raise_what_concerns_the_question(errors.values())
        if not answers:
            raise _nothing_read(errors, self.problems)
        failed = (Problem.of(error, account=name) for name, error in errors.items())
        within = (p for answer in answers.values() for p in answer.problems)
        read = [a.read_at for a in answers.values() if a.read_at is not None]
        return Costs(
            _added_up([answer.table for answer in answers.values()], query),
            query,
            problems=(*self.problems, *failed, *within),
            read_at=min(read, default=None),
            notes=_notes(answers),
        )

    def _sore(self) -> dict[str, SourceError]:
        """The accounts that failed a moment ago."""
        now = self.clock()
        return {n: e for n, (at, e) in self.failed.items() if now - at < SORE}

    def _remember_failures(
        self, found: Mapping[str, Costs | FinOpsError], sore: Mapping[str, SourceError]
    ) -> None:
        for name, answer in found.items():
            if isinstance(answer, SourceError) and name not in sore:
                self.failed[name] = (self.clock(), answer)

    def _tell_the_price(self, query: CostQuery, progress: Progress) -> None:
        expected = self.estimated_requests(query)
        if expected >= MANY_REQUESTS:
            price = formats.money(float(expected * PRICE))
            progress("", f"about {expected} paid requests, {price}")


def _ask(source: CostSource, query: CostQuery, tell: Tell) -> Costs:
    return source.costs(query, progress=tell)


def _raise_what_concerns_the_question(errors: Iterable[FinOpsError]) -> None:
    for error in errors:
        if isinstance(error, DimensionUnavailableError):
            raise error


def _added_up(tables: Sequence[pd.DataFrame], query: CostQuery) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    if not filled:
        return conform(tables[0], query)
    return regroup(pd.concat(filled, ignore_index=True), query)


def _notes(answers: Mapping[str, Costs]) -> tuple[str, ...]:
    """What the reader must know; a note that not all share says whose it is."""
    whose: dict[str, list[str]] = {}
    for name, answer in answers.items():
        for note in answer.notes:
            whose.setdefault(note, []).append(name)
    return tuple(
        note if len(names) == len(answers) else f"{', '.join(names)}: {note}"
        for note, names in whose.items()
    )


def _nothing_read(
    errors: Mapping[str, FinOpsError], problems: Sequence[Problem]
) -> FinOpsError:
    """The one error that says why nothing could be answered."""
    if len({(type(error), str(error)) for error in errors.values()}) == 1:
        [same, *_] = errors.values()
        if not problems:
            return same
    failed = (Problem.of(error, account=name) for name, error in errors.items())
    reasons = [*problems, *failed]
    if not reasons:
        return SourceError(NO_SOURCE, hint="List one in AWS_ACCOUNTS.")
    told = " ".join(f"{reason.account}: {reason.message}" for reason in reasons)
    hints = dict.fromkeys(reason.hint for reason in reasons if reason.hint)
    return SourceError(f"No account could be read. {told}", hint=" ".join(hints))
