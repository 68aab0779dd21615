"""The part of the settings page about Claude: who answers, its price, what was spent."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.commentary.ledger import open_ledger
from finops.commentary.prices import CHEAP_MODEL, CHECKED_ON, name_on, price_of
from finops.settings import AiProvider
from finops.web import claude
from finops.web.cards import show_code
from finops.web.session import settings
from finops.web.states import sentence
from finops.web.texts import md

PROVIDERS: Final[dict[AiProvider, str]] = {
    "anthropic": "Anthropic, with a key",
    "bedrock": "AWS Bedrock, with the login of this app",
}

EXAMPLE: Final = (
    "ANTHROPIC_API_KEY=sk-ant-...\n# AI_PROVIDER=bedrock\n# AI_DAILY_LIMIT=1.00"
)

SHOWN_DAYS: Final = 30


def show_claude() -> None:
    """Who answers for Claude, with which model, and what that costs."""
    provider = settings().ai_provider
    if provider is None:
        sentence(
            "Explanations are written by fixed rules. For longer ones by Claude, and "
            "for free questions to the assistant, put one of these in the file .env."
        )
        show_code(EXAMPLE, "ini")
        return
    model = name_on(provider, settings().ai_model)
    st.table(
        {
            "Answers": PROVIDERS[provider],
            "Model": md(model),
            "End of life": _end_of_life(settings().ai_model),
            "Price": md(_price_text(model)),
            "Single sentences": md(f"{CHEAP_MODEL}, {_price_text(CHEAP_MODEL)}"),
        },
        border="horizontal",
    )


def show_spending() -> None:
    """What Claude cost today, and on each day before."""
    ledger = open_ledger(settings(), now=claude.now)
    st.metric(
        "Today (UTC)",
        md(claude.small_money(ledger.spent_today())),
        delta=md(f"of {formats.money(ledger.daily_limit)} a day"),
        delta_color="off",
        delta_arrow="off",
        help="AI_DAILY_LIMIT sets the most that a day may cost.",
    )
    spent = ledger.history(SHOWN_DAYS)
    if not spent:
        sentence(f"Claude was not asked in the last {SHOWN_DAYS} days.")
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Day": [formats.day(each.day) for each in spent],
                "For": [each.task.capitalize() for each in spent],
                "Cost": [
                    formats.UNKNOWN
                    if each.dollars is None
                    else claude.small_money(each.dollars)
                    for each in spent
                ],
                "Calls": [each.calls for each in spent],
                "Tokens": [each.tokens for each in spent],
                "Model": [each.model for each in spent],
            }
        ),
        hide_index=True,
    )


def _price_text(model: str) -> str:
    price = price_of(model)
    if price is None:
        return "price unknown, so it counts as the dearest"
    asked, answered = formats.money(price.prompt), formats.money(price.answer)
    return (
        f"{asked} for a million tokens read, {answered} written "
        f"(checked {formats.day(CHECKED_ON)})"
    )


def _end_of_life(model: str) -> str:
    """When the model ends, as far as the SDK knows."""
    # Imported here: the SDK is slow to load, and only this line needs it.
    from anthropic.resources.messages import DEPRECATED_MODELS  # noqa: PLC0415

    end = DEPRECATED_MODELS.get(model)
    return f"{end}: choose another with AI_MODEL" if end else "none announced"
