"""Which costs are watched, and on which days did one of them leave its level?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, cast

import numpy as np
import pandas as pd

from finops.analysis.allocation import (
    ACCOUNT_KEYS,
    with_account_labels,
    with_accounts,
)
from finops.analysis.anomalies.causes import Value
from finops.analysis.anomalies.days import Days
from finops.analysis.anomalies.rhythm import WEEK, Rhythm
from finops.analysis.anomalies.steps import Step, find_steps
from finops.analysis.cost_table import with_null_columns
from finops.focus import DATE_COLUMN, Metric
from finops.periods import DAY, ChargePeriod

SERIES_KEYS: Final = (*ACCOUNT_KEYS, "ServiceName")
"""What is watched: each service of each account."""

SMALLEST_PART: Final = 0.01
"""What moves by less of the whole bill's average day is not worth a look."""

SMALLEST_OF_ACCOUNT: Final = 0.25
"""Nor what moves by less of the average account's, where there are many."""

NEWEST: Final = WEEK
"""The last days are judged by what was usual before them; others by both sides."""

BEFORE: Final = timedelta(weeks=8)
"""How much of the time before a period tells what is usual in it."""

AFTER: Final = timedelta(weeks=4)
"""How much of the time after it, where that has passed."""

PIECE: Final = timedelta(weeks=13)
"""A longer period is judged in pieces of this length."""

SURE: Final = 4 * WEEK
"""With fewer days, each weekday has too few peers to be sure of."""


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What one service costs one account per day.

    Attributes:
        account: What to call the account; empty where the bill has none.
        keys: The values that single it out, of the dimensions that it has.
        costs: One value a day without gaps; NaN where it is not known.
    """

    account: str
    keys: Mapping[str, Value]
    costs: pd.Series[float]

    @property
    def dates(self) -> pd.DatetimeIndex:
        """The days, in UTC."""
        return cast("pd.DatetimeIndex", self.costs.index)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One step in a watched cost."""

    watched: Watched
    days: Days
    step: Step

    @property
    def period(self) -> ChargePeriod:
        """The days of the step."""
        dates = self.watched.dates
        first, last = dates[self.step.start], dates[self.step.end - 1]
        return ChargePeriod(first.date(), last.date() + DAY)

    @property
    def cost(self) -> float:
        """What these days cost."""
        return float(np.nansum(self.days.amounts[self.step.start : self.step.end]))

    @property
    def expected(self) -> float:
        """What they would have cost on the level before."""
        step = self.step
        usual = self.days.expected(step.before, step.start, step.end)
        return float(np.nansum(usual))

    @property
    def impact(self) -> float:
        """The cost above what was expected; negative for less."""
        return self.cost - self.expected

    @property
    def on(self) -> list[pd.Timestamp]:
        """The days of the step, as a cost table has them."""
        return list(self.watched.dates[self.step.start : self.step.end])

    @property
    def reference(self) -> list[pd.Timestamp]:
        """The days that they are compared with."""
        return list(self.watched.dates[list(self.step.reference)])


def watched(
    table: pd.DataFrame,
    metric: Metric,
    history: ChargePeriod,
    *,
    smallest: float,
    unread: Sequence[str] = (),
) -> list[Watched]:
    """Each account's cost per service and day, where it is large enough to matter.

    Args:
        table: Cost per day by some of `SERIES_KEYS`.
        metric: Which cost is watched.
        history: The days that are known.
        smallest: What costs less on every day does not matter.
        unread: Accounts of which not all days could be read.
    """
    known = with_null_columns(_finite(table, metric), SERIES_KEYS)
    charges = with_accounts(known).assign(label=with_account_labels(known)["account"])
    charges = charges[~charges["SubAccountName"].isin(unread)]
    keys = ["account", "ServiceName"]
    highest = charges.groupby(keys, dropna=False)[metric].transform("max")
    large = charges[highest >= smallest]
    days = pd.date_range(history.start, history.last_day, tz="UTC", unit="us")
    known_keys = [name for name in SERIES_KEYS if name in table]
    groups = large.groupby(keys, dropna=False)
    return [_watched(rows, metric, days, known_keys) for _, rows in groups]


def _finite(table: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    """`table` without costs that are no amounts."""
    return table.assign(**{metric: table[metric].where(np.isfinite(table[metric]))})


def smallest(
    table: pd.DataFrame, metric: Metric, history: ChargePeriod, *, accounts: int
) -> float:
    """An amount a day that is not worth a look; it grows with the bill.

    Among hundreds of accounts it is a part of what one of them costs: no service
    of one makes a hundredth of such a bill.
    """
    part = min(SMALLEST_PART, SMALLEST_OF_ACCOUNT / accounts)
    totals = _finite(table, metric).groupby(DATE_COLUMN)[metric].sum().clip(lower=0.0)
    return part * float(totals.sum()) / history.days


def _watched(
    rows: pd.DataFrame, metric: Metric, days: pd.DatetimeIndex, names: Sequence[str]
) -> Watched:
    """The cost of each day; a day without charges costs nothing."""
    newest = rows.iloc[-1]
    keys = {
        name: newest[name] if isinstance(newest[name], str) else None for name in names
    }
    costs = rows.groupby(DATE_COLUMN)[metric].sum(min_count=1)
    named = any(name in names for name in ACCOUNT_KEYS)
    label = str(newest["label"]) if named else ""
    return Watched(label, keys, costs.reindex(days, fill_value=0.0))


def sightings(
    series: Sequence[Watched],
    period: ChargePeriod,
    *,
    smallest: float,
    restated: int = 0,
) -> list[Sighting]:
    """Every step that touches `period`, in each of `series`.

    Args:
        series: What is watched.
        period: The days to speak of.
        smallest: An amount a day that is not worth a look.
        restated: How many of the last days may be incomplete.
    """
    return [
        sighting
        for each in series
        for part in _pieces(period)
        for sighting in _sightings(each, part, smallest=smallest, restated=restated)
        if sighting.period.start in part
        or (part.start == period.start and sighting.period.overlap(part))
    ]


def _pieces(period: ChargePeriod) -> Iterator[ChargePeriod]:
    """A long period in pieces: in a year, the rhythm and the noise change."""
    start = period.start
    while period.end - start >= 2 * PIECE:
        yield ChargePeriod(start, start + PIECE)
        start += PIECE
    yield ChargePeriod(start, period.end)


def _sightings(
    series: Watched, part: ChargePeriod, *, smallest: float, restated: int
) -> Iterator[Sighting]:
    """The steps of one cost, judged by the time around `part`."""
    first, last = part.start - BEFORE, part.end + AFTER - DAY
    around = series.costs.loc[
        pd.Timestamp(first, tz="UTC") : pd.Timestamp(last, tz="UTC")
    ]
    is_newest = around.index[-1] == series.dates[-1]
    days = Days.of(
        around,
        usual(around),
        smallest=smallest,
        restated=restated if is_newest else 0,
    )
    window = replace(series, costs=around)
    for step in find_steps(days):
        yield Sighting(window, days, step)


def usual(costs: pd.Series[float]) -> Rhythm:
    """The rhythm of a cost, from all days but the newest where those suffice."""
    before = costs.iloc[:-NEWEST]
    suffices = len(before) >= SURE and bool((before > 0).any())
    return Rhythm.of(before if suffices else costs)
