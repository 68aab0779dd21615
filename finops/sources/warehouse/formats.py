"""What is a format, and how is a bill of one told from a bill of another?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from finops.errors import MalformedTableError
from finops.sources.warehouse.bills import Bill, Reading, Value, plain_name


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """How one kind of export is read as FOCUS.

    Attributes:
        name: What to call it on screen.
        lacking: Which needed columns are not among these plain names.
        columns: What fills each FOCUS column of a bill.
        tags: What fills each `Tags.<key>`; it may have to ask the bill.
        line_id: What tells a line from others; empty where nothing does.
        ids_repeat: Whether different lines may still agree in all of it.
        ids_hold_costs: Whether the cost is part of it, so that files which agree
            tell the same, whenever they were written.
    """

    name: str
    lacking: Callable[[Collection[str]], list[str]]
    columns: Mapping[str, Reading]
    tags: Callable[[Bill], Mapping[str, Value]]
    line_id: Callable[[Bill], list[Value]]
    ids_repeat: bool = False
    ids_hold_costs: bool = False


def needing(*columns: str) -> Callable[[Collection[str]], list[str]]:
    """Which of `columns` a bill lacks, as a format asks."""
    return lambda names: [name for name in columns if plain_name(name) not in names]


def format_of(
    columns: Collection[str], *, source: str, formats: Sequence[Format]
) -> Format:
    """The first of `formats` that a bill with these columns is in.

    Raises:
        MalformedTableError: If it is in none; names what the nearest lacks.
    """
    names = {plain_name(column) for column in columns}
    for candidate in formats:
        if not candidate.lacking(names):
            return candidate
    nearest = min(formats, key=lambda candidate: share_lacking(candidate, names))
    lacking = nearest.lacking(names)
    if share_lacking(nearest, names) == 1.0:
        msg = f"{source} is not a bill."
        kinds = ", ".join(dict.fromkeys(known.name for known in formats))
        raise MalformedTableError(msg, hint=f"Bills are read as {kinds}.")
    msg = f"{source} looks like {nearest.name}, but lacks {' and '.join(lacking)}."
    raise MalformedTableError(msg, hint="Export it again with these columns.")


def share_lacking(candidate: Format, names: Collection[str]) -> float:
    """The share of what `candidate` needs that is not among `names`."""
    return len(candidate.lacking(names)) / len(candidate.lacking(()))
