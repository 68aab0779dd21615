"""The parts of the settings page about AWS: its accounts, its price, its policy."""

from __future__ import annotations

import json
from typing import Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.aws.permissions import policy
from finops.sources import in_silence
from finops.web.session import live, settings
from finops.web.states import sentence
from finops.web.texts import md

STEPS: Final = (
    "In each account, make a role with this policy, and let the identity that runs "
    "the app assume it.",
    "Copy `.env.example` to `.env`, list the accounts in `AWS_ACCOUNTS`, and start "
    "the app again. An organization needs one entry only, named in `AWS_PAYER`.",
    "Come back here and check the accounts: each says what works, and which line of "
    "the policy mends what does not.",
)


def show_steps() -> None:
    """How to connect AWS accounts, with the policy to download."""
    st.markdown("\n".join(f"{n}. {step}" for n, step in enumerate(STEPS, start=1)))
    st.download_button(
        "Download the policy",
        data=json.dumps(policy(), indent=2),
        file_name="finops-reader-policy.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        help="It allows reading costs, and changes nothing.",
    )


@st.fragment
def show_health() -> None:
    """What works in each account, once it is asked for."""
    if not st.button("Check the accounts", icon=":material/stethoscope:", key="check"):
        sentence("Asks nothing that AWS charges for.")
        return
    with st.spinner("Asking AWS"):
        checks = live().checks(tell=in_silence)
    st.dataframe(
        pd.DataFrame(
            {
                "Account": [check.account for check in checks],
                "Account id": [check.account_id or "unknown" for check in checks],
                "Feature": [check.feature.capitalize() for check in checks],
                "Status": [["Works" if check.ok else "Fails"] for check in checks],
                "What was found": [check.message for check in checks],
                "What mends it": [check.hint for check in checks],
            }
        ),
        hide_index=True,
        column_config={
            "Status": st.column_config.MultiselectColumn(
                options=["Works", "Fails"], color=["green", "red"]
            ),
        },
    )
    for problem in live().listed.problems:
        st.warning(md(problem), icon=":material/sync_problem:")


def show_paid_requests() -> None:
    """What requests to Cost Explorer cost today, and on each day before."""
    spent, limit = live().paid_today(), settings().daily_limit
    st.metric(
        "Today (UTC)",
        md(formats.money(float(spent))),
        delta=md(f"of {formats.money(float(limit))} a day"),
        delta_color="off",
        delta_arrow="off",
        help="COST_EXPLORER_DAILY_LIMIT sets the most that a day may cost.",
    )
    paid = live().paid()
    if not paid:
        sentence("No request was paid for in the last 30 days.")
        return
    st.dataframe(
        pd.DataFrame(
            {
                "Day": [formats.day(each.day) for each in paid],
                "Account": [each.account for each in paid],
                "Requests": [each.requests for each in paid],
                "Cost": [formats.money(float(each.cost)) for each in paid],
            }
        ),
        hide_index=True,
        height="auto",
    )
