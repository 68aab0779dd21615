"""A report as one HTML file, with its charts inside; nothing is fetched."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from finops.report.document import Document
from finops.report.pictures import Picture, picture

if TYPE_CHECKING:
    import altair as alt


def as_html(document: Document) -> str:
    """The report as a page that opens anywhere and prints well.

    Every text in it is escaped, and its content policy allows no script.
    """
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - seldom needed

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.from_string(
        files("finops.report").joinpath("report.html").read_text(encoding="utf-8")
    )
    pictures = [_picture_of(section.chart) for section in document.sections]
    return template.render(document=document, pictures=pictures)


def _picture_of(chart: alt.Chart | alt.LayerChart | None) -> Picture | None:
    return None if chart is None else picture(chart)
