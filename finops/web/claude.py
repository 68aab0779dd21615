"""What the pages say about Claude: who wrote a text, and what it costs to ask."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from finops import formats
from finops.commentary.narrative import Narrative, Section, Sentence
from finops.commentary.prices import Estimate
from finops.web import session
from finops.web.texts import dollars, md

CENT: Final = 0.01


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def price_text(price: Estimate) -> str:
    """What asking costs: `about $0.03, at most $0.09`."""
    if price.expected is None or price.at_most is None:
        return "price unknown"
    if not price.at_most:
        return "paid for already"
    return f"about {small_money(price.expected)}, at most {small_money(price.at_most)}"


def small_money(amount: float) -> str:
    """An amount in dollars, to a hundredth of a cent where it is less than one."""
    if 0 < amount < CENT:
        return f"${amount:.4f}"
    return formats.money(amount)


def keyed() -> bool:
    """Whether Claude may be asked; where not, what that takes."""
    if session.settings().ai_provider is not None:
        return True
    st.page_link(
        "pages/manage/settings.py",
        label="A longer explanation by Claude needs a key",
        icon=":material/key:",
    )
    return False


def asked(label: str, price: Estimate, *, key: str) -> bool:
    """A button that asks Claude, with its price on it."""
    return st.button(
        dollars(f"{label} ({price_text(price)})"),
        icon=":material/auto_awesome:",
        key=key,
    )


def written_by(narrative: Narrative) -> None:
    """Who wrote a narrative, when, for how much, and what was left out."""
    parts = []
    if narrative.model and narrative.made_at:
        when = f"{formats.day(narrative.made_at.date())} {narrative.made_at:%H:%M} UTC"
        paid = f", {small_money(narrative.dollars)}" if narrative.dollars else ""
        parts.append(
            f"Written by {narrative.model} from the figures on this page, {when}{paid}."
        )
    parts.append(narrative.reason)
    st.caption(md(" ".join(part for part in parts if part)))


def bullets(section: Section) -> str:
    """The sentences of a section as a list; where Claude judges, it says so."""
    by_claude = section.source == "claude"
    return "\n".join(
        f"- {sentence_text(each, marked=by_claude)}" for each in section.sentences
    )


def sentence_text(sentence: Sentence, *, marked: bool = True) -> str:
    """A sentence as Markdown; one that judges, and does not only state, says so."""
    judges = marked and sentence.basis == "inference"
    judged = " :gray[(a judgement)]" if judges else ""
    return f"{md(sentence.text)}{judged}"
