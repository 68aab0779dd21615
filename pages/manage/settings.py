"""Where the costs come from, and how to connect other accounts."""

from __future__ import annotations

from finops.web import setup, states
from finops.web.cards import card

states.heading("Settings")
with card("Source", "Where these costs come from"), states.explained():
    setup.show_source()
with card("Change the source", "One of these in the file .env, then start the app"):
    setup.show_examples()
