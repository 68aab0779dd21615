"""The savings tracker behind the pages: whose changes they are, and if any may be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from finops.savings import SavingsTracker
from finops.web.session import settings
from finops.workspace.savings import open_tracker

VISITOR: Final = "visitor"
"""Who changes something without having said a name."""

READ_ONLY: Final = (
    "This app only shows the tracker: FINOPS_READ_ONLY is set, so that visitors "
    "change nothing for each other."
)


def tracker() -> SavingsTracker:
    """The tracker, for changes by whoever looks at this page."""
    return open_tracker(settings(), now=lambda: datetime.now(UTC), who=who())


def who() -> str:
    """The address that a visitor has logged in with, else the name they gave."""
    return str(st.user.get("email") or st.session_state.get("who") or VISITOR)


def why_read_only() -> str | None:
    """Why visitors may not change the tracker; None where they may."""
    return READ_ONLY if settings().read_only else None
