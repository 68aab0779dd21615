"""What could be saved, what speaks for it, and what commitments do."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from finops.web import (
    commentary,
    deciding,
    drafts,
    filters,
    findings,
    recommendations,
    states,
)
from finops.web.cards import card
from finops.web.commitments import show_commitments

chosen = filters.chosen()
with st.spinner("Looking for what could be saved"):
    shown = findings.look_up(chosen.scope)
answer = shown.answer

states.heading(
    "Recommendations",
    shown=findings.table_rows(shown, answer.found),
    file_name=f"recommendations {answer.scope.period}.csv",
)
states.counted(replace(chosen, scope=answer.scope), answer.currency, answer.costs)
recommendations.show_unread(answer.unread)
if not answer.charged and not answer.found:
    states.empty(chosen)
    st.stop()

if answer.found:
    recommendations.show_figures(shown)
    found = findings.choose(shown)
    if found:
        picked = recommendations.show_findings(shown, found)
        deciding.show_decisions(shown, picked)
        left, right = st.columns([3, 2])
        with left, card("Evidence", "Of what is picked, or of the largest saving"):
            for one in (picked or found[:1])[: recommendations.MOST_EVIDENCE]:
                recommendations.show_evidence(one)
                drafts.show_draft(one)
        with right, card("By kind", "A month, overlaps counted once"):
            recommendations.show_kinds(shown, found)
        with card("Where to begin", "An order with its reasons, and what else to ask"):
            commentary.show_first_steps(shown.answer, shown.status)
    else:
        states.sentence("No finding fits these filters.")
else:
    states.sentence("Nothing was found to save in this period.")

st.subheader("Commitments", anchor=False)
show_commitments(chosen.scope)
