"""The parts of the anomalies page: what happened, how much, and what caused it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.anomalies import Anomaly, part, what
from finops.charts.groups import NONE
from finops.commentary.known import anomaly_facts
from finops.commentary.moves import anomaly_explanation
from finops.errors import InsufficientHistoryError
from finops.focus import dimension_label
from finops.periods import ChargePeriod
from finops.sources import Priced
from finops.web import commentary, drill, states
from finops.web.cards import card, chart
from finops.web.session import ask, workspace
from finops.web.tables import money_column, show_table
from finops.web.texts import dollars, md
from finops.workspace import Scope
from finops.workspace.anomalies import AnomaliesFound, anomalies

MOST_CARDS: Final = 8
"""More than this are listed in a table alone."""

MOST_NEWEST: Final = 2
"""How many are named on other pages."""

SHOWN_BEFORE: Final = timedelta(weeks=6)
SHOWN_AFTER: Final = timedelta(weeks=2)
"""What is drawn of the time around an anomaly."""

ENDINGS: Final = {"over": "Over", "lasting": "New level", "ongoing": "Ongoing"}
"""What has become of a cost, in a word or two."""

PAGE: Final = "pages/understand/anomalies.py"


def table_rows(found: AnomaliesFound) -> pd.DataFrame:
    """One row per anomaly, as the table and the file have it."""
    return pd.DataFrame(
        [
            {
                "start": each.period.start,
                "last_day": each.period.last_day,
                "account": each.account,
                "service": each.subject,
                "impact": each.impact,
                "cost": each.cost,
                "expected": each.expected,
                "ending": ENDINGS[each.ending],
                "cause": ", ".join(_named(each)),
                "score": each.score,
            }
            for each in found.anomalies
        ]
    )


def show_none(found: AnomaliesFound) -> None:
    """That nothing was out of the ordinary, and by what that was judged."""
    with st.container(border=True, key="empty"):
        st.markdown(":material/check_circle: **Nothing was out of the ordinary**")
        st.markdown(
            f"In {formats.days(found.scope.period)} every service of every account "
            "cost what it usually does."
        )
        st.markdown(
            f":gray[Judged by {formats.days(found.history)}. Fees of the first of a "
            "month are usual, and so is what a weekday always costs.]"
        )


def show_figures(found: AnomaliesFound) -> None:
    """How much more and less it cost, and by what it was judged."""
    rises = [each for each in found.anomalies if each.direction == "up"]
    falls = [each for each in found.anomalies if each.direction == "down"]
    total = sum(each.impact for each in rises)
    largest = max(rises, key=lambda each: each.impact, default=None)
    with st.grid(4, min_column_width=190, gap="small"):
        _figure(
            "More than expected",
            formats.money(total, found.currency),
            formats.plural(len(rises), "rise"),
        )
        _figure(
            "Largest rise",
            formats.money(largest.impact, found.currency) if largest else "none",
            md(charts.short(largest.subject)) if largest else "",
        )
        _figure(
            "Less than expected",
            formats.money(sum(each.impact for each in falls), found.currency),
            f"{formats.plural(len(falls), 'fall')}, never an alert",
        )
        _figure(
            "Judged by",
            formats.plural(found.history.days, "day"),
            formats.days(found.history),
        )


def _figure(label: str, text: str, beside: str) -> None:
    st.metric(
        label,
        dollars(text),
        None,
        delta_description=dollars(beside) or None,
        border=True,
        height="stretch",
    )


def show_each(found: AnomaliesFound) -> None:
    """The newest anomalies, each with its days and the way to its costs."""
    pairs = zip(found.anomalies, found.courses, strict=True)
    for place, (each, course) in enumerate([*pairs][:MOST_CARDS]):
        with card(_title(each), key=f"anomaly_{place}"):
            left, right = st.columns([2, 3])
            with left:
                _show_facts(each, found)
            with right:
                _show_days(each, course, found, place)


def _title(anomaly: Anomaly) -> str:
    name = md(charts.short(anomaly.subject))
    return f"{name} in {md(anomaly.account)}" if anomaly.account else name


def _show_facts(anomaly: Anomaly, found: AnomaliesFound) -> None:
    rises = anomaly.direction == "up"
    icon = ":material/trending_up:" if rises else ":material/trending_down:"
    amount = md(formats.change(anomaly.impact, found.currency))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"#### :{'red' if rises else 'green'}[{amount}]", width="content")
        st.badge(ENDINGS[anomaly.ending], icon=icon, color="red" if rises else "green")
    st.markdown(md(f"It {what(anomaly, found.currency)}"))
    named = _named(anomaly)
    if named:
        lines = "\n".join(f"- {md(name)}" for name in named)
        st.markdown(f":gray[{md(part(anomaly))} is]\n{lines}")
    else:
        states.sentence("No part of it explains this better than the whole.")
    commentary.show_explanation(
        _title(anomaly),
        lambda: anomaly_facts([anomaly], found.currency),
        lambda facts: list(anomaly_explanation(facts)),
        key=f"anomaly {anomaly.account} {anomaly.service} {anomaly.period}",
    )
    _show_link(anomaly)


def _named(anomaly: Anomaly) -> list[str]:
    """What narrows the cause down, as people name it."""
    return [
        f"{dimension_label(name)} {charts.short(value) if value else NONE}"
        for name, value in anomaly.narrowed.items()
    ]


def _show_link(anomaly: Anomaly) -> None:
    """The way to these costs: the slice of the bill on Explore."""
    trail = _trail(anomaly)
    below = drill.step_below("SubAccountName", trail)
    by = dimension_label(below) if below else "Service"
    st.page_link(
        drill.EXPLORE,
        label="See these costs on Explore",
        icon=":material/query_stats:",
        query_params={drill.WHERE: trail, drill.BY: by},
    )


def _trail(anomaly: Anomaly) -> list[str]:
    """The conditions that leave nothing but the cause."""
    values = dict(anomaly.cause.dimensions)
    name, number = values.get("SubAccountName"), values.get("SubAccountId")
    if name and (number is None or name == anomaly.account):
        values.pop("SubAccountId", None)
    else:
        values.pop("SubAccountName", None)
    return [drill.written(dimension, value) for dimension, value in values.items()]


def _show_days(
    anomaly: Anomaly, course: pd.DataFrame, found: AnomaliesFound, place: int
) -> None:
    around = ChargePeriod(
        anomaly.period.start - SHOWN_BEFORE, anomaly.period.end + SHOWN_AFTER
    )
    first, last = (
        pd.Timestamp(day, tz="UTC") for day in (around.start, around.last_day)
    )
    chart(
        f"anomaly_days_{place}",
        (found.scope, anomaly.account, anomaly.service, anomaly.period),
        lambda: charts.unusual_days(
            course.loc[first:last], anomaly.period, found.currency
        ),
        height="stretch",
    )


def show_table_of(rows: pd.DataFrame, currency: str) -> None:
    """All anomalies, to compare and to sort."""
    show_table(
        rows,
        {
            "start": st.column_config.DateColumn("From", format="D MMM YYYY"),
            "last_day": st.column_config.DateColumn("To", format="D MMM YYYY"),
            "account": st.column_config.TextColumn("Account"),
            "service": st.column_config.TextColumn("Service"),
            "impact": money_column("Impact", currency),
            "cost": money_column("Cost", currency),
            "expected": money_column("Expected", currency),
            "ending": st.column_config.TextColumn("Now"),
            "cause": st.column_config.TextColumn("Cause", width="large"),
        },
        alt="All anomalies with their days, impact and cause",
    )


def show_newest(scope: Scope) -> int:
    """Name the newest rises on another page; how many were named."""
    newest = [*_newest(scope)][:MOST_NEWEST]
    for each, currency in newest:
        text = f"{_title(each)} {md(what(each, currency))}"
        st.markdown(f":material/bolt: {text}  \n:gray[{md(_mostly(each))}]")
    return len(newest)


def _mostly(anomaly: Anomaly) -> str:
    """The cause in few words."""
    named = ", ".join(name[:1].lower() + name[1:] for name in _named(anomaly))
    return f"Mostly {named}." if named else "See when, and by how much."


def _newest(scope: Scope) -> Iterable[tuple[Anomaly, str]]:
    """The rises in the scope; their causes unless these must be paid for."""
    free = not isinstance(workspace().source, Priced)
    try:
        with st.spinner("Judging each day"):
            found = ask(anomalies, scope, causes=free)
    except InsufficientHistoryError:
        return ()
    return ((each, found.currency) for each in found.rises)
