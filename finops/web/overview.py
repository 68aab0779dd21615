"""The parts of the overview: figures, what stands out, movers, top services."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.allocation import daily_cost
from finops.analysis.cost_table import currency_of
from finops.analysis.insights import Insight, InsightKind
from finops.focus import USAGE_CATEGORIES
from finops.periods import ChargePeriod, Preset
from finops.web import anomalies, drill, states
from finops.web.cards import chart
from finops.web.compared import compared
from finops.web.days import ACCOUNT, SERVICE, Days
from finops.web.figures import Figure, cost_in, show_cost, tile
from finops.web.filters import Chosen, period_label
from finops.web.ranking import ranking
from finops.web.session import ask, workspace
from finops.web.texts import md
from finops.workspace import AccountsSummary, Scope, Workspace

WEEK: Final = 7

MOST_INSIGHTS: Final = 4

ICONS: Final[dict[InsightKind, str]] = {
    "growth": ":material/trending_up:",
    "near_production": ":material/warning:",
    "cost_ratio": ":material/balance:",
    "service_mix": ":material/donut_small:",
    "shared_service": ":material/hub:",
}
"""Each kind of insight, the most urgent first."""


def split_text(days: Days) -> str:
    """What the cost over time is split by."""
    names = {ACCOUNT: "Per day, by account", SERVICE: "Per day, by service"}
    return names.get(days.by or "", "Per day")


def show_figures(chosen: Chosen, summary: AccountsSummary, days: Days) -> None:
    """Five figures, each against the like-for-like period before."""
    currency = summary.currency
    if days.problems != summary.costs.problems:
        days = days.without_before(chosen.scope.period)
    as_of, extent = workspace().as_of, days.extent
    with st.grid(5, min_column_width=165, gap="small"):
        whole = cost_in(days.total, chosen.scope.period, extent=extent)
        show_cost(chosen.period_label, whole, currency)
        week = cost_in(
            days.total, ChargePeriod.last_days(WEEK, as_of=as_of), extent=extent
        )
        show_cost("Per day, last 7 days", week, currency, per_day=True)
        preset: Preset = "Month to date"
        if chosen.preset == preset:
            preset = "30 days"
        other = cost_in(days.total, workspace().period(preset), extent=extent)
        show_cost(period_label(preset), other, currency)
        _show_largest(days, whole, currency)
        _show_apart(chosen.scope, currency)


def show_what_stands_out(summary: AccountsSummary) -> None:
    """The newest anomalies, the most urgent insights, and where all of them are."""
    order = list(ICONS)
    urgent = sorted(summary.insights, key=lambda insight: order.index(insight.kind))
    named = anomalies.show_newest(summary.scope)
    room = MOST_INSIGHTS - named
    if not urgent and not named:
        show_no_insights(summary)
    for insight in urgent[:room]:
        show_insight(insight)
    with st.container(horizontal=True):
        if named:
            st.page_link(anomalies.PAGE, label="All anomalies")
        if len(urgent) > room:
            st.page_link(
                "pages/understand/accounts.py", label=f"All {len(urgent)} on Accounts"
            )


def show_no_insights(summary: AccountsSummary) -> None:
    """Why there is none."""
    states.sentence(
        "Nothing stands out between these accounts in this period."
        if len(summary.accounts) > 1
        else "It takes two accounts to compare them."
    )


def show_insight(insight: Insight) -> None:
    """What stands out, with its advice."""
    st.markdown(
        f"{ICONS[insight.kind]} {md(insight.text)}  \n:gray[{md(insight.advice)}]"
    )


def show_movers(scope: Scope) -> None:
    """The services that moved most against the period before."""
    if not _knows_services():
        return
    changes = compared(scope, SERVICE)
    if changes is None:
        earlier = formats.days(scope.period.before())
        states.sentence(f"What was spent from {earlier} is not known in full.")
        return
    if not charts.has_movers(changes.variance.rows):
        states.sentence("No service moved in this period.")
        return
    chart(
        "top_movers",
        scope,
        lambda: charts.top_movers(changes.variance.rows, SERVICE, changes.currency),
        on_pick=lambda: drill.open_picked("top_movers", SERVICE),
    )


def show_top_services(scope: Scope) -> None:
    """The services that cost most."""
    if not _knows_services():
        return
    costs = ask(Workspace.cost_by, scope, SERVICE)
    chart(
        "top_services",
        scope,
        lambda: charts.top_costs(
            costs.table,
            SERVICE,
            scope.metric,
            currency_of(costs.table),
            ranking=ranking(SERVICE),
        ),
        on_pick=lambda: drill.open_picked("top_services", SERVICE),
    )


def _knows_services() -> bool:
    if SERVICE in workspace().source.dimensions:
        return True
    states.sentence(
        f"{workspace().source.name} does not say which service a cost is for."
    )
    return False


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
