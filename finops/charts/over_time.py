"""How cost runs over time, in stacked bars or in lines."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, cast

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import in_words, largest_groups, short
from finops.charts.look import (
    HOVER,
    LEGEND,
    MUTED,
    TO_BOTTOM,
    TOP,
    finished,
    group_colour,
    hover_selection,
    legend_selection,
    money_axis,
    opacity_if,
)
from finops.focus import DATE_COLUMN, METRIC_NAMES, Granularity, Metric

MOST_DAYS: Final = 100
"""Longer stretches of days are drawn by week."""

BAR_WIDTH: Final = 0.84
"""The part of its day, week or month that a bar covers."""

MOST_LABELS: Final = 8
"""How many dates are written under a chart at most."""

HEIGHT: Final = 300

USUAL: Final = (80.0, 120.0)
"""Percentages of an average that an axis always shows."""

Step = Literal["day", "week", "month"]

DAYS_IN: Final = {"day": 1, "week": 7, "month": 30}


def cost_over_time(
    table: pd.DataFrame,
    by: str | None,
    metric: Metric,
    currency: str,
    *,
    granularity: Granularity = "day",
    ranking: tuple[str, ...] = (),
) -> alt.LayerChart:
    """Stacked bars of cost per day, per day of each week, or per month."""
    series = _series(table, by, metric, granularity)
    bars = (
        alt.Chart(_stacked(series))
        .mark_rect()
        .encode(
            x=_dates(series, "start"),
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
        _hover(series, metric, currency),
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
    whole = _series(table, by, metric, "day")
    series = replace(whole, wide=whole.wide.loc[pd.Timestamp(start) :])
    means = series.wide.mean()
    lasting = [name for name in series.names if means[name] > 0]
    smooth = whole.smoothed.loc[pd.Timestamp(start) :, lasting]
    relative = 100 * smooth / means[lasting]
    lines = (
        alt.Chart(_long(relative, "percent"))
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


@dataclass(frozen=True, slots=True, eq=False)
class _Series:
    """Cost per date (rows) and group (columns), as it is drawn."""

    wide: pd.DataFrame
    names: tuple[str, ...]
    step: Step

    @property
    def dates(self) -> pd.DatetimeIndex:
        """The first day of each bar."""
        return cast("pd.DatetimeIndex", self.wide.index)

    @property
    def unit(self) -> str:
        """What a bar's height is per."""
        return "month" if self.step == "month" else "day"

    @property
    def smoothed(self) -> pd.DataFrame:
        """The mean of seven days, which takes out the weekly rhythm."""
        window = 7 if self.step == "day" and len(self.wide) > DAYS_IN["week"] else 1
        return self.wide.rolling(window, min_periods=1).mean()


def _series(
    table: pd.DataFrame, by: str | None, metric: Metric, granularity: Granularity
) -> _Series:
    groups = largest_groups(table, by, metric)
    wide = groups.table.pivot_table(
        index=DATE_COLUMN, columns="group", values="cost", aggfunc="sum", fill_value=0.0
    )
    wide = wide.tz_localize(None).reindex(columns=list(groups.names), fill_value=0.0)
    if granularity == "month":
        return _Series(wide.asfreq("MS", fill_value=0.0), groups.names, "month")
    daily = wide.asfreq("D", fill_value=0.0)
    if len(daily) <= MOST_DAYS:
        return _Series(daily, groups.names, "day")
    weekly = daily.resample("W-MON", label="left", closed="left").mean()
    return _Series(weekly, groups.names, "week")


def _stacked(series: _Series) -> pd.DataFrame:
    """One row per bar; what lowers the cost hangs below zero."""
    wide = series.wide
    above, below = wide.clip(lower=0.0), wide.clip(upper=0.0)
    high = above.cumsum(axis=1).where(wide >= 0, below.cumsum(axis=1))
    half = pd.Timedelta(days=DAYS_IN[series.step] * BAR_WIDTH / 2)
    bars = _long(high, "high").assign(cost=_long(wide, "cost")["cost"])
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


def _long(wide: pd.DataFrame, values: str) -> pd.DataFrame:
    """One row per date and group."""
    dated = wide.rename_axis("date").reset_index()
    long = dated.melt("date", var_name="group", value_name=values)
    return long.astype({"group": "str"})


def _dates(series: _Series, field: str) -> alt.X:
    dates = series.dates
    every = -(-len(dates) // MOST_LABELS)
    axis = alt.Axis(
        title=None,
        format="%b %Y" if series.step == "month" else "%-d %b",
        values=[_local(day) for day in dates[::-1][::every][::-1]],
        labelOverlap="greedy",
        labelSeparation=12,
        grid=False,
    )
    return alt.X(f"{field}:T", axis=axis, scale=alt.Scale(nice=False))


def _local(moment: pd.Timestamp) -> alt.DateTime:
    """`moment` in the browser's own time zone, where the dates are shown too."""
    return alt.DateTime(year=moment.year, month=moment.month, date=moment.day)


def _hover(series: _Series, metric: Metric, currency: str) -> alt.Chart:
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
    )
    half = pd.Timedelta(days=DAYS_IN[series.step] / 2)
    bands = texts.assign(
        when=[_when(day, series.step) for day in series.dates],
        start=series.dates - half,
        end=series.dates + half,
    )
    tooltip = [alt.Tooltip("when:N", title=METRIC_NAMES[metric])] + [
        alt.Tooltip(f"t{place}:N", title=short(name))
        for place, name in enumerate(columns)
    ]
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


def _when(day: pd.Timestamp, step: Step) -> str:
    match step:
        case "day":
            return f"{day:%A}, {formats.day(day)}"
        case "week":
            return f"per day, week from {formats.day(day)}"
        case "month":
            return f"{day:%B %Y}"


def _description(series: _Series, currency: str) -> str:
    dates = series.dates
    means = series.wide.mean()
    texts = [formats.money(means[name], currency) for name in series.names]
    return (
        f"Cost per {series.unit} from {formats.day(dates[0])} to "
        f"{formats.day(dates[-1])}; on average {in_words(series.names, texts)}."
    )
