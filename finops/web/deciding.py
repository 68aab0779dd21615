"""What a visitor decides about recommendations: to accept them, or to reject them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from finops import formats
from finops.errors import FinOpsError
from finops.recommendations import Recommendation
from finops.web.findings import Shown
from finops.web.texts import dollars, md
from finops.web.tracking import tracker, why_read_only


def show_decisions(shown: Shown, picked: Sequence[Recommendation]) -> None:
    """The buttons for what is picked; why there are none where nobody may write."""
    if told := why_read_only():
        st.caption(told)
        return
    undecided = [o for o in picked if shown.status[o.fingerprint] in ("new", "pending")]
    accepted = [o for o in picked if shown.status[o.fingerprint] == "accepted"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Accept {len(undecided) or ''}".strip(),
            icon=":material/check:",
            type="primary",
            disabled=not undecided,
            on_click=accept,
            args=(undecided,),
            key="accept",
        )
        with st.popover(
            "Reject",
            icon=":material/close:",
            disabled=not (undecided or accepted),
        ):
            _ask_for_a_reason([*undecided, *accepted])
        st.markdown(f":gray[{dollars(_picked_text(shown, picked))}]")


def _picked_text(shown: Shown, picked: Sequence[Recommendation]) -> str:
    if not picked:
        return "Pick rows to see their evidence, and to accept or reject them."
    total = formats.money(shown.total(picked), shown.currency)
    return f"{len(picked)} picked, {total} a month in the total."


def _ask_for_a_reason(found: Sequence[Recommendation]) -> None:
    reason = st.text_input(
        "Why", key="reason", placeholder="It is needed for the audit in March"
    )
    st.button(
        f"Reject {len(found)}",
        disabled=not reason.strip(),
        on_click=reject,
        args=(found, reason),
        key="reject",
    )


def accept(found: Sequence[Recommendation]) -> None:
    """Somebody is going to implement all of `found`."""
    with _told(f"Accepted: {formats.plural(len(found), 'finding')}."):
        book = tracker()
        for rec_id in book.record(found).values():
            book.accept(rec_id=rec_id)


def reject(found: Sequence[Recommendation], reason: str) -> None:
    """None of `found` will be done, and why."""
    with _told(f"Rejected: {formats.plural(len(found), 'finding')}."):
        book = tracker()
        for rec_id in book.record(found).values():
            book.reject(rec_id=rec_id, reason=reason)
        st.session_state["reason"] = ""


@contextmanager
def _told(done: str) -> Iterator[None]:
    """Says that something is done, or why not: someone else may have been faster."""
    try:
        yield
    except FinOpsError as error:
        st.toast(md(f"{error} {error.hint}"), icon=":material/error:")
    else:
        st.toast(done, icon=":material/check:")
