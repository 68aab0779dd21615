"""The parts of the recommendations page: figures, table, evidence, kinds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from zlib import crc32

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.errors import Problem
from finops.recommendations import Recommendation
from finops.web import states
from finops.web.cards import chart
from finops.web.figures import tile
from finops.web.findings import STATUSES, Shown, kind_name, look_up, table_rows
from finops.web.session import settings
from finops.web.tables import money_column, show_table
from finops.web.texts import md
from finops.workspace import Scope

MOST_EVIDENCE: Final = 5
"""The evidence of more picked rows than this is not shown at once."""

MOST_LARGEST: Final = 5

DETAILS: Final = ("counted", "kind")
"""Columns that only the whole table has."""

NOTHING: Final = pd.Series(dtype="float64")
"""The days of a figure that is not made of days."""


def show_unread(problems: Sequence[Problem]) -> None:
    """What AWS would not show of the accounts, so that findings may be missing."""
    if not problems:
        return
    count = formats.plural(len(problems), "question")
    st.warning(
        f"AWS did not answer {count} about these accounts: findings may be missing.",
        icon=":material/sync_problem:",
    )
    with st.expander(f"Which {count}, and why"):
        st.markdown("\n".join(f"- {states.problem_text(one)}" for one in problems))


def show_figures(shown: Shown) -> None:
    """What could be saved in all, at little risk, and what is agreed on."""
    still_open = shown.in_states(*STATUSES["Open"])
    easy = [o for o in still_open if (o.risk, o.effort) == ("low", "quick_win")]
    accepted = shown.in_states("accepted")
    unknown = [o for o in still_open if o.estimated_monthly_savings is None]
    kinds = len({one.kind for one in still_open})
    with st.grid(4, min_column_width=190, gap="small"):
        _money_tile(
            shown,
            "Could be saved a month",
            still_open,
            beside=f"{formats.plural(len(still_open), 'finding')} of {kinds} kinds",
            note="Open findings. What overlaps counts once: the best that can be done "
            "to a resource, and purchases beyond that.",
        )
        _money_tile(
            shown,
            "Quick wins at low risk",
            easy,
            beside=formats.plural(len(easy), "finding"),
            note="The part of it that takes little and can hardly go wrong.",
        )
        _money_tile(
            shown,
            "Accepted",
            accepted,
            beside=f"{len(accepted)} to be done",
            note="The part of it that somebody has agreed to do.",
        )
        tile(
            "Saving unknown",
            str(len(unknown)),
            beside="open findings",
            points=NOTHING,
            note="The bill does not tell how much these would save; it is not 0, and "
            "not in the total.",
        )


def _money_tile(
    shown: Shown, label: str, found: Sequence[Recommendation], *, beside: str, note: str
) -> None:
    total = formats.money(shown.total(found), shown.currency, cents=False)
    tile(label, total, beside=beside, points=NOTHING, note=note)


def show_findings(
    shown: Shown, found: Sequence[Recommendation]
) -> list[Recommendation]:
    """The table of findings; those that the visitor has picked in it."""
    # Picks are places in the table: another table must not inherit them.
    told = [(one.fingerprint, shown.status[one.fingerprint]) for one in found]
    key = f"findings_{crc32(repr(told).encode())}"
    show_table(
        table_rows(shown, found),
        _columns(shown),
        alt="What could be saved, the largest saving first",
        key=key,
        on_pick="rerun",
        pick="multi-row",
    )
    picked = st.session_state[key]["selection"]["rows"]
    return [found[place] for place in picked]


def _columns(shown: Shown) -> dict[str, Any]:
    return {
        "saving": money_column("A month", shown.currency),
        "counted": money_column(
            "In the total", shown.currency, note="Overlaps count once."
        ),
        "title": st.column_config.TextColumn("What to do", width="large"),
        "account": st.column_config.TextColumn("Account"),
        "region": st.column_config.TextColumn("Region"),
        "risk": st.column_config.TextColumn("Risk"),
        "effort": st.column_config.TextColumn("Effort"),
        "status": st.column_config.TextColumn("Status"),
        "kind": st.column_config.TextColumn("Kind"),
    }


def show_largest(scope: Scope) -> None:
    """The largest open savings, and where all of them are."""
    if settings().kind == "aws":
        states.sentence("The accounts are looked into when you ask for it.")
    else:
        with st.spinner("Looking for what could be saved"):
            shown = look_up(scope)
        found = shown.in_states(*STATUSES["Open"])[:MOST_LARGEST]
        if not found:
            states.sentence("Nothing was found to save in this period.")
            return
        show_table(
            table_rows(shown, found),
            {name: one for name, one in _columns(shown).items() if name not in DETAILS},
            alt="The largest open savings",
        )
    st.page_link(
        "pages/optimize/recommendations.py",
        label="All recommendations",
        icon=":material/savings:",
    )


def show_evidence(one: Recommendation) -> None:
    """What speaks for a finding, and what a change needs to know."""
    st.markdown(f"**{md(one.title)}**")
    for fact in one.evidence:
        st.markdown(f":gray[{md(fact.label)}]  \n{md(fact.text)}")
    if one.facts:
        told = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in one.facts)
        st.caption(md(told))


def show_kinds(shown: Shown, found: Sequence[Recommendation]) -> None:
    """What each kind of change saves, overlaps counted once."""
    savings: dict[str, float] = {}
    for one in found:
        saving = shown.counted.get(one.fingerprint, 0.0)
        if saving > 0:
            name = kind_name(one.kind)
            savings[name] = savings.get(name, 0.0) + saving
    if not savings:
        states.sentence("None of these has a saving that counts.")
        return
    chart(
        "savings_by_kind",
        tuple(savings.items()),
        lambda: charts.top_savings(savings, shown.currency),
    )
