"""Cost per date and group, in days, weeks or months, as charts draw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

import pandas as pd

from finops import formats
from finops.charts.groups import largest_groups
from finops.focus import DATE_COLUMN, Granularity, Metric

MOST_DAYS: Final = 100
"""Longer stretches of days are drawn by week."""

Step = Literal["day", "week", "month"]

DAYS_IN: Final = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True, slots=True, eq=False)
class Series:
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


def series_of(
    table: pd.DataFrame, by: str | None, metric: Metric, granularity: Granularity
) -> Series:
    """The largest groups of `table` by name, in steps that are few enough to draw."""
    groups = largest_groups(table, by, metric)
    wide = groups.table.pivot_table(
        index=DATE_COLUMN, columns="group", values="cost", aggfunc="sum", fill_value=0.0
    )
    wide = wide.tz_localize(None).reindex(columns=list(groups.names), fill_value=0.0)
    if granularity == "month":
        return Series(wide.asfreq("MS", fill_value=0.0), groups.names, "month")
    daily = wide.asfreq("D", fill_value=0.0)
    if len(daily) <= MOST_DAYS:
        return Series(daily, groups.names, "day")
    weekly = daily.resample("W-MON", label="left", closed="left").mean()
    return Series(weekly, groups.names, "week")


def long(wide: pd.DataFrame, values: str) -> pd.DataFrame:
    """One row per date and group."""
    dated = wide.rename_axis("date").reset_index()
    long = dated.melt("date", var_name="group", value_name=values)
    return long.astype({"group": "str"})


def when(day: pd.Timestamp, step: Step) -> str:
    """A date as it is told when it is pointed at."""
    match step:
        case "day":
            return f"{day:%A}, {formats.day(day)}"
        case "week":
            return f"per day, week from {formats.day(day)}"
        case "month":
            return f"{day:%B %Y}"
