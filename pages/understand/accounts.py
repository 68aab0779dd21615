"""What each account costs, side by side, and what stands out between them."""

from __future__ import annotations

import streamlit as st

from finops.web import accounts, filters, states
from finops.web.cards import card
from finops.web.days import days_by_account
from finops.web.session import ask
from finops.workspace import Workspace

chosen = filters.chosen()
scope = chosen.scope
summary = ask(Workspace.accounts_summary, scope)
days = days_by_account(scope)
rows = accounts.summary_rows(summary, days)

states.heading(
    "Accounts",
    shown=rows.drop(columns=["trend", "status"], errors="ignore"),
    file_name=f"accounts {scope.period}.csv",
)
states.counted(chosen, summary.currency, summary.costs)
if rows.empty:
    states.empty(chosen)
    st.stop()

with card(accounts.total_text(summary)):
    accounts.show_summary(rows, summary)

left, right = st.columns([3, 2])
with left, card("Trend of each account", "Which one moves, whatever its size"):
    accounts.show_trends(days, scope, summary.currency)
with right, card("Service mix", "What each account spends its money on"):
    accounts.show_mix(summary)

with card("Why an account changed", "What it cost, and what moved in it"):
    accounts.show_why(summary)

st.subheader("What stands out", anchor=False)
accounts.show_insights(summary)
