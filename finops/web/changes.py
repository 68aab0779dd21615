"""The changes that carry out what was found, and those a visitor looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import pandas as pd
import streamlit as st

from finops.recommendations import Recommendation
from finops.remediation import Change, change_for
from finops.remediation.change import ACTION_CLASSES, Form
from finops.remediation.markdown import plain
from finops.remediation.selecting import is_easy
from finops.remediation.state import State
from finops.web import session
from finops.web.cards import show_code
from finops.web.findings import RISKS, STATUSES, Shown

FORMS: Final[Mapping[Form, str]] = {
    "terraform": "Terraform",
    "patch": "Lines for your Terraform",
    "runbook": "Runbook",
    "advice": "In words",
}
"""What a form is called on screen."""

WINS, ACCEPTED, OPEN = "Quick wins at low risk", "Accepted", "All open"

UPLOADED: Final = "own_terraform_state"
"""The key of the file that a visitor has uploaded."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A recommendation, and the change that carries it out."""

    recommendation: Recommendation
    change: Change


def pairs(shown: Shown, state: State | None) -> list[Pair]:
    """Every open recommendation with its change: first those with code.

    Of each, the largest saving first.
    """
    today = datetime.now(UTC).date()
    found = shown.in_states(*STATUSES["Open"])

    def work() -> list[Pair]:
        every = [Pair(one, change_for(one, today=today, state=state)) for one in found]
        return sorted(every, key=lambda pair: pair.change.form == "advice")

    # Each visitor has a Terraform state of their own, or none.
    return work() if state else session.keep(("changes", tuple(found)), work)


def own_state() -> State | None:
    """What the visitor's own Terraform manages, if they have said so.

    Raises:
        RemediationError: If what they uploaded is no state.
    """
    given = st.session_state.get(UPLOADED)
    return State.read(given.getvalue().decode("utf-8", "replace")) if given else None


def ask_for_state() -> None:
    """Where a visitor says what their own Terraform manages."""
    with st.popover("Your Terraform", icon=":material/upload_file:"):
        st.markdown(
            "An object that your own Terraform manages gets lines for its address. "
            "The file stays in this session."
        )
        show_code("terraform show -json > state.json", "bash")
        st.file_uploader("state.json", type="json", key=UPLOADED)


def choose(shown: Shown, known: Sequence[Pair]) -> list[Pair]:
    """The changes that the visitor's filters leave."""
    which = st.segmented_control(
        "Show",
        [WINS, ACCEPTED, OPEN],
        default=WINS,
        required=True,
        key="changes",
        bind="query-params",
    )
    forms = st.pills(
        "As",
        list(FORMS.values()),
        selection_mode="multi",
        key="forms",
        bind="query-params",
        wrap=True,
    )
    return [
        pair
        for pair in known
        if _is_shown(shown, pair, str(which))
        and (not forms or FORMS[pair.change.form] in forms)
    ]


def _is_shown(shown: Shown, pair: Pair, which: str) -> bool:
    if which == ACCEPTED:
        return shown.status[pair.recommendation.fingerprint] == "accepted"
    return which == OPEN or is_easy(pair.recommendation)


def table_rows(chosen: Sequence[Pair]) -> pd.DataFrame:
    """One row per change; an unknown saving is empty."""
    return pd.DataFrame(
        {
            "saving": [
                pair.recommendation.estimated_monthly_savings for pair in chosen
            ],
            "title": [plain(pair.change.procedure.title) for pair in chosen],
            "action": [
                ACTION_CLASSES[pair.change.procedure.action_class] for pair in chosen
            ],
            "form": [FORMS[pair.change.form] for pair in chosen],
            "risk": [RISKS[pair.recommendation.risk] for pair in chosen],
            "account": [pair.recommendation.account for pair in chosen],
        }
    ).astype({"saving": "float64"})
