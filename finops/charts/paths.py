"""The parts of charts about coming days: a path, its bands, what a day says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.look import MUTED, hover_bands

DASHED: Final = (5, 4)

BANDS: Final = {"95": 0.12, "80": 0.2}
"""How opaque each interval is; the inner one lies on the outer one."""

HALF_A_DAY: Final = pd.Timedelta(hours=12)


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Where all layers of a chart are drawn: days across, money upwards."""

    x: alt.X
    axis: alt.Axis
    scale: alt.Scale

    def y(self, column: str) -> alt.Y:
        """The height of a column."""
        return alt.Y(f"{column}:Q", axis=self.axis, scale=self.scale)

    def line(
        self, path: pd.DataFrame, *, dashed: bool = False, muted: bool = False
    ) -> alt.Chart:
        """The cost of each day as a line."""
        marks = alt.Chart(path[["cost"]].reset_index()).mark_line(
            clip=True,
            strokeWidth=1.5 if muted else 2,
            strokeDash=list(DASHED) if dashed else [1, 0],
        )
        drawn: alt.Chart = marks.encode(x=self.x, y=self.y("cost"))
        return drawn.encode(color=MUTED) if muted else drawn

    def bands(self, path: pd.DataFrame) -> list[alt.Chart]:
        """The intervals around a path, the wider one first."""
        table = path.drop(columns="cost").reset_index()
        return [
            alt.Chart(table)
            .mark_area(opacity=opacity, clip=True)
            .encode(x=self.x, y=self.y(f"low{level}"), y2=f"high{level}:Q")
            for level, opacity in BANDS.items()
            if f"low{level}" in table
        ]


def local_days(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with days as the browser shows them: without a time zone."""
    days = pd.DatetimeIndex(table.index).tz_localize(None)
    return table.set_axis(days).rename_axis("date")


def joined(known: pd.DataFrame, coming: pd.DataFrame) -> pd.DataFrame:
    """`coming`, after the last known day, so that the line is not broken."""
    if known.empty:
        return coming
    last = known["cost"].tail(1)
    start = pd.DataFrame({str(name): last for name in coming})
    return pd.concat([start, coming]).rename_axis("date")


def day_hover(
    known: pd.DataFrame,
    coming: pd.DataFrame,
    currency: str,
    *,
    title: str,
    without: Sequence[float] | None = None,
) -> alt.Chart:
    """A band over each day that tells its cost, and the interval of a coming one.

    Args:
        known: The known days.
        coming: The coming days, with their intervals.
        currency: The currency of the costs.
        title: What the cost is called.
        without: The coming days without the changes of a scenario.
    """
    days = pd.DatetimeIndex(known.index.append(coming.index))
    costs = [formats.money(cost, currency) for cost in known["cost"]]
    expected = [f"{formats.money(cost, currency)} expected" for cost in coming["cost"]]
    ranges = [
        f"{formats.money(low, currency)} to {formats.money(high, currency)}"
        for low, high in zip(coming["low80"], coming["high80"], strict=True)
    ]
    columns = {title: costs + expected}
    columns["In 80 of 100 cases"] = ["known"] * len(known) + ranges
    if without is not None:
        unchanged = [formats.money(cost, currency) for cost in without]
        columns["Without changes"] = [*costs, *unchanged]
    texts = pd.DataFrame(
        {f"t{place}": column for place, column in enumerate(columns.values())}
    ).assign(
        when=[f"{day:%A}, {formats.day(day)}" for day in days],
        start=days - HALF_A_DAY,
        end=days + HALF_A_DAY,
    )
    tooltip = [
        alt.Tooltip(f"t{place}:N", title=name) for place, name in enumerate(columns)
    ]
    return hover_bands(texts, [alt.Tooltip("when:N", title=" "), *tooltip])
