"""Any part of the bill by any dimension, down to a single resource."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from finops.analysis.cost_table import currency_of
from finops.focus import Costs
from finops.web import explore, filters, states
from finops.web.cards import card
from finops.web.progress import show_progress_here
from finops.web.session import ask
from finops.workspace import Workspace


@st.fragment
def show(chosen: filters.Chosen) -> None:
    """The whole page: a step down redraws nothing but this."""
    show_progress_here()
    head = st.container()
    with states.explained():
        view = explore.choose(chosen)
        costs = ask(Workspace.cost_by, view.scope, *view.keys)
        currency = currency_of(costs.table)
        rows = explore.group_rows(view)
        with head:
            states.heading("Explore", shown=rows, file_name=explore.file_name(view))
        states.counted(chosen, currency, costs)
        if rows.empty:
            states.empty(chosen)
        else:
            show_parts(view, costs, rows)


def show_parts(view: explore.View, costs: Costs, rows: pd.DataFrame) -> None:
    """What the view is made of, how it ran, and what it does not tell."""
    currency = currency_of(costs.table)
    by = view.label.lower()
    left, right = st.columns([2, 3])
    with left, card(f"By {by}", view.advice):
        explore.show_groups(view, costs.table, currency)
    with right, card("Over time", f"By {by}"):
        explore.show_over_time(view, currency)
    with card("Before and after", explore.compared_text(view)):
        explore.show_rows(view, rows, currency)
    left, right = st.columns(2)
    with left, card("Allocated by tag", "The part of the cost that carries each tag"):
        explore.show_tags(view, currency)
    with right, card("Kinds of charges", "Taxes and credits are never netted silently"):
        explore.show_categories(view, currency)


show(filters.chosen())
