"""What can be done to the tracker as a whole: add, verify, export, import, sign."""

from __future__ import annotations

from typing import Final, get_args

import streamlit as st

from finops.errors import FinOpsError
from finops.recommendations import Effort, Risk
from finops.savings.exchange import items_in, write_items
from finops.web import signin
from finops.web.editing import tell
from finops.web.tracking import NAME, tracker, why_read_only
from finops.workspace.savings import Saving, Savings, verify

EFFORTS: Final[dict[Effort, str]] = {
    "quick_win": "Quick win",
    "moderate": "Moderate",
    "project": "Project",
}


def show_tools(found: Savings) -> None:
    """Buttons for what is done to several items, or to none of those shown."""
    with st.container(horizontal=True, width="content", vertical_alignment="center"):
        if not why_read_only():
            _show_verify([s for s in found.items if _can_be_verified(s)])
            with st.popover("Add", icon=":material/add:"):
                _show_form()
        with st.popover("Export", icon=":material/swap_vert:"):
            _show_files()
        if not why_read_only() and signin.visitor() == signin.ANYBODY:
            with st.popover("Name", icon=":material/person:"):
                st.text_input(
                    "Your name in the history", key=NAME, persist_state="session"
                )


def _can_be_verified(saving: Saving) -> bool:
    return saving.item.state == "implemented" and saving.evidence == "verified"


def _show_verify(savings: list[Saving]) -> None:
    st.button(
        f"Verify {len(savings)}" if savings else "Verify",
        icon=":material/verified:",
        disabled=not savings,
        help="Keeps what the bill shows now of each item that surely saves.",
        on_click=_verify_all,
        args=(savings,),
        key="verify",
    )


def _verify_all(savings: list[Saving]) -> None:
    for saving in savings:
        try:
            verify(tracker(), saving)
        except FinOpsError as error:
            tell(error)


def _show_form() -> None:
    """What a person found, which no check could find."""
    with st.form("add", border=False, clear_on_submit=True):
        st.text_input("What would be done", key="add_title")
        left, right = st.columns(2)
        left.text_input("Type", key="add_type", placeholder="rightsizing")
        right.number_input(
            "Savings a month", key="add_estimate", value=None, placeholder="unknown"
        )
        left.selectbox("Risk", get_args(Risk), key="add_risk")
        right.selectbox(
            "Effort", list(EFFORTS), format_func=EFFORTS.__getitem__, key="add_effort"
        )
        left.text_input("Account", key="add_account")
        right.text_input("Service", key="add_service", help="As the bill names it.")
        st.text_input(
            "Resource",
            key="add_resource",
            help="As the bill names it. What it saves is then measured there.",
        )
        st.form_submit_button("Track it", on_click=_add)


def _add() -> None:
    given = st.session_state
    try:
        tracker().add_recommendation(
            title=given.add_title,
            recommendation_type=given.add_type,
            estimated_savings=given.add_estimate,
            risk_level=given.add_risk,
            effort=given.add_effort,
            account=given.add_account,
            service=given.add_service,
            resource_id=given.add_resource,
        )
    except FinOpsError as error:
        tell(error)


def _show_files() -> None:
    """All items as a file, and back."""
    with st.container(horizontal=True):
        st.download_button(
            "JSON",
            data=lambda: write_items(tracker().items(), "json"),
            file_name="savings.json",
            mime="application/json",
            on_click="ignore",
        )
        st.download_button(
            "CSV",
            data=lambda: write_items(tracker().items(), "csv"),
            file_name="savings.csv",
            mime="text/csv",
            on_click="ignore",
        )
    if why_read_only():
        return
    file = st.file_uploader("Import one of them", type=["json", "csv"], key="import")
    if file is not None:
        st.button("Add its items", on_click=_import, args=(file.getvalue(), file.name))


def _import(content: bytes, name: str) -> None:
    try:
        added = tracker().import_items(items_in(content, name=name))
        st.toast(f"{added} added from {name}.")
    except FinOpsError as error:
        tell(error)
