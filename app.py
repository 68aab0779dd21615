"""The browser app: its pages, the filters they share, and how errors are told."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from finops.web import filters, menu, session, signin, states
from finops.web.progress import show_progress_here

STATIC = Path(__file__).parent / "static"

st.set_page_config(
    page_title="finops", page_icon=str(STATIC / "icon.png"), layout="wide"
)
st.logo(str(STATIC / "logo.svg"), size="large")
st.html(STATIC / "layout.css")

settings_page = st.Page(
    "pages/manage/settings.py", title="Settings", icon=":material/settings:"
)
groups = {
    "": [
        st.Page(
            "pages/understand/overview.py",
            title="Overview",
            icon=":material/space_dashboard:",
            default=True,
        )
    ],
    "Understand": [
        st.Page(
            "pages/understand/accounts.py",
            title="Accounts",
            icon=":material/account_tree:",
        ),
        st.Page(
            "pages/understand/explore.py",
            title="Explore",
            icon=":material/query_stats:",
        ),
        st.Page(
            "pages/understand/anomalies.py",
            title="Anomalies",
            icon=":material/bolt:",
        ),
    ],
    "Plan": [
        st.Page(
            "pages/plan/forecast.py", title="Forecast", icon=":material/trending_up:"
        ),
        st.Page("pages/plan/budgets.py", title="Budgets", icon=":material/wallet:"),
    ],
    "Optimize": [
        st.Page(
            "pages/optimize/recommendations.py",
            title="Recommendations",
            icon=":material/savings:",
        ),
        st.Page(
            "pages/optimize/remediation.py",
            title="Remediation",
            icon=":material/build:",
        ),
        st.Page(
            "pages/optimize/savings.py",
            title="Savings",
            icon=":material/task_alt:",
        ),
    ],
    "More": [
        st.Page("pages/more/assistant.py", title="Assistant", icon=":material/forum:"),
        settings_page,
    ],
}
page = st.navigation(
    menu.grouped(groups), position="top" if signin.passed() else "hidden"
)

if session.first_run() and page.url_path:
    st.html("<script>window.location.reload()</script>", unsafe_allow_javascript=True)
    st.stop()

show_progress_here()
with states.explained():
    if not signin.may_look():
        signin.ask()
        st.stop()
    if page == settings_page:
        st.sidebar.caption(states.SETTINGS_NOTE)
    else:
        filters.sidebar()
    with st.sidebar:
        signin.show_visitor()
    page.run()

session.freeze()
