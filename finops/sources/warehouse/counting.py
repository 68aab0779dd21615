"""Which lines of a bill count, and how are they read?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finops.periods import ChargePeriod
from finops.sources.warehouse.overlaps import (
    AGE,
    LINE,
    NEWEST,
    Overlap,
    age_of,
    overlap_of,
)
from finops.sources.warehouse.parts import FILE_COLUMN, Part
from finops.sources.warehouse.survey import FileFacts, survey
from finops.sources.warehouse.views import require_one_view

NET_NOTE: Final = "Costs are after negotiated discounts: the net amounts of the bill."
ONCE_NOTE: Final = "Charges that several files hold are counted once."


@dataclass(frozen=True, slots=True)
class Counted:
    """The lines of a bill that count.

    Attributes:
        facts: What each file holds.
        parts: The lines, each read as its file has to be.
        notes: What a reader of the figures must know.
    """

    facts: tuple[FileFacts, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


def counted(parts: Sequence[Part]) -> Counted:
    """The lines of `parts` that count, each once.

    Raises:
        MalformedTableError: If a charge has no date.
        SourceError: If two formats tell of the same costs.
    """
    facts = {part: survey(part) for part in parts}
    require_one_view(facts)
    kept: list[Part] = []
    notes: list[str] = []
    for kind in dict.fromkeys(part.format for part in parts):
        alike = {part: found for part, found in facts.items() if part.format is kind}
        overlap = overlap_of(alike)
        notes += [ONCE_NOTE] if overlap.replaced or overlap.repeating else []
        for part, found in alike.items():
            for piece in without_overlap(part, overlap):
                kept += by_net(piece, found)
    notes += [NET_NOTE] if any(part.bill.net for part in kept) else []
    every = tuple(each for found in facts.values() for each in found)
    return Counted(every, tuple(kept), tuple(dict.fromkeys(notes)))


def without_overlap(part: Part, overlap: Overlap) -> list[Part]:
    """`part` without the charges that another file has as well."""
    repeating = [file for file in part.files if file in overlap.repeating]
    others = [file for file in part.files if file not in overlap.repeating]
    pieces = [part.of(others)] if others or not repeating else []
    if repeating:
        pieces.append(without_repeats(part.of(repeating), overlap))
    return [without_replaced_days(piece, overlap.replaced) for piece in pieces]


def without_repeats(part: Part, overlap: Overlap) -> Part:
    """`part` without the lines of which a newer file has a version."""
    lines = part.bill.lines
    marked = lines.mutate(**{LINE: part.line(), AGE: age_of(part, overlap.ages)})
    marked = marked.left_join(overlap.newest, LINE)
    is_newest = marked[NEWEST].isnull() | (marked[AGE] == marked[NEWEST])
    return part.with_lines(marked.filter(is_newest).select(lines.columns))


def without_replaced_days(part: Part, replaced: Mapping[Path, ChargePeriod]) -> Part:
    """`part` without the days that newer deliveries have again."""
    lines = part.bill.lines
    kept = [
        ~((lines[FILE_COLUMN] == str(file)) & part.charged_in(days))
        for file, days in replaced.items()
        if file in part.files
    ]
    return part.with_lines(lines.filter(*kept)) if kept else part


def by_net(part: Part, facts: Sequence[FileFacts]) -> list[Part]:
    """`part` cut into files with net amounts and files without."""
    net = {each.file for each in facts if each.net_amounts}
    if not part.files:
        return [part.read_net() if net else part]
    has_net = [file for file in part.files if str(file) in net]
    has_none = [file for file in part.files if str(file) not in net]
    if not has_net:
        return [part]
    return [part.of(has_net).read_net(), *([part.of(has_none)] if has_none else [])]
