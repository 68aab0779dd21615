"""Questions about the bill in plain words, each figure with its origin."""

from __future__ import annotations

import streamlit as st

from finops.web import assistant, filters, states

chosen = filters.chosen()
states.heading("Assistant")
st.caption(
    "Answers come from look-ups in the bill, with the filters on the left, and each "
    "figure is one that was looked up. These questions are answered at once, by fixed "
    "rules and for nothing."
)
picked = assistant.show_canned()
conversation = st.container()
question = assistant.show_question()
with conversation:
    for place, reply in enumerate(assistant.replies()):
        assistant.show_reply(reply, place)
    if asked := picked.question if picked else question:
        before = len(assistant.replies())
        assistant.answer(chosen, asked, picked)
        for place, reply in enumerate(assistant.replies()[before:], start=before):
            assistant.show_reply(reply, place)
