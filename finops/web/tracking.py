"""The savings tracker behind the pages: whose changes they are, and if any may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from finops.savings import SavingsTracker
from finops.web import signin
from finops.web.session import settings
from finops.workspace.savings import open_tracker

NAME: Final = "who"
"""Where the session keeps the name that a visitor gave."""

READ_ONLY: Final = (
    "This app only shows the tracker: FINOPS_READ_ONLY is set, so that visitors "
    "change nothing for each other."
)


def tracker() -> SavingsTracker:
    """The tracker, for changes by whoever looks at this page."""
    return open_tracker(settings(), now=lambda: datetime.now(UTC), who=who())


def who() -> str:
    """Who has signed in, else the name that a visitor gave for the log."""
    signed_in = signin.visitor()
    if signed_in != signin.ANYBODY:
        return signed_in
    return str(st.session_state.get(NAME) or signin.ANYBODY)


def why_read_only() -> str | None:
    """Why visitors may not change the tracker; None where they may."""
    return READ_ONLY if settings().read_only else None
