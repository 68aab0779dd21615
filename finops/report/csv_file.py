"""A report as a table for a spreadsheet: one figure or cell a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from finops.report.document import Document, Figure, Section
from finops.spreadsheets import disarmed

HEADS: Final = ("section", "item", "column", "text", "value", "unit", "note")

Line = tuple[str, ...]


def as_csv(document: Document) -> str:
    """The report's figures, sentences and tables, each on a line of its own.

    Text that a spreadsheet would run has an apostrophe before it.
    """
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(HEADS)
    for line in _lines(document):
        filled = (*line, *[""] * (len(HEADS) - len(line)))
        lines.writerow([disarmed(cell) for cell in filled])
    return written.getvalue()


def _lines(document: Document) -> Iterator[Line]:
    head = document.title
    yield (head, "Scope", "", document.scope)
    for warning in document.warnings:
        yield (head, "Missing", "", warning)
    for figure in document.figures:
        yield _figure(head, figure)
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Line]:
    head = section.heading
    for figure in section.figures:
        yield _figure(head, figure)
    for point in section.points:
        yield (head, "", "", point)
    if section.table:
        columns = section.table.heads[1:]
        for name, *cells in section.table.rows:
            for column, cell in zip(columns, cells, strict=True):
                yield (head, name, column, cell)


def _figure(head: str, figure: Figure) -> Line:
    value = "" if figure.value is None else str(round(figure.value, 4) or 0.0)
    return (head, figure.label, "", figure.text, value, figure.unit, figure.note)
