"""What the pages say about Claude: who wrote a text, and what it costs to ask."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from finops import formats
from finops.commentary.narrative import Narrative
from finops.commentary.prices import Estimate
from finops.web import session
from finops.web.texts import dollars, md

CENT = 0.01


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


def price_text(price: Estimate) -> str:
    """What asking costs: `about $0.03, at most $0.09`."""
    if price.expected is None or price.at_most is None:
        return "price unknown"
    return f"about {small_money(price.expected)}, at most {small_money(price.at_most)}"


def small_money(amount: float) -> str:
    """An amount in dollars, to a hundredth of a cent where it is less than one."""
    if 0 < amount < CENT:
        return f"${amount:.4f}"
    return formats.money(amount)


def ask_button(label: str, price: Estimate, *, key: str) -> bool:
    """A button that asks Claude, with its price; where there is no key, the way to one."""
    if session.settings().ai_provider is None:
        st.page_link(
            "pages/manage/settings.py",
            label="Explanations by Claude need a key",
            icon=":material/key:",
        )
        return False
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
        parts.append(
            f"Written by {narrative.model} from the figures on this page, {when}."
        )
    parts.append(narrative.reason)
    st.caption(md(" ".join(part for part in parts if part)))
