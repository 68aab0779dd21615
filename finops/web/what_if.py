"""What if: the changes that a visitor switches on, in the page and in its link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Final

import pandas as pd
import streamlit as st

from finops import formats
from finops.analysis.planned_changes import (
    Change,
    Growth,
    NewCost,
    OfficeHours,
    OneOff,
    can_rest,
    in_words,
    read_change,
)
from finops.errors import ConfigurationError
from finops.periods import DAY
from finops.web import states
from finops.web.tables import money_column, show_table
from finops.web.texts import dollars, md
from finops.workspace.ahead import Ahead
from finops.workspace.scenarios import Scenario

CHANGES: Final = "change"
"""The changes that are on, in the URL and in the session."""

KINDS: Final = ("Grows or shrinks", "Once", "Every month")

EVERYTHING: Final = "Everything"

MOST_RECOMMENDED: Final = 10
"""Smaller savings are on the page Recommendations."""

SUGGESTED: Final = 10.0
"""Percent by which the suggested changes go up and down."""


def choose(ahead: Ahead, savings: Mapping[str, float]) -> tuple[Change, ...]:
    """The changes that are on.

    Args:
        ahead: What they change.
        savings: What could be done, and what it saves a month.
    """
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        switched_on = [*st.session_state.get(CHANGES, [])]
        texts = st.multiselect(
            "Changes",
            [*dict.fromkeys([*switched_on, *map(str, suggestions(ahead, savings))])],
            key=CHANGES,
            bind="query-params",
            accept_new_options=True,
            wrap=True,
            placeholder="None. Pick one, or write service/AWS Lambda:+20%@2026-12-01",
            help="Changes that are on, and in this page's link. Take one away to "
            "see the forecast without it.",
        )
    with right, st.popover("Add", icon=":material/add:", width="stretch"):
        _show_form(ahead)
    return read(texts)


def read(texts: Sequence[str]) -> tuple[Change, ...]:
    """The changes that are written; what is none is explained and left out."""
    changes = []
    for text in texts:
        try:
            changes.append(read_change(text))
        except ConfigurationError as error:
            states.sentence(f"{md(error)} {md(error.hint)}")
    return tuple(dict.fromkeys(changes))


def suggestions(ahead: Ahead, savings: Mapping[str, float]) -> list[Change]:
    """A few changes that are worth a try here, and the largest recommendations."""
    start = ahead.as_of + DAY
    recommended = [
        NewCost(title, -round(saved, 2), start)
        for title, saved in islice(savings.items(), MOST_RECOMMENDED)
    ]
    largest = str(ahead.compared.index[0][1])
    found: list[Change] = [
        Growth("service", largest, -SUGGESTED, start),
        Growth("all", "", SUGGESTED, start),
    ]
    resting = [OfficeHours(start)] if can_rest(ahead.parts) else []
    return [*resting, *found, *filter(_is_readable, recommended)]


def _is_readable(change: Change) -> bool:
    """Whether a link can hold it: a title from outside may look like a day."""
    try:
        return read_change(str(change)) == change
    except ConfigurationError:
        return False


def show_effects(scenario: Scenario) -> None:
    """What each change moves alone, and where everything lands with all of them."""
    ahead, currency = scenario.ahead, scenario.ahead.currency
    if not scenario.changes:
        states.sentence(
            "Switch on what you plan: growth, a one-off, a new cost, office hours, a "
            "recommendation that will be done. "
            "The fan, the month and the quarter then land elsewhere."
        )
        return
    plain = Scenario(ahead)
    periods = {
        f"Next {ahead.forecast.days} days": ahead.period,
        ahead.month.name: ahead.month.period,
        ahead.quarter.name: ahead.quarter.period,
    }
    rows = pd.DataFrame(
        [
            {
                "period": name,
                "without": (without := plain.landing(period).projected),
                "with": (landing := scenario.landing(period)).projected,
                "change": landing.projected - without,
                "low": landing.interval80.low,
                "high": landing.interval80.high,
            }
            for name, period in periods.items()
        ]
    )
    show_table(
        rows,
        {
            "period": st.column_config.TextColumn("Lands", pinned=True),
            "without": money_column("Without", currency),
            "with": money_column("With", currency),
            "change": money_column("Change", currency),
            "low": money_column("Low", currency, note="In 80 of 100 cases."),
            "high": money_column("High", currency, note="In 80 of 100 cases."),
        },
        alt="Where each period lands, with and without the changes",
    )
    for change in scenario.changes:
        effect = formats.change(scenario.effect(change), currency)
        st.markdown(
            f"- {md(in_words(change, currency))}: **{dollars(effect)}** in "
            f"{ahead.forecast.days} days"
        )


def _show_form(ahead: Ahead) -> None:
    """A change, put together from fields."""
    kind = st.segmented_control("What happens", KINDS, default=KINDS[0], required=True)
    if kind == KINDS[0]:
        accounts, services = (
            dict.fromkeys(ahead.compared.index.get_level_values(level))
            for level in (0, 1)
        )
        parts = {EVERYTHING: ("all", "")}
        parts |= {f"account/{name}": ("account", str(name)) for name in accounts}
        parts |= {f"service/{name}": ("service", str(name)) for name in services}
        part = st.selectbox("What", list(parts))
        amount = st.number_input("By percent", value=10.0, min_value=-100.0, step=5.0)
    else:
        part = st.text_input("What", placeholder="Migration", max_chars=60)
        amount = st.number_input(f"Amount in {ahead.currency}", value=100.0, step=50.0)
    start = st.date_input("From", ahead.as_of + DAY)
    written = _written(kind or KINDS[0], part or "", amount, start)
    st.button(
        "Switch on",
        type="primary",
        on_click=_switch_on,
        args=(written,),
        disabled=not written,
    )


def _written(kind: str, part: str, amount: float, start: date) -> str:
    """A change of the form as text; empty where it has no name."""
    if kind == KINDS[0]:
        which, _, name = part.partition("/")
        whole = part == EVERYTHING
        return str(
            Growth("all", "", amount, start)
            if whole
            else Growth(
                "account" if which == "account" else "service", name, amount, start
            )
        )
    name = part.strip()
    made = OneOff if kind == KINDS[1] else NewCost
    return str(made(name, amount, start)) if name else ""


def _switch_on(written: str) -> None:
    st.session_state[CHANGES] = [
        *dict.fromkeys([*st.session_state.get(CHANGES, []), written])
    ]
