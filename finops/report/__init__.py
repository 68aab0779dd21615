"""The same report as Markdown, as one HTML file, and as a table for a spreadsheet."""

from __future__ import annotations

from typing import Final, Literal

from finops.report.csv_file import as_csv
from finops.report.document import Document, Figure, Section, Table
from finops.report.html import as_html
from finops.report.markdown import as_markdown

ReportFormat = Literal["md", "html", "csv"]
"""What a report can be written as."""

MEDIA_TYPES: Final[dict[ReportFormat, str]] = {
    "md": "text/markdown",
    "html": "text/html",
    "csv": "text/csv",
}

__all__ = [
    "MEDIA_TYPES",
    "Document",
    "Figure",
    "ReportFormat",
    "Section",
    "Table",
    "write",
]


def write(document: Document, report_format: ReportFormat) -> str:
    """The whole report as the text of one file."""
    match report_format:
        case "md":
            return as_markdown(document)
        case "html":
            return as_html(document)
        case "csv":
            return as_csv(document)
