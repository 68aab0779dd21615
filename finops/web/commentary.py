"""What figures mean, in sentences, on the pages that show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from finops.commentary.facts import Facts
from finops.commentary.narrative import Narrative, Template
from finops.web import claude, session
from finops.web.filters import Chosen
from finops.web.texts import dollars, md
from finops.web.tracking import tracker
from finops.workspace import commentary
from finops.workspace.ahead import Ahead
from finops.workspace.budgets import budget_for, budgets_of
from finops.workspace.known import Open, known_facts, review_facts
from finops.workspace.recommendations import (
    Recommendations,
    Status,
    recommendations,
    statuses,
)

LEFT: Final = ("predicted_spend", "trend_analysis", "risk_factors")
"""The sections on the left; the others are on the right."""

SAID: Final = "claude_said"
"""Where what Claude said to a visitor is, by what it was asked."""


def show_meaning(chosen: Chosen, ahead: Ahead) -> None:
    """What a forecast means: by rules at once, by Claude at a click."""
    facts = _facts(chosen, ahead)
    settings = session.settings()
    key = f"meaning {hash(tuple(sorted((n, f.shown) for n, f in facts.items())))}"
    kept = _said().get(key) or commentary.kept_narrative(
        facts, settings, now=claude.now
    )
    place = st.container()
    if claude.keyed() and kept.source != "claude":
        price = commentary.narrative_price(facts, settings, now=claude.now)
        if claude.asked("Ask Claude", price, key="ask_meaning"):
            with place, st.spinner("Claude is writing"):
                kept = commentary.forecast_narrative(facts, settings, now=claude.now)
            _remember(key, kept)
            st.rerun()
    with place:
        claude.written_by(kept)
        _show_sections(kept)


def _facts(chosen: Chosen, ahead: Ahead) -> Facts:
    """All that is known about a forecast, gathered once."""
    settings = session.settings()
    budget = budget_for(budgets_of(settings), ahead.scope)
    exports = settings.recommendation_exports
    answer = session.ask(recommendations, chosen.scope, exports=exports, live=None)
    status = statuses(answer.found, tracker())

    def gather() -> Facts:
        return known_facts(
            session.workspace(),
            ahead,
            budget=budget,
            to_save=Open(answer, status),
        )

    asked = ("facts", ahead.scope, ahead.forecast.days, ahead.forecast.method)
    return session.keep((*asked, chosen.scope, tuple(sorted(status.items()))), gather)


def _show_sections(narrative: Narrative) -> None:
    left, right = st.columns(2, gap="large")
    for part in narrative.sections:
        with left if part.name in LEFT else right:
            if part.sentences:
                by = "" if part.source == narrative.source else " :gray[by fixed rules]"
                st.markdown(f"**{md(part.title)}**{by}\n\n{claude.bullets(part)}")


def show_explanation(
    subject: str,
    facts: Callable[[], Facts],
    ruled: Callable[[Facts], Sequence[Template]],
    *,
    key: str,
) -> None:
    """A button that explains one thing, and the explanation once it was asked for."""
    settings = session.settings()
    said = _said().get(key)
    if said is None:
        label = "Explain"
        if settings.ai_provider is not None:
            price = commentary.explanation_price(
                subject, facts(), settings, now=claude.now
            )
            label = f"Explain ({claude.price_text(price)})"
        if not st.button(
            dollars(label),
            key=f"explain {key}",
            icon=":material/lightbulb:",
            type="tertiary",
        ):
            return
        known = facts()
        with st.spinner("Looking into it"):
            said = commentary.explanation(
                subject, known, ruled(known), settings, now=claude.now
            )
        _remember(key, said)
    _show_said(said)


def _show_said(said: Narrative) -> None:
    marked = said.source == "claude"
    text = " ".join(
        claude.sentence_text(each, marked=marked)
        for part in said.sections
        for each in part.sentences
    )
    st.markdown(text)
    claude.written_by(said)


def show_first_steps(answer: Recommendations, status: Mapping[str, Status]) -> None:
    """Which findings to act on first, and what else to look into."""
    facts = session.keep(
        ("review facts", answer.scope, tuple(sorted(status.items()))),
        lambda: review_facts(
            session.workspace(), Open(answer, status), answer.currency
        ),
    )
    settings = session.settings()
    key = f"steps {hash(tuple(sorted((n, f.shown) for n, f in facts.items())))}"
    said = _said().get(key) or commentary.kept_first_steps(
        facts, settings, now=claude.now
    )
    place = st.container()
    if claude.keyed() and said.source != "claude":
        price = commentary.first_steps_price(facts, settings, now=claude.now)
        if claude.asked("Ask Claude what to do first", price, key="ask_steps"):
            with place, st.spinner("Claude is reading the findings"):
                said = commentary.first_steps(facts, settings, now=claude.now)
            _remember(key, said)
            st.rerun()
    with place:
        claude.written_by(said)
        columns = st.columns(len(said.sections), gap="large")
        for part, column in zip(said.sections, columns, strict=True):
            with column:
                st.markdown(f"**{md(part.title)}**\n\n{claude.bullets(part)}")


def _said() -> dict[str, Narrative]:
    kept: dict[str, Narrative] = st.session_state.setdefault(SAID, {})
    return kept


def _remember(key: str, narrative: Narrative) -> None:
    _said()[key] = narrative
