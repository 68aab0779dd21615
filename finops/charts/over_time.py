"""How cost runs over time, in stacked bars or in lines."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import in_words, short
from finops.charts.look import (
    LEGEND,
    dates_across,
    finished,
    group_colour,
    hover_bands,
    legend_selection,
    money_axis,
    opacity_if,
)
from finops.charts.paths import Plane, joined, local_days
from finops.charts.series import DAYS_IN, Series, long, series_of, when
from finops.focus import METRIC_NAMES, Granularity, Metric

BAR_WIDTH: Final = 0.84
"""The part of its day, week or month that a bar covers."""

HEIGHT: Final = 300

USUAL: Final = (80.0, 120.0)
"""Percentages of an average that an axis always shows."""


def cost_over_time(
    table: pd.DataFrame,
    by: str | None,
    metric: Metric,
    currency: str,
    *,
    granularity: Granularity = "day",
    ranking: tuple[str, ...] = (),
    ahead: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """Stacked bars of cost per day, per day of each week, or per month.

    Args:
        table: Costs per day or month.
        by: The column of groups; None for the cost as a whole.
        metric: Which cost is meant.
        currency: The currency of the costs.
        granularity: What a row of `table` is for.
        ranking: The groups in the order that gives them their colours.
        ahead: The coming days, right after those of `table`: the columns of
            `Forecast.daily`.
    """
    series = series_of(table, by, metric, granularity)
    coming = _coming(series, ahead)
    bars = (
        alt.Chart(_stacked(series))
        .mark_rect()
        .encode(
            x=_dates(series, "start", coming),
            x2="end:T",
            y=alt.Y("low:Q", axis=money_axis(currency, per=series.unit)),
            y2="high:Q",
            color=group_colour(series.names, ranking, legend=len(series.names) > 1),
            opacity=opacity_if(LEGEND, 1, 0.2),
        )
        .add_params(legend_selection())
    )
    return finished(
        bars,
        *_fan(series, coming, currency),
        _hover(series, metric, currency, coming),
        height=HEIGHT,
        top=14,
        description=_description(series, currency),
    )


def cost_trends(
    table: pd.DataFrame,
    by: str,
    metric: Metric,
    currency: str,
    *,
    start: date,
    ranking: tuple[str, ...] = (),
) -> alt.LayerChart:
    """One line per group, each as a percentage of its own average.

    Accounts of very different size can be compared this way: a line at 120
    lies a fifth above what that account usually costs.

    Args:
        table: Costs per day, from a week before `start` where there are any.
        by: The column of groups.
        metric: Which cost is meant.
        currency: The currency of the costs.
        start: The first day that is shown.
        ranking: The groups in the order that gives them their colours.
    """
    whole = series_of(table, by, metric, "day")
    series = replace(whole, wide=whole.wide.loc[pd.Timestamp(start) :])
    means = series.wide.mean()
    lasting = [name for name in series.names if means[name] > 0]
    smooth = whole.smoothed.loc[pd.Timestamp(start) :, lasting]
    relative = 100 * smooth / means[lasting]
    lines = (
        alt.Chart(long(relative, "percent"))
        .mark_line(strokeWidth=2, interpolate="monotone", clip=True)
        .encode(
            x=_dates(series, "date"),
            y=alt.Y(
                "percent:Q",
                scale=alt.Scale(domain=_percent_domain(relative), nice=False),
                axis=alt.Axis(
                    title="% of the account's average (7 days)",
                    titleAngle=0,
                    titleAlign="left",
                    titleAnchor="end",
                    titleX=0,
                    titleY=-10,
                    labelExpr="datum.label + ' %'",
                    tickCount=4,
                ),
            ),
            color=group_colour(lasting, ranking, lines=True),
            opacity=opacity_if(LEGEND, 1, 0.2),
        )
        .add_params(legend_selection())
    )
    return finished(
        lines,
        _hover(series, metric, currency),
        height=HEIGHT,
        top=14,
        description=_description(series, currency),
    )


def _stacked(series: Series) -> pd.DataFrame:
    """One row per bar; what lowers the cost hangs below zero."""
    wide = series.wide
    above, below = wide.clip(lower=0.0), wide.clip(upper=0.0)
    high = above.cumsum(axis=1).where(wide >= 0, below.cumsum(axis=1))
    half = pd.Timedelta(days=DAYS_IN[series.step] * BAR_WIDTH / 2)
    bars = long(high, "high").assign(cost=long(wide, "cost")["cost"])
    bars = bars[bars["cost"] != 0]
    return bars.assign(
        low=bars["high"] - bars["cost"],
        start=bars["date"] - half,
        end=bars["date"] + half,
    )[["group", "start", "end", "low", "high"]]


def _percent_domain(relative: pd.DataFrame) -> list[float]:
    """Wide enough that a small move looks small."""
    low, high = relative.min().min(), relative.max().max()
    return [
        min(USUAL[0], 10 * math.floor(low / 10)),
        max(USUAL[1], 10 * math.ceil(high / 10)),
    ]


def _coming(series: Series, ahead: pd.DataFrame | None) -> pd.DataFrame:
    """The coming days as `series` has the known ones, with its last one in front."""
    if ahead is None or series.wide.empty:
        return pd.DataFrame(columns=["cost", "low80", "high80"])
    days = local_days(ahead)[["cost", "low80", "high80"]]
    if series.step == "week":
        days = days.resample("W-MON", label="left", closed="left").mean()
        days = days.loc[days.index > series.dates[-1]]
    return days


def _fan(series: Series, coming: pd.DataFrame, currency: str) -> list[alt.Chart]:
    """What is expected of the coming days, in the band of 80 of 100 cases."""
    if coming.empty:
        return []
    total = series.wide.sum(axis=1).to_frame("cost")
    plane = Plane(
        _dates(series, "date", coming),
        money_axis(currency, per=series.unit),
        alt.Scale(),
    )
    path = joined(total, coming)
    return [*plane.bands(path), plane.line(path, dashed=True, muted=True)]


def _dates(series: Series, field: str, coming: pd.DataFrame | None = None) -> alt.X:
    dates = series.dates
    if coming is not None and len(coming):
        dates = pd.DatetimeIndex(dates.append(coming.index))
    return dates_across(dates, field, monthly=series.step == "month")


def _hover(
    series: Series,
    metric: Metric,
    currency: str,
    coming: pd.DataFrame | None = None,
) -> alt.Chart:
    """A band over each date that tells all of its figures."""
    total = series.wide.sum(axis=1)
    columns = {"Total": total} if len(series.names) > 1 else {}
    columns |= {name: series.wide[name] for name in series.names}
    texts = pd.DataFrame(
        {
            f"t{place}": [formats.money(cost, currency) for cost in column]
            for place, column in enumerate(columns.values())
        },
        index=series.wide.index,
    ).assign(when=[when(day, series.step) for day in series.dates])
    if coming is not None and len(coming):
        texts = pd.concat([texts, _expected_texts(series, coming, currency)])
    half = pd.Timedelta(days=DAYS_IN[series.step] / 2)
    dates = pd.DatetimeIndex(texts.index)
    bands = texts.assign(start=dates - half, end=dates + half).fillna("")
    tooltip = [alt.Tooltip("when:N", title=METRIC_NAMES[metric])] + [
        alt.Tooltip(f"t{place}:N", title=short(name))
        for place, name in enumerate(columns)
    ]
    return hover_bands(bands, tooltip)


def _expected_texts(
    series: Series, coming: pd.DataFrame, currency: str
) -> pd.DataFrame:
    """What the coming days say: their cost, and its range."""
    low, high = (
        [formats.money(cost, currency) for cost in coming[side]]
        for side in ("low80", "high80")
    )
    costs = [formats.money(cost, currency) for cost in coming["cost"]]
    return pd.DataFrame(
        {
            "when": [f"{when(day, series.step)}, expected" for day in coming.index],
            "t0": [
                f"{cost} ({start} to {end})"
                for cost, start, end in zip(costs, low, high, strict=True)
            ],
        },
        coming.index,
    )


def _description(series: Series, currency: str) -> str:
    dates = series.dates
    means = series.wide.mean()
    texts = [formats.money(means[name], currency) for name in series.names]
    return (
        f"Cost per {series.unit} from {formats.day(dates[0])} to "
        f"{formats.day(dates[-1])}; on average {in_words(series.names, texts)}."
    )
