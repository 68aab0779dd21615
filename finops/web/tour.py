"""The guided tour of the demo: five stops that tell the company's story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from finops.web.session import settings


@dataclass(frozen=True, slots=True)
class Stop:
    """One page, with the filters that show what the stop is about.

    Attributes:
        label: Where to look; it is the link.
        why: What is seen there.
    """

    page: str
    label: str
    why: str
    filters: dict[str, str] = field(default_factory=dict)


STOPS: Final = (
    Stop(
        "pages/understand/accounts.py",
        "Who spends it",
        "One account is most of the spend; what stands out between them, with advice.",
    ),
    Stop(
        "pages/understand/anomalies.py",
        "Why it rose",
        "A data export through the NAT gateway, and a launch: when, how much, and the "
        "resource that caused it.",
    ),
    Stop(
        "pages/plan/forecast.py",
        "Where it is going",
        "The next 30 days land over budget. Switch on a change, and see them land "
        "elsewhere.",
        {"ahead": "30"},
    ),
    Stop(
        "pages/optimize/savings.py",
        "What was really saved",
        "What was recommended and done, and what the bill shows of it afterwards.",
    ),
    Stop(
        "pages/optimize/remediation.py",
        "How a change is made safely",
        "The Terraform of each quick win: what to check, what it does, the way back. "
        "Nothing is applied from here.",
    ),
)


def show_tour() -> None:
    """The stops, behind one button; nothing where the data is not made up."""
    if settings().kind != "demo":
        return
    with st.popover("Tour", icon=":material/tour:", help="Five stops, two minutes."):
        for number, stop in enumerate(STOPS, 1):
            st.page_link(
                stop.page,
                label=f"{number}. {stop.label}",
                query_params=stop.filters or None,
            )
            st.caption(stop.why)
