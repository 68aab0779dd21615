"""What was spent, what changed, and what stands out."""

from __future__ import annotations

import streamlit as st

from finops import formats
from finops.web import ahead, filters, headline, overview, states
from finops.web.attention import show_attention
from finops.web.cards import card
from finops.web.days import days_split
from finops.web.recommendations import show_largest
from finops.web.session import ask
from finops.workspace import Workspace

chosen = filters.chosen()
scope = chosen.scope
summary = ask(Workspace.accounts_summary, scope)
days = days_split(chosen)
shown = days.within(scope.period)

states.heading(
    "Overview",
    shown=shown,
    file_name=f"costs {scope.period}.csv",
    beside=lambda: overview.show_ways_on(scope),
)
states.counted(chosen, summary.currency, summary.costs)
if shown.empty:
    states.empty(chosen)
    st.stop()

room = headline.show_figures(chosen, summary, days)
attention = st.container()

left, right = st.columns([3, 2])
over_time = left.empty()
so_far = overview.split_text(days, None)
if not ahead.is_quick(scope):
    with over_time.container(height="stretch"), card("Cost over time", so_far):
        overview.show_cost_so_far(chosen, days, summary.currency)
with right, card("What stands out", "Between accounts, and against the time before"):
    overview.show_what_stands_out(summary)

earlier = formats.days(scope.period.before())
left, right = st.columns(2)
with left, card("Top movers", f"Services, against {earlier}"):
    overview.show_movers(scope)
with right, card("Top services", "Pick one to see what it is made of"):
    overview.show_top_services(scope)

with card("Biggest open savings", "A month of 730 hours, each on its own"):
    show_largest(scope)

coming = overview.coming_days(scope)
with room:
    headline.show_next_30_days(coming)
split = overview.split_text(days, coming)
with over_time.container(height="stretch"), card("Cost over time", split):
    overview.show_cost_over_time(chosen, days, summary.currency, coming)
with attention:
    show_attention(chosen)
