"""The parts of the savings page that show what was saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.realization import MeasuredSaving, NotMeasurable
from finops.charts.realization import ComparedSaving
from finops.periods import next_month
from finops.savings import Summary
from finops.web import states
from finops.web.cards import chart
from finops.web.figures import tile
from finops.web.filters import Chosen
from finops.web.session import ask
from finops.web.tracking import tracker
from finops.workspace.realization import Change, measured_saving
from finops.workspace.savings import Evidence, Saving, Savings, savings

TOLD: Final[dict[Evidence, str]] = {
    "verified": "Saves",
    "not sure": "Not sure",
    "not measurable": "Not measurable",
    "not implemented": "",
}
"""What the bill says of an item, in a narrow column."""

NOTHING: Final = pd.Series(dtype="float64")
"""The days of a figure that is not made of days."""

Amounts = tuple[float | None, ...]
"""Estimated, claimed and measured savings a month."""

MOST_COMPARED: Final = 12
"""More items than this, the latest, would make a very long chart."""


def look_up(chosen: Chosen) -> Savings:
    """The items of the accounts that were picked, with what the bill shows."""
    metric = chosen.scope.metric

    def measured(change: Change) -> MeasuredSaving | NotMeasurable:
        return ask(measured_saving, change, metric=metric)

    picked = {*chosen.picked}
    return savings(
        [
            item
            for item in tracker().items()
            if not picked or picked & {item.account, item.account_id}
        ],
        measured,
    )


def show_figures(found: Savings, summary: Summary, currency: str) -> None:
    """How much was done, and what it saves."""

    def money(amount: float | None) -> str:
        return formats.money(amount, currency, cents=False)

    shown = sum(
        s.amount is not None for s in found.items if s.item.currency == currency
    )
    with st.grid(5, min_column_width=165, gap="small"):
        _tile(
            "Implemented",
            f"{summary.implemented} of {summary.total}",
            beside=f"{formats.percent(summary.implementation_rate)} of all",
            note=f"{summary.pending} pending, {summary.rejected} rejected.",
        )
        _tile(
            "Estimated a month",
            money(summary.implemented_estimated),
            beside=f"of {money(summary.estimated)} found",
            note="Of what is implemented, and of all that is not rejected.",
        )
        _tile(
            "Claimed a month",
            money(summary.actual),
            beside=f"{money(summary.annual_projection)} a year",
            note="What those who implemented it say that it saves.",
        )
        _tile(
            "Measured a month",
            money(summary.measured),
            beside=f"{shown} of {formats.plural(summary.implemented, 'item')}",
            note="What the bill shows of the implemented, where it shows anything.",
        )
        _tile(
            "Forecast accuracy",
            formats.percent(summary.forecast_accuracy),
            beside="claimed to estimated",
            note="How near the claimed savings are to the estimated ones: 1 less "
            "their difference as a part of the estimated.",
        )


def _tile(label: str, text: str, *, beside: str, note: str) -> None:
    tile(label, text, points=NOTHING, beside=beside, note=note)


def show_compared(found: Savings, currency: str) -> None:
    """Estimated, claimed and measured savings of each implemented item."""
    done = [
        saving
        for saving in found.items
        if saving.group == "implemented" and saving.item.currency == currency
    ]
    if not done:
        states.sentence("Nothing is implemented yet.")
        return
    done.sort(key=lambda saving: saving.item.implemented_on or date.min, reverse=True)
    drawn = tuple(_compared(saving) for saving in done[:MOST_COMPARED])
    chart(
        "savings_compared",
        (drawn, currency),
        lambda: charts.savings_compared(drawn, currency),
    )
    if len(done) > len(drawn):
        states.sentence(f"The latest {len(drawn)} of {len(done)}.")


def _compared(saving: Saving) -> ComparedSaving:
    item, found = saving.item, saving.amount
    return ComparedSaving(
        title=f"{item.title} ({item.id})",
        estimated=item.estimated,
        claimed=item.actual,
        measured=found.saving if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        told=TOLD[saving.evidence],
    )


def show_over_time(found: Savings, currency: str, as_of: date) -> None:
    """What all that was implemented until then saves a month."""
    months: dict[date, Amounts] = {
        month: (summary.implemented_estimated, summary.actual, summary.measured)
        for month, summary in found.within(currency).groups["by_month"].items()
    }
    if not months:
        states.sentence("Nothing is implemented yet.")
        return
    running = running_savings(months, until=as_of)
    chart(
        "savings_over_time",
        (tuple(running.items()), currency),
        lambda: charts.savings_over_time(running, currency),
    )


def running_savings(
    months: Mapping[date, Amounts], *, until: date
) -> dict[date, Amounts]:
    """The sums up to each month, from the first one; what is unknown adds nothing."""
    sums: Amounts = (0.0, 0.0, 0.0)
    month, running = min(months), {}
    while month <= max(until, *months):
        added = months.get(month, (0.0, 0.0, 0.0))
        sums = tuple((a or 0.0) + (b or 0.0) for a, b in zip(sums, added, strict=True))
        running[month] = sums
        month = next_month(month)
    return running
