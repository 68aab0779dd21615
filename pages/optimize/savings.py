"""What was done with what was found, and what it really saves."""

from __future__ import annotations

import streamlit as st

from finops.web import filters, savings, states, tracked
from finops.web.cards import card
from finops.web.session import workspace

chosen = filters.chosen()
found = savings.look_up(chosen)

states.heading("Savings", shown=tracked.table_rows(found), file_name="savings.csv")
tracked.show_what_it_is(chosen)
states.missing(found.problems)
if not found.items:
    tracked.show_empty()
    st.stop()

for currency, summary in found.groups["by_currency"].items():
    savings.show_figures(found, summary, currency)

left, right = st.columns([3, 2])
currency = found.main_currency
with left, card("Estimated, claimed, measured", f"{currency} a month, by item"):
    savings.show_compared(found, currency)
with (
    right,
    card("Savings over time", f"{currency} a month, of all implemented by then"),
):
    savings.show_over_time(found, currency, workspace().as_of)

with card("Tracker", tracked.HOW_TO):
    tracked.show_tracker(found)
with card("History", "Who did what; nothing can be taken back from it"):
    tracked.show_history()
