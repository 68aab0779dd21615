"""What all charts have in common: colours, axes, margins."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from finops.charts.groups import NONE, OTHER, label_expression, short
from finops.formats import SYMBOLS

SLOTS: Final = 20
"""How many colours the theme has for groups, in .streamlit/config.toml."""

NONE_SLOT, OTHER_SLOT = SLOTS - 2, SLOTS - 1
"""Two greys that no name gets."""

UNUSED: Final = 0xE000
"""The first character for private use, which no name holds."""

LONGEST_LABEL: Final = 170

LETTER: Final = 7
"""About how wide a letter of a legend is."""

MOST_LABELS: Final = 8
"""How many dates are written under a chart at most."""

LEGEND: Final = "legend"
"""The selection that a click on the legend makes."""

HOVER: Final = "hover"
"""The selection of what the pointer is over."""

LEFT: Final = alt.XValue(0)  # type: ignore[no-untyped-call]  # Altair leaves it out
RIGHT: Final = alt.XValue("width")  # type: ignore[no-untyped-call]  # as above
TO_RIGHT: Final = alt.X2Value("width")  # type: ignore[no-untyped-call]  # as above
TOP: Final = alt.YValue(0)  # type: ignore[no-untyped-call]  # as above
TO_BOTTOM: Final = alt.Y2Value("height")  # type: ignore[no-untyped-call]  # as above

MUTED: Final = alt.ColorValue("gray")
"""A theme colour, so that it reads in light and in dark."""

WRITING: Final = alt.ExprRef("luminance(background) > 0.5 ? '#5B6270' : '#A6AEBD'")
"""What axes and legends are written in: guides know no theme colours by name."""


def group_colour(
    names: Sequence[str],
    ranking: Sequence[str] = (),
    *,
    field: str = "group",
    lines: bool = False,
    legend: bool = True,
) -> alt.Color:
    """A colour for each of `names` that is the same in every chart.

    The theme's palette has one colour per place in the scale's domain, in
    light and in dark. A name's place follows from `ranking`, which is the same
    on all pages; the places of names that are not shown are taken by unused
    characters.
    """
    domain = [chr(UNUSED + slot) for slot in range(SLOTS)]
    for name, slot in colour_slots(names, ranking).items():
        domain[slot] = name
    drawn = alt.Legend(
        title=None,
        values=list(names),
        labelExpr=label_expression(names),
        orient="bottom",
        symbolType="stroke" if lines else "circle",
        symbolSize=90 if lines else 70,
        symbolStrokeWidth=2 if lines else 0,
        labelLimit=LONGEST_LABEL,
        columns=alt.ExprRef(f"max(1, floor(width / {_legend_column(names)}))"),
    )
    return alt.Color(
        f"{field}:N", scale=alt.Scale(domain=domain), legend=drawn if legend else None
    )


def opacity_if(
    selection: str, yes: float, no: float, *, empty: bool = True
) -> alt.OpacityValue:
    """One opacity for what the selection holds, another for all else.

    Args:
        selection: The name of the selection.
        yes: The opacity of what it holds.
        no: The opacity of the rest.
        empty: Whether an empty selection holds everything.
    """
    # Written out, since alt.when() makes a dictionary that Altair would match
    # against its whole schema.
    condition = {"param": selection, "value": yes, "empty": empty}
    return alt.OpacityValue(no, condition=condition)


def _legend_column(names: Sequence[str]) -> int:
    """How wide a column of the legend is: Vega does not wrap one by itself."""
    longest = max((len(short(name)) for name in names), default=0)
    return min(LETTER * longest, LONGEST_LABEL) + 34


def legend_selection() -> alt.Parameter:
    """A click on the legend brings out one group."""
    return alt.selection_point(name=LEGEND, fields=["group"], bind="legend")


def hover_selection() -> alt.Parameter:
    """What the pointer is over."""
    return alt.selection_point(
        name=HOVER, on="pointerover", clear="pointerout", empty=False
    )


def hover_bands(bands: pd.DataFrame, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """A band from `start` to `end` for each row, which tells what `tooltip` says."""
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
            tooltip=tooltip,
        )
        .add_params(hover_selection())
    )
    return drawn


def dates_across(
    dates: pd.DatetimeIndex, field: str, *, monthly: bool = False
) -> alt.X:
    """The dates of `field` from left to right, a few of which are written."""
    every = -(-len(dates) // MOST_LABELS)
    axis = alt.Axis(
        title=None,
        format="%b %Y" if monthly else "%-d %b",
        values=[_local(day) for day in dates[::-1][::every][::-1]],
        labelOverlap="greedy",
        labelSeparation=12,
        grid=False,
    )
    return alt.X(f"{field}:T", axis=axis, scale=alt.Scale(nice=False))


def _local(moment: pd.Timestamp) -> alt.DateTime:
    """`moment` in the browser's own time zone, where the dates are shown too."""
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)


def colour_slots(names: Sequence[str], ranking: Sequence[str] = ()) -> dict[str, int]:
    """Which of the theme's colours each name has; no two the same."""
    greys = {NONE: NONE_SLOT, OTHER: OTHER_SLOT}
    slots = {name: greys[name] for name in names if name in greys}
    places = {name: place for place, name in enumerate(ranking)}
    coloured = [name for name in names if name not in greys]
    coloured.sort(key=lambda name: places.get(name, len(places)))
    free = list(range(NONE_SLOT))
    for name in coloured:
        wanted = places[name] % NONE_SLOT if name in places else free[0]
        slots[name] = wanted if wanted in free else free[0]
        free.remove(slots[name])
    return slots


def money_axis(currency: str, *, per: str = "", **options: Any) -> alt.Axis:
    """An axis in money: few ticks, short numbers, the unit at its upper end."""
    symbol = json.dumps(SYMBOLS.get(currency, f"{currency} "))
    size = "abs(datum.value)"
    number = (
        f"{size} >= 1000 ? replace(format({size}, '.3~s'), 'G', 'B')"
        f" : format({size}, ',.2~f')"
    )
    return alt.Axis(
        title=f"{currency} per {per}" if per else currency,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleX=0,
        titleY=-10,
        labelExpr=f"(datum.value < 0 ? '-' : '') + {symbol} + ({number})",
        tickCount=4,
        **options,
    )


def finished(
    *layers: alt.Chart,
    height: int,
    description: str,
    top: int = 4,
    legend_below: bool = False,
) -> alt.LayerChart:
    """The layers as one chart, with margins and a sentence that describes it.

    Args:
        layers: What is drawn.
        height: Of the whole chart.
        description: For those who cannot see it.
        top: What is free above the plot.
        legend_below: Whether the height is that of the plot alone, and the
            legend takes as many lines more as it needs.
    """
    return alt.LayerChart(
        layer=list(layers),
        height=height,
        padding={"left": 2, "right": 2, "top": top, "bottom": 4},
        description=description,
        autosize=alt.AutoSizeParams(
            type="fit-x" if legend_below else "fit", contains="padding"
        ),
        config=alt.Config(
            axis=alt.AxisConfig(
                labelPadding=6,
                titlePadding=4,
                labelLimit=220,
                labelColor=WRITING,
                titleColor=WRITING,
            ),
            legend=alt.LegendConfig(
                padding=0,
                offset=14,
                labelPadding=0,
                columnPadding=14,
                rowPadding=4,
                labelColor=WRITING,
            ),
        ),
    )
