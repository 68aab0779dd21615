"""What did the bill cost? Answered by the database that the bill lies in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import RLock

import pandas as pd

from finops import formats
from finops.analysis.cost_table import conform, require_dimensions
from finops.focus import COSTS, DIMENSION_NAMES, CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.sources.warehouse.account_names import NAME, newest_names, renamed
from finops.sources.warehouse.bills import Value
from finops.sources.warehouse.complaints import explained
from finops.sources.warehouse.counting import Counted, counted
from finops.sources.warehouse.extent import (
    complete_until,
    extent_of,
    require_charges,
)
from finops.sources.warehouse.grouping import UNKNOWN, Fills, dearest, grouped
from finops.sources.warehouse.parts import Part

Ask = Callable[[Sequence[Part], Sequence[Fills], CostQuery], Value]
"""Makes of a query what the database is asked."""


@dataclass(frozen=True)
class WarehouseSource:
    """Billing exports, in files or in a database.

    It asks the database one question at a time: a connection is not for
    several threads at once.

    Attributes:
        name: What to call it on screen.
        parts: The lines of the bill, by format.
        today: The current day, which is not complete.
    """

    name: str
    parts: Sequence[Part] = field(repr=False)
    today: date
    lock: RLock = field(default_factory=RLock, repr=False, compare=False)

    @cached_property
    def counted(self) -> Counted:
        """Which lines count, and what is known of them."""
        with self.lock, explained(self.name):
            found = counted(self.parts)
        require_charges(found.facts, today=self.today, source=self.name)
        return found

    @cached_property
    def extent(self) -> ChargePeriod:
        """The days from the first charge to the last that is known."""
        return extent_of(self.counted.facts, today=self.today)

    @cached_property
    def restated_days(self) -> int:
        """One where the bill breaks off within its last day, else none."""
        complete = complete_until(self.counted.facts)
        return max(0, (self.extent.end - complete).days)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The dimensions that are columns: known without asking the bill."""
        return tuple(
            name
            for name in DIMENSION_NAMES
            if any(part.has(name) for part in self.parts)
        )

    @cached_property
    def tags(self) -> list[Mapping[str, Value]]:
        """What fills each tag, for each part that counts."""
        with self.lock, explained(self.name):
            return [part.format.tags(part.bill) for part in self.counted.parts]

    @cached_property
    def names(self) -> list[Mapping[str, Value]]:
        """What fills the account's name, where an account had several."""
        with self.lock, explained(self.name):
            newest = newest_names(self.counted.parts)
        return [renamed(part, newest) for part in self.counted.parts]

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """What it can group and filter by: FOCUS columns and `Tags.<key>`."""
        return (*self.columns, *sorted({name for tags in self.tags for name in tags}))

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query`; empty where nothing was charged.

        Raises:
            DimensionUnavailableError: If `query` names what the bill lacks.
            SourceError: If the bill cannot be read, or holds no charges.
        """
        progress(self.name, "reading")
        table = self._asked(grouped, query)
        progress(self.name, "read")
        return Costs(
            conform(table, query),
            query,
            notes=self._notes(query),
            partly_known=frozenset(
                cost for cost in COSTS if table[UNKNOWN + cost].any()
            ),
        )

    def dearest_days(self, query: CostQuery) -> pd.DataFrame:
        """What the dearest day of each combination of `query.group_by` cost.

        Raises:
            DimensionUnavailableError: If `query` names what the bill lacks.
            SourceError: If the bill cannot be read, or holds no charges.
        """
        table = self._asked(dearest, query)
        return conform(table, replace(query, granularity="total"))

    def _asked(self, ask: Ask, query: CostQuery) -> pd.DataFrame:
        """What the database says, with tags where `query` needs them."""
        needs_tags = not set(query.dimensions) <= set(self.columns)
        known = self.dimensions if needs_tags else self.columns
        require_dimensions(query, known, source=self.name)
        bill = self.counted
        nothing: list[Mapping[str, Value]] = [{} for _ in bill.parts]
        tags = self.tags if needs_tags else nothing
        names = self.names if NAME in query.dimensions else nothing
        fills = [{**own, **name} for own, name in zip(tags, names, strict=True)]
        with self.lock, explained(self.name):
            found: pd.DataFrame = ask(bill.parts, fills, query).to_pyarrow().to_pandas()
        return found

    def _notes(self, query: CostQuery) -> tuple[str, ...]:
        """What must be known of the days that were asked for."""
        last = self.extent.last_day
        if not (self.restated_days and last in query.period):
            return self.counted.notes
        broken = f"The bill breaks off within its last day, {formats.day(last)}."
        return (*self.counted.notes, broken)
