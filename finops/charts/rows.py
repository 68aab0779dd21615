"""The rows that rankings and shares are drawn on: a name, a figure, a bar."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import label_expression
from finops.charts.look import (
    HOVER,
    LEFT,
    MUTED,
    RIGHT,
    TO_RIGHT,
    hover_selection,
    opacity_if,
)

ROW: Final = 38
"""The height of a row: a line of text with a bar under it."""

BAR: Final = 8

VALUE_WIDTH: Final = 120
"""What the figures at the right end of a row need."""

SMALL: Final = 10
"""Smaller amounts than this need their cents to be told apart."""

PICKED: Final = "picked"
"""The selection that a click on a row makes."""


def amount(cost: float, currency: str) -> str:
    """A cost in whole units, and to the cent where it is small."""
    return formats.money(cost, currency, cents=abs(cost) < SMALL)


def names(rows: pd.DataFrame) -> alt.Y:
    """The names as labels that lie in the plot, above the bars."""
    axis = alt.Axis(
        title=None,
        labelAlign="left",
        labelBaseline="middle",
        labelPadding=0,
        labelOffset=-8,
        labelExpr=label_expression(rows["group"]),
        labelFontSize=12,
        labelLimit=alt.ExprRef(f"max(60, width - {VALUE_WIDTH})"),
        labelOverlap=False,
        grid=False,
        minExtent=0,
        maxExtent=0,
    )
    order = [str(name) for name in rows["group"]]
    return alt.Y("group:N", sort=order, axis=axis, scale=alt.Scale(padding=0))


def bars(rows: pd.DataFrame) -> alt.Chart:
    """A bar under each name; the caller says how long it is."""
    marks = alt.Chart(rows).mark_bar(size=BAR, yOffset=9, cornerRadius=3)
    drawn: alt.Chart = marks.encode(y=names(rows))
    return drawn


def track(rows: pd.DataFrame) -> alt.Chart:
    """The whole width, faintly, so that a bar reads as a part of it."""
    marks = alt.Chart(rows).mark_bar(size=BAR, yOffset=9, cornerRadius=3, opacity=0.13)
    drawn: alt.Chart = marks.encode(y=names(rows), x=LEFT, x2=TO_RIGHT, color=MUTED)
    return drawn


def value(
    rows: pd.DataFrame,
    field: str,
    *,
    colour: alt.Color | Any = MUTED,
    strong: bool = False,
    below: bool = False,
) -> alt.Chart:
    """A figure at the right end of each row, beside the name or below it."""
    text = alt.Chart(rows).mark_text(
        align="right",
        baseline="middle",
        dy=9 if below else -8,
        fontSize=11 if below else 12,
        fontWeight=600 if strong else 400,
    )
    drawn: alt.Chart = text.encode(
        y=names(rows), x=RIGHT, text=f"{field}:N", color=colour
    )
    return drawn


def hits(
    rows: pd.DataFrame, tooltip: list[alt.Tooltip], *, pickable: bool = True
) -> alt.Chart:
    """The whole row, to point at and, unless there is nothing below it, to click."""
    picked = alt.selection_point(name=PICKED, fields=["group"])
    drawn: alt.Chart = (
        alt.Chart(rows)
        .mark_bar(size=ROW, cornerRadius=4, cursor="pointer" if pickable else "default")
        .encode(
            y=names(rows),
            x=LEFT,
            x2=TO_RIGHT,
            color=MUTED,
            opacity=opacity_if(HOVER, 0.1, 0, empty=False),
            tooltip=tooltip,
        )
        .add_params(*([picked] if pickable else []), hover_selection())
    )
    return drawn
