"""What surrounds the figures: the head of a page, and what it says when it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.errors import FinOpsError, Problem, SourceError
from finops.focus import METRIC_NAMES, Costs
from finops.web import session
from finops.web.downloads import csv_bytes
from finops.web.filters import Chosen
from finops.web.texts import ago, dollars, md

CHARGES_TEXT: Final = {
    "usage": "usage and purchases",
    "all": "all charges, with taxes and credits",
}

FEW: Final = 3
"""More missing accounts than this are listed on demand."""

SETTINGS_NOTE: Final = (
    "Settings come from the environment and the file .env, and are read when the "
    "app starts. Nothing here changes an AWS account."
)

DEMO_NOTE: Final = "Made-up data of a made-up company. No AWS account is connected."


def heading(
    title: str,
    *,
    shown: pd.DataFrame | None = None,
    file_name: str = "",
    beside: Callable[[], None] | None = None,
) -> None:
    """The title, that the data is made up if it is, and what is shown as a file.

    Args:
        title: What the page is called.
        shown: What can be downloaded.
        file_name: What the file is called.
        beside: Draws what else stands there.
    """
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.title(title, anchor=False)
        with st.container(
            horizontal=True, width="content", vertical_alignment="center"
        ):
            if session.settings().kind == "demo":
                st.badge("Demo data", color="violet", help=DEMO_NOTE)
            if beside is not None:
                beside()
            if shown is not None:
                download(shown, file_name)


def download(shown: pd.DataFrame, file_name: str) -> None:
    """A button for what is shown, as a file that is made when it is clicked."""
    st.download_button(
        "Download",
        data=lambda: csv_bytes(shown),
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        help="What is shown here, as CSV.",
    )


@contextmanager
def explained() -> Iterator[None]:
    """Where one of our errors ends: it is explained in place of what failed."""
    try:
        yield
    except FinOpsError as error:
        failed(error)


def counted(chosen: Chosen, currency: str, costs: Costs) -> None:
    """What the figures below count, who is missing from them, and how old they are."""
    scope = chosen.scope
    parts = [
        formats.days(scope.period),
        METRIC_NAMES[scope.metric].lower(),
        CHARGES_TEXT[scope.charges],
        currency,
        _accounts_text(chosen, len(costs.problems)),
    ]
    if costs.read_at is not None:
        parts.append(f"read {ago(costs.read_at, datetime.now(UTC))}")
    st.caption(" · ".join(md(part) for part in parts if part))
    for note in costs.notes:
        st.caption(f":material/info: {md(note)}")
    missing(costs.problems)


def missing(problems: Sequence[Problem]) -> None:
    """Which accounts these figures lack, and what to do about each."""
    if not problems:
        return
    count = formats.plural(len(problems), "account")
    lines = "\n".join(f"- {problem_text(problem)}" for problem in problems)
    told = f"{count} could not be read, so these totals are incomplete."
    if len(problems) <= FEW:
        st.warning(f"{told}\n\n{lines}", icon=":material/sync_problem:")
        return
    st.warning(told, icon=":material/sync_problem:")
    with st.expander(f"Which {count}, and why"):
        st.markdown(lines)


def problem_text(problem: Problem) -> str:
    """Whose problem it is, what happened, and the remedy."""
    named = f"**{md(problem.account)}**: " if problem.account else ""
    return f"{named}{md(problem.message)} :gray[{md(problem.hint)}]"


def failed(error: FinOpsError) -> None:
    """Why there is nothing to show, and what to do."""
    unread = isinstance(error, SourceError)
    title = "These costs could not be read" if unread else "This cannot be shown"
    with st.container(border=True, key="failed"):
        st.markdown(f":material/cloud_off: **{title}**")
        st.markdown(md(error))
        if error.hint:
            st.markdown(f":gray[{md(error.hint)}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "Try again",
                icon=":material/refresh:",
                on_click=session.refresh,
                key="try_again",
            )
            st.page_link(
                "pages/manage/settings.py",
                label="Check the settings",
                icon=":material/settings:",
            )


def empty(chosen: Chosen) -> None:
    """That nothing was charged, and where to look instead."""
    extent = session.workspace().extent
    picked = " by the accounts you picked" if chosen.picked else ""
    with st.container(border=True, key="empty"):
        st.markdown(":material/inbox: **No charges here**")
        st.markdown(
            f"Nothing was charged{picked} from {formats.days(chosen.scope.period)}."
        )
        st.markdown(
            f":gray[{md(session.workspace().source.name)} has charges from "
            f"{formats.days(extent)}. Choose a longer period, or other accounts, "
            "in the sidebar.]"
        )


def sentence(text: str) -> None:
    """One sentence where a chart or a table would have been."""
    st.markdown(f":gray[{dollars(text)}]")


def _accounts_text(chosen: Chosen, missing: int) -> str:
    known, picked = len(chosen.accounts), chosen.picked
    if picked and len(picked) <= FEW:
        return ", ".join(picked)
    if picked or missing:
        count = formats.plural(known + missing, "account")
        return f"{len(picked) or known} of {count}"
    if not known:
        return ""
    return "all accounts" if known > 1 else "1 account"
