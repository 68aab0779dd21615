"""A cost among what was expected of it, with the days that were not."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.look import (
    MUTED,
    dates_across,
    finished,
    hover_bands,
    money_axis,
)
from finops.periods import ChargePeriod

HEIGHT: Final = 190

HALF_A_DAY: Final = pd.Timedelta(hours=12)

COLOURS: Final = {True: "red", False: "green"}
"""For more than expected, and for less; theme colours, as for movers."""


def unusual_days(
    course: pd.DataFrame, days: ChargePeriod, currency: str
) -> alt.LayerChart:
    """A cost per day, the range that it was expected in, and the days outside.

    Args:
        course: Per day `cost`, `expected`, `low` and `high`.
        days: Those that were out of the ordinary.
        currency: The currency of the costs.
    """
    table = course.set_axis(pd.DatetimeIndex(course.index).tz_localize(None))
    dates = pd.DatetimeIndex(table.index)
    rows = table.rename_axis("date").reset_index()
    marked = rows[(dates.date >= days.start) & (dates.date < days.end)]
    x = dates_across(dates, "date")
    scale = alt.Scale(zero=True, nice=True)
    axis = money_axis(currency, per="day")

    def y(column: str) -> alt.Y:
        return alt.Y(f"{column}:Q", axis=axis, scale=scale)

    more = bool(marked["cost"].sum() > marked["expected"].sum())
    colour = alt.ColorValue(COLOURS[more])
    layers = (
        alt.Chart(rows)
        .mark_area(opacity=0.16)
        .encode(x=x, y=y("low"), y2="high:Q", color=MUTED),
        alt.Chart(rows)
        .mark_line(strokeWidth=1.5, strokeDash=[4, 3])
        .encode(x=x, y=y("expected"), color=MUTED),
        alt.Chart(rows).mark_line(strokeWidth=2).encode(x=x, y=y("cost")),
        alt.Chart(marked)
        .mark_point(filled=True, size=60, opacity=1)
        .encode(x=x, y=y("cost"), color=colour),
        _hover(rows, currency),
    )
    cost, usual = (
        formats.money(float(marked[name].mean()), currency)
        for name in ("cost", "expected")
    )
    return finished(
        *layers,
        height=HEIGHT,
        top=14,
        description=f"Cost per day from {formats.day(dates[0])} to "
        f"{formats.day(dates[-1])}; in {formats.days(days)} it was {cost} a day on "
        f"average, where {usual} was expected.",
    )


def _hover(rows: pd.DataFrame, currency: str) -> alt.Chart:
    """A band over each day that tells its cost and what was expected."""
    names = {"cost": "Cost", "expected": "Expected"}
    texts = pd.DataFrame(
        {name: [formats.money(each, currency) for each in rows[name]] for name in names}
    ).assign(
        range=[
            f"{formats.money(low, currency)} to {formats.money(high, currency)}"
            for low, high in zip(rows["low"], rows["high"], strict=True)
        ],
        when=[f"{day:%A}, {formats.day(day)}" for day in rows["date"]],
        start=rows["date"] - HALF_A_DAY,
        end=rows["date"] + HALF_A_DAY,
    )
    titles = {"when": " ", **names, "range": "Usual range"}
    tooltip = [alt.Tooltip(f"{name}:N", title=title) for name, title in titles.items()]
    return hover_bands(texts, tooltip)
