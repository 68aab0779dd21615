"""A report as Markdown, for a wiki, a ticket or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from finops.report.document import Document, Figure, Section, Table

ACTIVE: Final = re.compile(r"([\\`*_\[\]<>|~$&])")
"""What has a meaning anywhere in a line."""

AT_THE_START: Final = re.compile(r"^(#|[+\-=](?=\s|$)|\d+[.)](?=\s|$))")
"""What has a meaning at the start of a line."""

ADDRESS: Final = re.compile(r"(?i)(https?|ftp|www)(?=[:.])|(?<=\w)@(?=\w)")
"""Where a reader of Markdown starts to see an address, which it makes a link of."""

WORD_JOINER: Final = "\u2060"
"""Takes no room and breaks nothing but the spell."""


def as_markdown(document: Document) -> str:
    """The report as Markdown; every text in it stays text."""
    blocks = [f"# {plain(document.title)}", plain(document.scope)]
    blocks += [f"> {plain(warning)}" for warning in document.warnings]
    blocks += _figures(document.figures)
    for section in document.sections:
        blocks += _section(section)
    return "\n\n".join(filter(None, blocks)) + "\n"


def plain(text: str) -> str:
    """`text` as it is, where Markdown is read; on one line."""
    one_line = " ".join(text.split())
    unlinked = ADDRESS.sub(lambda found: found[0] + WORD_JOINER, one_line)
    return AT_THE_START.sub(_held, ACTIVE.sub(r"\\\1", unlinked))


def _held(found: re.Match[str]) -> str:
    mark = found[0]
    return f"{mark[:-1]}\\{mark[-1]}"


def _section(section: Section) -> Iterator[str]:
    yield f"## {plain(section.heading)}"
    yield plain(section.scope)
    yield from _figures(section.figures)
    yield "\n".join(f"- {plain(point)}" for point in section.points)
    if section.table:
        yield _table(section.table)


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    lines = [
        f"- {plain(figure.label)}: **{plain(figure.text)}**"
        + (f" ({plain(figure.note)})" if figure.note else "")
        for figure in figures
    ]
    yield "\n".join(lines)


def _table(table: Table) -> str:
    marks = ["---:" if side == ">" else ":---" for side in table.align]
    rows = [table.heads, *table.rows]
    head, *body = [f"| {' | '.join(map(plain, row))} |" for row in rows]
    return "\n".join([head, f"| {' | '.join(marks)} |", *body])
