"""The parts of the overview: figures, what stands out, movers, top services."""

from __future__ import annotations

from typing import Final

import streamlit as st

from finops import charts, formats
from finops.analysis.cost_table import currency_of
from finops.analysis.insights import Insight, InsightKind
from finops.commentary.moves import change_sentences
from finops.errors import FinOpsError
from finops.web import anomalies, commentary, drill, session, states
from finops.web.ahead import ahead_of
from finops.web.cards import chart
from finops.web.compared import compared
from finops.web.days import ACCOUNT, SERVICE, Days
from finops.web.filters import Chosen
from finops.web.ranking import ranking
from finops.web.reporting import show_report
from finops.web.session import ask, workspace
from finops.web.texts import md
from finops.web.tour import show_tour
from finops.workspace import AccountsSummary, Scope, Workspace
from finops.workspace.ahead import Ahead
from finops.workspace.forecasts import DEFAULT_DAYS
from finops.workspace.known import moved_facts

MOST_INSIGHTS: Final = 4

ICONS: Final[dict[InsightKind, str]] = {
    "growth": ":material/trending_up:",
    "near_production": ":material/warning:",
    "cost_ratio": ":material/balance:",
    "service_mix": ":material/donut_small:",
    "shared_service": ":material/hub:",
}
"""Each kind of insight, the most urgent first."""


def show_ways_on(scope: Scope) -> None:
    """The tour of the demo, and the report."""
    show_tour()
    show_report(scope)


def split_text(days: Days, ahead: Ahead | None) -> str:
    """What the cost over time is split by, and what follows it."""
    names = {ACCOUNT: "Per day, by account", SERVICE: "Per day, by service"}
    split = names.get(days.by or "", "Per day")
    return f"{split}; dashed as expected, in 80 of 100 cases" if ahead else split


def coming_days(scope: Scope) -> Ahead | None:
    """What comes; None where it cannot be forecast, which the page can do without."""
    try:
        return ahead_of(scope)
    except FinOpsError:
        return None


def show_cost_so_far(chosen: Chosen, days: Days, currency: str) -> None:
    """The cost of each day, while what comes is still worked out."""
    scope = chosen.scope
    chart(
        "cost_so_far",
        scope,
        lambda: charts.cost_over_time(
            days.within(scope.period),
            days.by,
            scope.metric,
            currency,
            ranking=ranking(days.by),
        ),
        height="stretch",
    )


def show_cost_over_time(
    chosen: Chosen, days: Days, currency: str, ahead: Ahead | None
) -> None:
    """The cost of each day, and what is expected of the days right after."""
    scope = chosen.scope
    shown = days.within(scope.period)
    reaches = ahead and scope.period.last_day == ahead.as_of
    coming = max(1, min(scope.period.days // 2, DEFAULT_DAYS))
    chart(
        "cost_over_time",
        scope,
        lambda: charts.cost_over_time(
            shown,
            days.by,
            scope.metric,
            currency,
            ranking=ranking(days.by),
            ahead=ahead.forecast.daily.head(coming) if ahead and reaches else None,
        ),
        height="stretch",
    )


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
            st.page_link(anomalies.PAGE, label="All anomalies", icon=":material/bolt:")
        if len(urgent) > room:
            st.page_link(
                "pages/understand/accounts.py",
                label=f"All {len(urgent)} on Accounts",
                icon=":material/account_tree:",
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
    commentary.show_explanation(
        "What moved most between services",
        lambda: session.keep(
            ("moved facts", scope),
            lambda: moved_facts(session.workspace(), scope, changes.currency),
        ),
        lambda facts: list(change_sentences(facts)),
        key=f"movers {scope}",
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
