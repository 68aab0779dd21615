"""Terraform drafts by Claude, where no kind of change covers a finding."""

from __future__ import annotations

from typing import Final

import streamlit as st

from finops.commentary.terraform import Draft
from finops.errors import FinOpsError
from finops.recommendations import Recommendation
from finops.remediation.answering import kind_of
from finops.web import claude, session
from finops.web.cards import show_code
from finops.web.states import failed
from finops.web.texts import md
from finops.workspace import commentary

DRAFTS: Final = "terraform_drafts"
"""Where the drafts that a visitor asked for are, by finding."""

NOTE: Final = (
    "A draft: nobody has reviewed it, and nothing has been applied. It fits the schema "
    "of the AWS provider."
)


def show_draft(finding: Recommendation) -> None:
    """A button for a draft, and the draft once it was asked for."""
    settings = session.settings()
    if settings.ai_provider is None or kind_of(finding) is not None:
        return
    drafts: dict[str, Draft] = st.session_state.setdefault(DRAFTS, {})
    if finding.fingerprint not in drafts:
        price = commentary.draft_price(finding, settings, now=claude.now)
        key = f"draft {finding.fingerprint}"
        if not claude.asked("Draft Terraform by Claude", price, key=key):
            return
        try:
            with st.spinner("Claude is drafting"):
                drafts[finding.fingerprint] = commentary.terraform_draft(
                    finding, settings, now=claude.now
                )
        except FinOpsError as error:
            failed(error)
            return
    _show(drafts[finding.fingerprint], finding)


def _show(draft: Draft, finding: Recommendation) -> None:
    if draft.refused:
        lines = "\n".join(f"- {md(each)}" for each in draft.refused)
        st.markdown(f"Claude's draft is not shown:\n{lines}")
        return
    st.caption(NOTE)
    show_code(draft.text, "hcl")
    st.download_button(
        "Download the draft",
        data=draft.text,
        file_name=f"draft-{finding.fingerprint}.tf",
        mime="text/plain",
        icon=":material/download:",
        on_click="ignore",
        key=f"save {finding.fingerprint}",
    )
