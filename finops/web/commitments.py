"""The parts of the recommendations page about Reserved Instances and savings plans."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.rate_optimization import SOON, Rates
from finops.focus import METRIC_NAMES
from finops.web import states
from finops.web.cards import card
from finops.web.figures import tile
from finops.web.recommendations import NOTHING
from finops.web.session import ask, workspace
from finops.web.tables import money_column, share_column, show_table
from finops.web.texts import md
from finops.workspace import Scope
from finops.workspace.commitments import NEEDED, Commitments, commitments

COVERED_NOTE: Final = (
    "The part of the usage by the hour that a commitment pays for, at public prices: "
    "machines, containers, functions, databases, caches and search."
)

USED_NOTE: Final = "The part of what commitments cost that paid for usage."

RATE_NOTE: Final = (
    "1 - what was paid / the same usage at public prices, over what commitments can "
    "cover, and with what they waste (FinOps Foundation)."
)


def show_commitments(scope: Scope) -> None:
    """How well commitments are used, and what they save."""
    name = workspace().source.name
    if NEEDED not in workspace().source.dimensions:
        states.sentence(
            f"{md(name)} does not say which costs a commitment covers. A billing "
            "export does."
        )
        return
    found = ask(commitments, scope)
    st.caption(
        f"{formats.days(found.scope.period)} · "
        f"{METRIC_NAMES['EffectiveCost'].lower()} · usage and purchases · "
        f"{md(found.currency)}"
    )
    _show_figures(found.rates, found.currency)
    left, right = st.columns([3, 2])
    with left, card("Commitments", "The one with most waste first"):
        _show_each(found)
    with right, card("Coverage", "Of what commitments can cover, at public prices"):
        _show_coverage(found.rates, found.currency)


def _show_figures(rates: Rates, currency: str) -> None:
    public = formats.money(rates.public, currency)
    wasted = formats.money(rates.unused, currency)
    figures = [
        ("Covered by commitments", rates.covered, f"of {public}", COVERED_NOTE),
        ("Commitments used", rates.utilisation, "of what they cost", USED_NOTE),
        (
            "Effective savings rate",
            rates.effective_savings_rate,
            "of public prices",
            RATE_NOTE,
        ),
    ]
    with st.grid(4, min_column_width=190, gap="small"):
        for label, share, beside, note in figures:
            told = formats.percent(share)
            tile(label, told, beside=beside, points=NOTHING, note=note)
        tile(
            "Paid for nothing",
            wasted,
            beside="commitments not used",
            points=NOTHING,
            note="What commitments cost in these days while nothing used them.",
        )


def _show_each(found: Commitments) -> None:
    if not found.rates.commitments:
        states.sentence("No commitment is on this bill: all is paid on demand.")
        return
    today = workspace().as_of
    rows = pd.DataFrame(
        {
            "name": [_short(one.id) for one in found.rates.commitments],
            "kind": [one.kind for one in found.rates.commitments],
            "used": [_percent(one.utilisation) for one in found.rates.commitments],
            "unused": [one.unused for one in found.rates.commitments],
            "ends": [one.ends for one in found.rates.commitments],
        }
    )
    show_table(
        rows,
        {
            "name": st.column_config.TextColumn("Commitment", width=110),
            "kind": st.column_config.TextColumn("Kind"),
            "used": share_column("Used"),
            "unused": money_column("Paid for nothing", found.currency),
            "ends": st.column_config.DateColumn("Last day"),
        },
        alt="Use, waste and end of each commitment",
    )
    left = [one.days_left(today) for one in found.rates.commitments]
    soon = [days for days in left if days is not None and 0 <= days <= SOON]
    if soon:
        st.markdown(
            f":material/event: {formats.plural(len(soon), 'commitment')} will end "
            f"within {SOON} days, the first in {formats.plural(min(soon), 'day')}."
        )


def _show_coverage(rates: Rates, currency: str) -> None:
    if not rates.coverage:
        states.sentence("Nothing was used that a commitment could cover.")
        return
    rows = pd.DataFrame(
        {
            "service": [charts.short(one.service) for one in rates.coverage],
            "share": [_percent(one.share) for one in rates.coverage],
            "on_demand": [one.on_demand for one in rates.coverage],
        }
    )
    show_table(
        rows,
        {
            "service": st.column_config.TextColumn("Service", width=130),
            "share": share_column("Covered"),
            "on_demand": money_column("On demand", currency),
        },
        alt="How much of each service commitments cover",
    )


def _short(arn: str) -> str:
    """The last part of an ARN."""
    return re.split("[/:]", arn)[-1]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
