"""The savings tracker behind the pages: whose changes they are, and if any may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from finops.savings import SavingsTracker
from finops.web import signin
from finops.web.session import settings
from finops.workspace.savings import is_demo, open_tracker

NAME: Final = "who"
"""Where the session keeps the name that a visitor gave."""

READ_ONLY: Final = (
    "This app only shows the tracker: FINOPS_READ_ONLY is set, so that visitors "
    "change nothing for each other."
)


SHARED_DEMO: Final = (
    "This is a demo that others look at too, so nobody changes it. Run the app "
    "yourself to try it out."
)

HOME: Final = (None, "localhost", "127.0.0.1", "::1")
"""The names of the machine itself; none in tests."""


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
    if settings().read_only:
        return READ_ONLY
    if is_demo(settings()) and not _at_home():
        return SHARED_DEMO
    return None


def _at_home() -> bool:
    """Whether the visitor sits at the machine that the app runs on."""
    host = urlsplit(st.context.url or "").hostname
    return host in HOME
