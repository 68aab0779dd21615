"""What was saved: estimated, claimed and measured, item by item and over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import in_words
from finops.charts.look import (
    HOVER,
    MUTED,
    TO_BOTTOM,
    TOP,
    finished,
    hover_selection,
    money_axis,
    opacity_if,
)
from finops.charts.rows import ROW, hits, names, value
from finops.periods import next_month

KINDS: Final = ("Estimated", "Claimed", "Measured")
"""What was expected, what those who did it say, and what the bill shows."""

COLOURS: Final = ("gray", "blue", "green")
"""Theme colours of the kinds, so that they read in light and in dark."""

WIDE, NARROW = 13, 5
"""The heights of the bars of what was estimated, and of what was measured."""

BELOW_NAME: Final = 9
"""How far under the middle of its row an item's savings lie."""

HEIGHT: Final = 300

ROOM: Final = 0.04
"""Of the width, left free beside the outermost marks."""


@dataclass(frozen=True, slots=True)
class ComparedSaving:
    """One item as it is drawn: its savings a month, None for what nobody knows.

    Attributes:
        low: The lower end of the 90 % interval of what was measured.
        told: What the measurement says, in a word or two.
    """

    title: str
    estimated: float | None
    claimed: float | None
    measured: float | None
    low: float | None
    high: float | None
    told: str

    @property
    def amounts(self) -> tuple[float | None, ...]:
        """The savings in the order of `KINDS`."""
        return self.estimated, self.claimed, self.measured


def savings_compared(
    savings: Sequence[ComparedSaving], currency: str
) -> alt.LayerChart:
    """Per item what was estimated, what is claimed, and what the bill shows.

    A bullet chart (Few, 2005): the estimate is a wide bar, the measurement a
    narrow one in it with its interval as a line, and the claim a mark across.
    """
    rows = _rows(savings, currency)
    scale = alt.Scale(domain=_domain(savings), nice=False)
    estimated, claimed, measured = (_amounts(savings, kind) for kind in KINDS)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", axis=None, scale=scale, stack=None)

    def bars(amounts: pd.DataFrame, size: int, opacity: float) -> alt.Chart:
        marks = alt.Chart(amounts).mark_bar(
            size=size, yOffset=BELOW_NAME, cornerRadius=2, fillOpacity=opacity
        )
        drawn: alt.Chart = marks.encode(y=names(rows), x=x("amount"), color=_colours())
        return drawn

    intervals = (
        alt.Chart(rows.dropna(subset=["low"]))
        .mark_rule(yOffset=BELOW_NAME, strokeWidth=2)
        .encode(y=names(rows), x=x("low"), x2="high:Q", color=alt.ColorValue("green"))
    )
    claims = (
        alt.Chart(claimed)
        .mark_tick(yOffset=BELOW_NAME, size=WIDE + 4, thickness=3)
        .encode(y=names(rows), x=x("amount"), color=_colours())
    )
    told = in_words(list(rows["group"]), list(rows["text"]))
    return finished(
        bars(estimated, WIDE, 0.3).encode(stroke=alt.StrokeValue("gray")),
        bars(measured, NARROW, 0.9),
        intervals,
        claims,
        value(rows, "text"),
        hits(rows, _tooltip(), pickable=False),
        height=ROW * len(rows),
        legend_below=True,
        description=f"Savings a month as measured: {told}.",
    )


def savings_over_time(
    running: Mapping[date, Sequence[float | None]], currency: str
) -> alt.LayerChart:
    """What all items that were implemented until then save a month.

    Args:
        running: By month, the savings in the order of `KINDS`.
        currency: Of the savings.
    """
    months = pd.DatetimeIndex(list(running))
    wide = pd.DataFrame(list(running.values()), index=months, columns=list(KINDS))
    long = wide.rename_axis("month").reset_index().melt("month", var_name="kind")
    axis = alt.Axis(title=None, format="%b %Y", labelOverlap="greedy", grid=False)
    lines = (
        alt.Chart(long.dropna().astype({"kind": "str", "value": "float64"}))
        .mark_line(strokeWidth=2, interpolate="step-after")
        .encode(
            x=alt.X("month:T", axis=axis, scale=alt.Scale(nice=False)),
            y=alt.Y("value:Q", axis=money_axis(currency, per="month")),
            color=_colours(lines=True),
        )
    )
    last = [formats.money(amount, currency) for amount in wide.iloc[-1]]
    return finished(
        lines,
        _month_bands(wide, currency),
        height=HEIGHT,
        top=14,
        description=f"Savings a month by now: {in_words(KINDS, last)}.",
    )


def _rows(savings: Sequence[ComparedSaving], currency: str) -> pd.DataFrame:
    def money(amount: float | None) -> str:
        return formats.money(amount, currency)

    rows = [
        {
            "group": saving.title,
            "low": saving.low,
            "high": saving.high,
            "text": saving.told if saving.measured is None else money(saving.measured),
            "told": saving.told,
            "interval": f"{money(saving.low)} to {money(saving.high)}",
            **{
                kind.lower(): money(amount)
                for kind, amount in zip(KINDS, saving.amounts, strict=True)
            },
        }
        for saving in savings
    ]
    return pd.DataFrame(rows).astype({"low": "float64", "high": "float64"})


def _amounts(savings: Sequence[ComparedSaving], kind: str) -> pd.DataFrame:
    """What is known of one kind, by item."""
    at = KINDS.index(kind)
    known = [(s.title, s.amounts[at]) for s in savings if s.amounts[at] is not None]
    return pd.DataFrame(known, columns=["group", "amount"]).assign(kind=kind)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("group:N", title=" "),
        *(alt.Tooltip(f"{kind.lower()}:N", title=kind) for kind in KINDS),
        alt.Tooltip("interval:N", title="90 % interval"),
        alt.Tooltip("told:N", title="The bill says"),
    ]


def _domain(savings: Sequence[ComparedSaving]) -> list[float]:
    ends = [(s.low, s.high, *s.amounts) for s in savings]
    known = [end for each in ends for end in each if end is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = ROOM * ((high - low) or 1.0)
    return [low - room, high + room]


def _colours(*, lines: bool = False) -> alt.Color:
    legend = alt.Legend(
        title=None,
        orient="bottom",
        symbolType="stroke" if lines else "square",
        symbolOpacity=1,
    )
    scale = alt.Scale(domain=list(KINDS), range=list(COLOURS))
    return alt.Color("kind:N", scale=scale, legend=legend)


def _month_bands(wide: pd.DataFrame, currency: str) -> alt.Chart:
    """A band over each month that tells all of its figures."""
    months = list(wide.index)
    bands = pd.DataFrame(
        {
            "start": months,
            "end": [next_month(month) for month in months],
            "when": [f"{month:%B %Y}" for month in months],
            **{
                kind: [formats.money(amount, currency) for amount in wide[kind]]
                for kind in KINDS
            },
        }
    )
    drawn: alt.Chart = (
        alt.Chart(bands)
        .mark_bar(binSpacing=0)
        .encode(
            x="start:T",
            x2="end:T",
            y=TOP,
            y2=TO_BOTTOM,
            color=MUTED,
            opacity=opacity_if(HOVER, 0.12, 0, empty=False),
            tooltip=[
                alt.Tooltip("when:N", title=" "),
                *(alt.Tooltip(f"{kind}:N", title=kind) for kind in KINDS),
            ],
        )
        .add_params(hover_selection())
    )
    return drawn
