"""Whether the money lasts: each budget against this month and the next 30 days."""

from __future__ import annotations

import streamlit as st

from finops.web import budgets, filters, states
from finops.web.cards import card

head = st.container()
chosen = filters.chosen()
limits = budgets.choose()
found = budgets.held(chosen, limits)
standings = [each.standing for each in found if each.standing]
with head:
    shown = budgets.rows(found).drop(columns=["months", "status"], errors="ignore")
    states.heading("Budgets", shown=shown if limits else None, file_name="budgets.csv")
    if standings:
        ahead = standings[0].ahead
        states.counted(chosen.everything(ahead.scope), ahead.currency, ahead.costs)
if not limits:
    budgets.show_none()
    st.stop()

if standings and len(found) > 1:
    with card("All budgets", "This month, against what it may cost"):
        budgets.show_summary(found, standings[0].ahead.currency)
width = min(len(found), 2)
for first in range(0, len(found), width):
    row = found[first : first + width]
    for place, each in zip(st.columns(width), row, strict=False):
        with place, card(budgets.title(each), budgets.note(each)):
            budgets.show_budget(each)
