"""A part of a bill: lines of one format, and what is asked of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Final

import ibis

from finops.focus import COSTS
from finops.periods import ChargePeriod
from finops.sources.warehouse.bills import Bill, Value
from finops.sources.warehouse.formats import Format
from finops.sources.warehouse.functions import hash_of

FILE_COLUMN: Final = "__file__"
"""Holds the path of the file that a line is from."""


KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(COSTS, "float64"),
    "BillingPeriodStart": "timestamp",
    "ChargePeriodEnd": "timestamp",
}
"""What a FOCUS column holds that is not text."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Lines of one format that are read together.

    Attributes:
        format: What they are.
        bill: The lines themselves.
        files: Where they are from; none for a table of a database.
    """

    format: Format
    bill: Bill
    files: tuple[Path, ...] = ()

    def has(self, column: str) -> bool:
        """Whether the bill can fill a FOCUS column."""
        read = self.format.columns.get(column)
        return read is not None and read(self.bill) is not None

    def value(self, column: str) -> Value:
        """What fills a FOCUS column; null where the bill cannot."""
        read = self.format.columns.get(column)
        value = None if read is None else read(self.bill)
        return ibis.null(KINDS.get(column, "string")) if value is None else value

    def charged_in(self, period: ChargePeriod) -> Value:
        """Whether a line's charge starts in `period`."""
        start = self.value("ChargePeriodStart")
        first, end = (
            datetime.combine(day, time()) for day in (period.start, period.end)
        )
        return (start >= ibis.timestamp(first)) & (start < ibis.timestamp(end))

    def line(self) -> Value | None:
        """A number that tells each line from others; None where none can."""
        known = self.format.line_id(self.bill)
        words = [value.cast("string").coalesce("") for value in known]
        return hash_of(ibis.literal("|").join(words)) if words else None

    def of(self, files: Sequence[Path]) -> Part:
        """The lines of some of its files."""
        if len(files) == len(self.files):
            return self
        lines = self.bill.lines
        chosen = lines.filter(lines[FILE_COLUMN].isin([str(file) for file in files]))
        return replace(self.with_lines(chosen), files=tuple(files))

    def with_lines(self, lines: Value) -> Part:
        """This part with some of its lines."""
        return replace(self, bill=replace(self.bill, lines=lines))

    def read_net(self) -> Part:
        """This part with its amounts after discounts."""
        return replace(self, bill=replace(self.bill, net=True))
