"""The parts of the assistant page: questions, answers, and where figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from finops.commentary.lookups import Lookup, Reply
from finops.commentary.narrative import Sentence
from finops.errors import FinOpsError
from finops.web import claude, session
from finops.web.filters import Chosen
from finops.web.states import failed
from finops.web.tables import money_column, show_table
from finops.web.texts import dollars, md
from finops.workspace import assistant
from finops.workspace.assistant import CANNED, Canned

REPLIES: Final = "assistant_replies"
"""Where the conversation of a visitor is."""

MOST_KEPT: Final = 20

MOST_ROWS: Final = 10

AMOUNTS: Final = frozenset({"Cost", "Before", "After", "Change", "Saves a month"}) | {
    "Expected",
    "Limit",
    "To date",
    "Month end",
}
"""Columns of money."""


def show_canned() -> Canned | None:
    """The questions that rules answer; the one that was picked."""
    picked = None
    with st.container(horizontal=True, gap="small"):
        for place, each in enumerate(CANNED):
            if st.button(each.question, key=f"canned_{place}"):
                picked = each
    return picked


def show_question() -> str | None:
    """The field for a free question; Claude answers it."""
    if session.settings().ai_provider is None:
        st.chat_input(
            "Free questions need Claude: set a key in Settings", disabled=True
        )
        return None
    price = claude.price_text(assistant.question_price(session.settings()))
    return st.chat_input(f"Ask about the bill ({price})", max_chars=500)


def answer(chosen: Chosen, question: str, canned: Canned | None) -> None:
    """Look the answer up, and put it at the end of the conversation."""
    place = st.empty()
    with place.status("Looking it up", expanded=False) as status:
        try:
            reply = assistant.ask(
                session.workspace(),
                chosen.scope,
                question,
                session.settings(),
                now=claude.now,
                canned=canned,
                tell=lambda looked_up: status.update(label=dollars(looked_up)),
            )
        except FinOpsError as error:
            place.empty()
            failed(error)
            return
    place.empty()
    st.session_state[REPLIES] = [*replies(), reply][-MOST_KEPT:]


def replies() -> list[Reply]:
    """The conversation so far."""
    kept: list[Reply] = st.session_state.get(REPLIES, [])
    return kept


def show_reply(reply: Reply, place: int) -> None:
    """One question with its answer, its table, and where its figures come from."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(md(reply.question))
    with st.chat_message("assistant", avatar=":material/receipt_long:"):
        st.markdown(sentences_text(reply.sentences))
        told = [each for each in reply.lookups if reply.cited(each)]
        for lookup in told[-1:] or list(reply.lookups[-1:]):
            _show_rows(lookup, key=f"rows_{place}")
        _show_origin(reply)
        st.caption(md(_who(reply)))


def sentences_text(sentences: Sequence[Sentence]) -> str:
    """Sentences as one paragraph of Markdown."""
    return " ".join(claude.sentence_text(each) for each in sentences)


def _show_rows(lookup: Lookup, *, key: str) -> None:
    """What was looked up, as a table."""
    found = lookup.found
    if not found.rows:
        return
    rows = pd.DataFrame(list(found.rows), columns=list(found.columns))
    st.caption(md(found.label))
    columns = {name: _column(name, found.currency) for name in found.columns}
    shown = rows.head(MOST_ROWS).assign(
        **{name: 100 * rows[name] for name in found.columns if name == "Share"}
    )
    show_table(shown, columns, alt=found.label, key=key)


def _column(name: str, currency: str) -> Any:
    if name in AMOUNTS:
        return money_column(name, currency)
    if name == "Share":
        return st.column_config.NumberColumn(name, format="%.1f %%")
    return name


def _show_origin(reply: Reply) -> None:
    """Which look-up made which figure."""
    if not reply.lookups:
        return
    facts = reply.facts
    with st.expander("Where these figures come from", icon=":material/fact_check:"):
        for lookup in reply.lookups:
            given = ", ".join(
                f"{name.replace('_', ' ')} {value}"
                for name, value in lookup.arguments.items()
                if value is not None
            )
            st.markdown(
                f"**{md(lookup.name)}** {md(lookup.found.label)} "
                f":gray[{md(f'{lookup.tool}({given})')}]"
            )
        used = {
            name: facts[name].shown
            for each in reply.sentences
            for name in each.fact_ids
            if name in facts
        }
        if used:
            st.dataframe(
                {"Figure": list(used.values()), "Fact": list(used)}, hide_index=True
            )


def _who(reply: Reply) -> str:
    by = ""
    if reply.model:
        price = (
            "price unknown"
            if reply.dollars is None
            else claude.small_money(reply.dollars)
        )
        by = f"By {reply.model}, {price}."
    return " ".join(part for part in (by, reply.reason) if part)
