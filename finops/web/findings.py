"""What could be saved, what became of it, and what of it a visitor looks at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from finops.analysis.workload_optimization import KIND_NAMES
from finops.recommendations import Effort, Recommendation, Risk
from finops.web import session
from finops.web.session import ask
from finops.web.tracking import tracker
from finops.workspace import Scope
from finops.workspace.recommendations import (
    Recommendations,
    Status,
    recommendations,
    statuses,
    still_to_save,
)

RISKS: Final[Mapping[Risk, str]] = {"low": "Low", "medium": "Medium", "high": "High"}

EFFORTS: Final[Mapping[Effort, str]] = {
    "quick_win": "Quick win",
    "moderate": "Moderate",
    "project": "Project",
}

STATUSES: Final[Mapping[str, tuple[Status, ...]]] = {
    "Open": ("new", "pending", "accepted"),
    "Accepted": ("accepted",),
    "Done": ("implemented", "verified"),
    "Rejected": ("rejected",),
}
"""What can be looked at, and the states that it holds."""

EVERYWHERE: Final = "all"
"""Where AWS bills globally, and where a purchase counts."""

ACRONYMS: Final = frozenset({"ec2", "ebs", "rds", "eip", "nat", "s3", "ecr", "vpc"})


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What could be saved, and what became of each of it.

    Attributes:
        counted: How much of each one's saving is in the total, by fingerprint.
    """

    answer: Recommendations
    status: Mapping[str, Status]
    counted: Mapping[str, float]

    @property
    def currency(self) -> str:
        """Of the total."""
        return self.answer.currency

    def in_states(self, *states_asked: Status) -> list[Recommendation]:
        """Those of which this became, the largest saving first."""
        return [
            one
            for one in self.answer.found
            if self.status[one.fingerprint] in states_asked
        ]

    def total(self, found: Sequence[Recommendation]) -> float:
        """What `found` save a month of what is counted."""
        return sum(self.counted.get(one.fingerprint, 0.0) for one in found)


def look_up(scope: Scope) -> Shown:
    """What could be saved of the costs in `scope`, as the tracker stands."""
    settings = session.settings()
    answer = ask(
        recommendations,
        scope,
        exports=settings.recommendation_exports,
        live=session.live if settings.kind == "aws" else None,
    )
    status = statuses(answer.found, tracker())
    counted = still_to_save(answer.found, status, currency=answer.currency)
    return Shown(answer, status, counted)


def open_savings(scope: Scope) -> dict[str, float]:
    """What is still to be done and what it saves a month, the largest first.

    Empty where the accounts would first have to be looked into.
    """
    settings = session.settings()
    if settings.kind == "aws":
        return {}
    shown = look_up(scope)
    saved = {
        f"{one.title} ({one.account})": shown.counted.get(one.fingerprint, 0.0)
        for one in shown.in_states(*STATUSES["Open"])
    }
    largest = sorted(saved, key=lambda title: -saved[title])
    return {title: saved[title] for title in largest if saved[title] > 0}


def kind_name(kind: str) -> str:
    """What a kind of finding is called: `EBS unattached` for `ebs_unattached`."""
    words = (word.upper() if word in ACRONYMS else word for word in kind.split("_"))
    told = " ".join(words)
    return KIND_NAMES.get(kind) or told[:1].upper() + told[1:]


def choose(shown: Shown) -> list[Recommendation]:
    """The findings that the visitor's filters leave, the largest saving first."""
    kinds = {kind_name(one.kind): None for one in shown.answer.found}
    with st.container(horizontal=True, vertical_alignment="top"):
        status = st.segmented_control(
            "Status",
            [*STATUSES, "All"],
            default="Open",
            required=True,
            key="status",
            bind="query-params",
        )
        risks = _pills("Risk", list(RISKS.values()), key="risk")
        efforts = _pills("Effort", list(EFFORTS.values()), key="effort")
        wanted = st.multiselect(
            "Kind",
            sorted(kinds),
            key="kind",
            bind="query-params",
            placeholder="All kinds",
            width=230,
        )
    states_asked = STATUSES.get(str(status))
    return [
        one
        for one in shown.answer.found
        if (states_asked is None or shown.status[one.fingerprint] in states_asked)
        and (not risks or RISKS[one.risk] in risks)
        and (not efforts or EFFORTS[one.effort] in efforts)
        and (not wanted or kind_name(one.kind) in wanted)
    ]


def _pills(label: str, options: list[str], *, key: str) -> list[str]:
    return st.pills(
        label, options, selection_mode="multi", key=key, bind="query-params"
    )


def _in_words(one: Recommendation) -> str:
    return "; ".join(f"{fact.label}: {fact.text}" for fact in one.evidence)


def _counted(shown: Shown, one: Recommendation) -> float | None:
    """What it adds to the total; None where its saving is not known."""
    if one.estimated_monthly_savings is None:
        return None
    return shown.counted.get(one.fingerprint, 0.0)


def table_rows(shown: Shown, found: Sequence[Recommendation]) -> pd.DataFrame:
    """One row per finding; an unknown saving is empty."""
    return pd.DataFrame(
        {
            "saving": [one.estimated_monthly_savings for one in found],
            "counted": [_counted(shown, one) for one in found],
            "title": [one.title for one in found],
            "account": [one.account for one in found],
            "region": [one.region or EVERYWHERE for one in found],
            "kind": [kind_name(one.kind) for one in found],
            "risk": [RISKS[one.risk] for one in found],
            "effort": [EFFORTS[one.effort] for one in found],
            "status": [shown.status[one.fingerprint].capitalize() for one in found],
            "resource": [one.resource_id for one in found],
            "evidence": [_in_words(one) for one in found],
        }
    ).astype({"saving": "float64", "counted": "float64"})
