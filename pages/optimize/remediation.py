"""Changes that are safe to run: what each does, its code, and the way back."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from finops.web import changes, filters, findings, remediation, states

chosen = filters.chosen()
with st.spinner("Looking for what could be saved"):
    shown = findings.look_up(chosen.scope)
answer = shown.answer

states.heading("Remediation")
states.counted(replace(chosen, scope=answer.scope), answer.currency, answer.costs)
if not answer.charged and not answer.found:
    states.empty(chosen)
    st.stop()

known = changes.pairs(shown, changes.own_state())
with st.container(horizontal=True, vertical_alignment="bottom"):
    wanted = changes.choose(shown, known)
    changes.ask_for_state()
    if wanted:
        remediation.download("Download all", wanted, key="download_all")

remediation.show_figures(shown, known)
if not wanted:
    remediation.nothing_to_show()
    st.stop()

picked = remediation.show_changes(shown, wanted)
left, right = st.columns([2, 3])
with left:
    remediation.show_change(picked)
with right:
    remediation.show_files(picked)
