"""The figures at the head of the overview, each against the like-for-like time before."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from finops import charts, formats
from finops.analysis.allocation import daily_cost
from finops.focus import USAGE_CATEGORIES
from finops.periods import ChargePeriod, Preset
from finops.web.ahead import show_total
from finops.web.days import Days
from finops.web.figures import Figure, cost_in, show_cost, tile
from finops.web.filters import Chosen, shown_label
from finops.web.session import ask, workspace
from finops.web.texts import md
from finops.workspace import AccountsSummary, Scope, Workspace
from finops.workspace.ahead import Ahead
from finops.workspace.scenarios import Scenario

BESIDE: Final[tuple[Preset, ...]] = ("Month to date", "30 days", "7 days")
"""The first of these that differs stands beside the period that was chosen."""


def show_figures(
    chosen: Chosen, summary: AccountsSummary, days: Days
) -> DeltaGenerator:
    """Four figures against the like-for-like period before, and room for a fifth.

    The fifth is what comes; it takes longer to work out.
    """
    currency = summary.currency
    if days.problems != summary.costs.problems:
        days = days.without_before(chosen.scope.period)
    extent = days.extent
    with st.grid(5, min_column_width=165, gap="small"):
        whole = cost_in(days.total, chosen.scope.period, extent=extent)
        show_cost(chosen.period_label, whole, currency)
        room = st.container(height="stretch")
        for preset, period in _other_periods(chosen.scope.period)[:1]:
            other = cost_in(days.total, period, extent=extent)
            show_cost(shown_label(preset, period), other, currency)
        _show_largest(days, whole, currency)
        _show_apart(chosen.scope, currency)
    return room


def show_next_30_days(ahead: Ahead | None) -> None:
    """What the next 30 days cost, against the last 30."""
    if ahead is None:
        tile(
            "Next 30 days",
            formats.UNKNOWN,
            points=pd.Series(dtype=float),
            note="These costs cannot be forecast; the page Forecast says why.",
            beside="no forecast",
        )
    else:
        show_total(ahead, Scenario(ahead))


def _other_periods(shown: ChargePeriod) -> list[tuple[Preset, ChargePeriod]]:
    """The usual periods, as far as they are known, that are not `shown` already."""
    known = [(preset, workspace().period(preset)) for preset in BESIDE]
    return [(preset, period) for preset, period in known if period != shown]


def _show_largest(days: Days, whole: Figure, currency: str) -> None:
    name = days.largest(whole.period)
    if name is None or whole.amount <= 0:
        return
    own = cost_in(days.of(name), whole.period, extent=days.extent)
    share = formats.percent(own.amount / whole.amount)
    show_cost(f"{md(charts.short(name))}, {share} of all", own, currency)


def _show_apart(scope: Scope, currency: str) -> None:
    """Taxes and credits, which are never silently netted with usage."""
    if "ChargeCategory" not in workspace().source.dimensions:
        return
    everything = replace(scope, charges="all")
    costs = ask(Workspace.cost_by, everything, "ChargeCategory", granularity="day")
    apart = costs.table[~costs.table["ChargeCategory"].isin(USAGE_CATEGORIES)]
    totals = apart.groupby("ChargeCategory", dropna=False)[scope.metric].sum()
    each = [
        f"{name}: {formats.money(cost, currency)}." for name, cost in totals.items()
    ]
    days = pd.date_range(scope.period.start, scope.period.last_day, tz="UTC")
    tile(
        "Taxes and credits",
        formats.money(float(totals.sum()), currency, cents=False),
        beside="in the total" if scope.charges == "all" else "not in the total",
        points=daily_cost(apart, scope.metric).reindex(days, fill_value=0.0),
        note=md(" ".join(each) or "None in this period."),
        bars=True,
    )
