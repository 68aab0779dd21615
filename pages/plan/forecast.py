"""What will be spent, how sure that is, and what would change it."""

from __future__ import annotations

import streamlit as st

from finops import formats
from finops.web import commentary, filters, forecast, states, what_if
from finops.web.ahead import ahead_of, past_of
from finops.web.cards import card
from finops.web.findings import open_savings
from finops.workspace.scenarios import Scenario

head = st.container()
chosen = filters.chosen()
view = forecast.choose(chosen)
ahead = ahead_of(view.scope, days=view.days, method=view.method)
if ahead is None:
    with head:
        states.heading("Forecast")
    states.empty(chosen.over(past_of(view.scope)))
    st.stop()
with head:
    states.heading(
        "Forecast",
        shown=ahead.forecast.daily.rename_axis("date").reset_index(),
        file_name=f"forecast {ahead.period}.csv",
    )
    states.counted(chosen.over(ahead.scope), ahead.currency, ahead.costs)

figures, fan, chances = st.container(), st.container(), st.container()
with chances, card("What if", "Changes that you switch on; they are in the link"):
    whole = view.scope.where == chosen.scope.where
    savings = open_savings(chosen.scope) if whole else {}
    scenario = Scenario(ahead, what_if.choose(ahead, savings))
    what_if.show_effects(scenario)
with figures:
    forecast.show_figures(ahead, scenario)
days = formats.days(ahead.period)
with fan, card(f"The next {view.days} days", forecast.fan_text(ahead, scenario)):
    forecast.show_fan(chosen, ahead, scenario)

with card("What it means", "In sentences; every figure is one of this page"):
    commentary.show_meaning(chosen, ahead)

left, right = st.columns([3, 2])
with left, card("How this method did here", forecast.record_text(ahead)):
    forecast.show_record(ahead)
with right, card("What it rests on", f"{days}, {formats.plural(view.days, 'day')}"):
    forecast.show_basis(ahead)
with card("What it is the sum of", "Accounts and services, the largest first"):
    forecast.show_parts(ahead)
