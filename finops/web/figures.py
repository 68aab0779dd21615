"""The figures at the head of a page: an amount, and like for like before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.periods import ChargePeriod
from finops.web.texts import dollars

NOTABLE: Final = 0.05
"""Smaller changes than this are grey: costs always move a little."""

MOST_POINTS: Final = 120
"""A sparkline needs no more points."""


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A cost in a period, with its days, and the like-for-like period before.

    Attributes:
        before: None where the source does not reach that far back.
    """

    period: ChargePeriod
    amount: float
    before: float | None
    daily: pd.Series[float]

    @property
    def relative(self) -> float | None:
        """The change as a part of the earlier cost; None where that is unknown."""
        if self.before is None or self.before <= 0:
            return None
        return self.amount / self.before - 1


def cost_in(
    daily: pd.Series[float], period: ChargePeriod, *, extent: ChargePeriod
) -> Figure:
    """The cost of `period` and of the like-for-like period before it.

    Args:
        daily: Cost per day, of both periods.
        period: The days that are asked for.
        extent: The days that the source knows.
    """
    earlier = period.before()
    known = extent.start <= earlier.start
    return Figure(
        period,
        float(_within(daily, period).sum()),
        float(_within(daily, earlier).sum()) if known else None,
        _within(daily, period),
    )


def show_cost(
    label: str, figure: Figure, currency: str, *, per_day: bool = False
) -> None:
    """A tile with a cost, its change against the period before, and its days."""
    days = figure.period.days if per_day else 1
    before = formats.money(figure.before, currency)
    tile(
        label,
        formats.money(figure.amount / days, currency, cents=per_day),
        change=figure.relative,
        beside=f"vs prior {figure.period.days} d"
        if figure.relative is not None
        else "nothing earlier to compare",
        points=figure.daily,
        note=f"{formats.money(figure.amount, currency)} in "
        f"{formats.days(figure.period)}, {before} in "
        f"{formats.days(figure.period.before())}.",
    )


def tile(
    label: str,
    text: str,
    *,
    points: pd.Series[float],
    note: str,
    beside: str,
    change: float | None = None,
    bars: bool = False,
) -> None:
    """A bordered figure; a change is red for more and green for less.

    Args:
        label: What the figure is; Markdown.
        text: The figure.
        points: What the figure is made of, day by day.
        note: What the tooltip says; Markdown.
        beside: What stands beside the change.
        change: By which part it has changed; None where that is not known.
        bars: Whether the days are drawn as bars.
    """
    delta = None if change is None else formats.percent(change, signed=True)
    st.metric(
        label,
        dollars(text),
        0 if delta == formats.percent(0.0) else delta,
        delta_color="inverse" if abs(change or 0.0) >= NOTABLE else "off",
        delta_description=beside,
        border=True,
        height="stretch",
        chart_data=points.tail(MOST_POINTS).round(2).tolist() or None,
        chart_type="bar" if bars else "area",
        help=dollars(note),
    )


def _within(daily: pd.Series[float], period: ChargePeriod) -> pd.Series[float]:
    start = pd.Timestamp(period.start, tz="UTC")
    last = pd.Timestamp(period.last_day, tz="UTC")
    return daily.loc[start:last]
