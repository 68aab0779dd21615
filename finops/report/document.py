"""What a report holds, whatever it is written as.

Names in it may come from outside: each format escapes every text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with what it says.

    Attributes:
        text: As it is shown: `$2,450.80`.
        value: The same as a number; None where it is unknown, or none.
        unit: Of the number: a currency, `%`, `days`.
        note: What to know of it, such as what it is compared with.
    """

    label: str
    text: str
    value: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; `align` has one of `<` and `>` for each column."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report: a question and its answer.

    Attributes:
        scope: What its figures count, where that is not what the whole counts.
        points: Sentences, each for itself.
        chart: Shown in HTML alone.
    """

    heading: str
    scope: str = ""
    figures: tuple[Figure, ...] = ()
    points: tuple[str, ...] = ()
    table: Table | None = None
    chart: alt.Chart | alt.LayerChart | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A report.

    Attributes:
        scope: What the figures count: period, metric, charges, currency, source.
        warnings: What is missing from it.
        figures: Those to see first.
    """

    title: str
    scope: str
    warnings: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
