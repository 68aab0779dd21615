"""When a service left its usual cost, how much that was, and what caused it."""

from __future__ import annotations

import streamlit as st

from finops.web import anomalies, filters, states
from finops.web.cards import card
from finops.web.session import ask
from finops.workspace.anomalies import anomalies as find

chosen = filters.chosen()
with st.spinner("Judging each day"):
    found = ask(find, chosen.scope)
rows = anomalies.table_rows(found)

states.heading(
    "Anomalies", shown=rows, file_name=f"anomalies {chosen.scope.period}.csv"
)
states.counted(chosen, found.currency, found.costs)
if found.costs.table.empty:
    states.empty(chosen)
    st.stop()
if rows.empty:
    anomalies.show_none(found)
    st.stop()

anomalies.show_figures(found)
anomalies.show_each(found)
with card("All anomalies", "Only what cost more is worth an alert"):
    anomalies.show_table_of(rows, found.currency)
