"""Which lines of a bill count, and how are they read?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from finops.sources.warehouse.overlaps import overlap_of, without_overlap
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
        notes += [ONCE_NOTE] if overlap.found else []
        for part, found in alike.items():
            kept += by_net(without_overlap(part, overlap), found)
    notes += [NET_NOTE] if any(part.bill.net for part in kept) else []
    every = tuple(each for found in facts.values() for each in found)
    return Counted(every, tuple(kept), tuple(dict.fromkeys(notes)))


def by_net(part: Part, facts: Sequence[FileFacts]) -> list[Part]:
    """`part` cut into files with net amounts and files without."""
    net = [each.file for each in facts if each.net_amounts]
    if len(net) in (0, len(facts)):
        return [part.read_net() if net else part]
    lines = part.bill.lines
    has_net = lines[FILE_COLUMN].isin(net)
    return [
        part.with_lines(lines.filter(has_net)).read_net(),
        part.with_lines(lines.filter(~has_net)),
    ]
