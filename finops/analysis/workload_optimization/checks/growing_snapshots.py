"""Where do snapshots only ever become more?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from finops import formats
from finops.analysis.workload_optimization.findings import Check, Finding, at_most
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.usage import Usage
from finops.focus import DATE_COLUMN

WEEK: Final = 7

FOUR_WEEKS: Final = 28
"""Fewer days than this say nothing of growth."""

GROWTH: Final = 1.02
"""The last week costs this many times the first, or more."""

NOTABLE: Final = 5.0
"""An amount a month below which it is not worth the work."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each account and region whose snapshots cost more from week to week."""
    days = usage.days[usage.days["meter"].str.fullmatch(CHECK.meters, na=False)]
    places = days.groupby(["account", "account_id", "region"], dropna=False)
    for (account, account_id, region), rows in places:
        daily = rows.groupby(DATE_COLUMN)[["cost", "monthly"]].sum()
        if grows(daily["monthly"]):
            line = Line.of_account(
                str(account),
                account_id,
                daily["cost"],
                region=region,
                monthly=float(daily["monthly"].tail(WEEK).mean()),
            )
            yield _finding(line, usage, float(daily["monthly"].head(WEEK).mean()))


def grows(monthly: pd.Series[float]) -> bool:
    """Whether four weeks or more end dearer than they began.

    By what a month of each day costs: a day of a short month costs more than
    one of a long month, though nothing grew.
    """
    before, after = monthly.head(WEEK).mean(), monthly.tail(WEEK).mean()
    enough = len(monthly) >= FOUR_WEEKS and after >= NOTABLE
    return bool(enough and after >= GROWTH * before)


def _finding(line: Line, usage: Usage, before: float) -> Finding:
    more = formats.change(line.monthly - before, usage.currency)
    place = f" in {line.region}" if line.region else ""
    return at_most(
        line,
        usage,
        title=f"Let the snapshots{place} expire by a lifecycle policy",
        bill=f"at the end of the period, {more} against its first week",
        why="it depends on how long snapshots must be kept",
    )


CHECK: Final = Check(
    kind="ebs_snapshots_growing",
    name="Growing snapshots",
    action="Configure",
    risk="low",
    effort="quick_win",
    rule="Snapshots cost 5 a month or more, and the last week of four or more costs 2 % "
    "more than the first",
    service="Amazon Elastic Compute Cloud",
    meters=r"EBS:SnapshotUsage",
    find=find,
)
