"""Where the costs come from, and how to connect other accounts."""

from __future__ import annotations

import streamlit as st

from finops.web import ai_spend, connection, setup, states
from finops.web.cards import card
from finops.web.session import settings

states.heading("Settings")
with card("Source", "Where these costs come from"), states.explained():
    setup.show_source()
if settings().kind == "aws":
    left, right = st.columns([3, 2])
    with (
        left,
        card("Accounts", "Who we are there, and what we may read"),
        states.explained(),
    ):
        connection.show_health()
    with (
        right,
        card("Paid requests", "Each request to Cost Explorer costs $0.01"),
        states.explained(),
    ):
        connection.show_paid_requests()
left, right = st.columns([3, 2])
with left, card("Claude", "Writes the reasons; every figure is computed here"):
    ai_spend.show_claude()
with right, card("Spent on Claude", "Nothing is asked before somebody clicks"):
    ai_spend.show_spending()
with card("Change the source", "One of these in the file .env, then start the app"):
    setup.show_examples()
with card("Connect AWS accounts", "Three steps, with the policy they need"):
    connection.show_steps()
