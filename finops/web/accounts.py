"""The parts of the accounts page: the summary, trends, service mix, insights."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.commentary.moves import account_sentences
from finops.focus import DATE_COLUMN
from finops.periods import ChargePeriod
from finops.web import commentary, session, states
from finops.web.cards import chart
from finops.web.compared import compared
from finops.web.days import ACCOUNT, SERVICE, Days, account_keys, labelled
from finops.web.overview import ICONS, show_no_insights
from finops.web.ranking import ranking
from finops.web.session import ask, workspace
from finops.web.tables import (
    change_column,
    money_column,
    percent_changes,
    share_column,
    show_table,
    status_column,
    status_text,
    trend_column,
)
from finops.web.texts import md
from finops.workspace import AccountsSummary, Scope, Workspace
from finops.workspace.known import account_facts

WEEK: Final = 7

MOST_POINTS: Final = 60
"""A trend in a table cell needs no more points."""


def summary_rows(summary: AccountsSummary, days: Days) -> pd.DataFrame:
    """One row per account; what is not known is empty."""
    changed = _changes(summary.scope)
    trends = _trends(days, summary.scope)
    return pd.DataFrame(
        [
            {
                "name": account.name,
                "id": account.id,
                "cost": account.cost,
                "share": None if account.share is None else 100 * account.share,
                "change": changed.get(account.name),
                "services": None if account.cost is None else account.services,
                "top_service": account.top_service
                and charts.short(account.top_service),
                "trend": trends.get(account.name),
                "status": [status_text(account.status)],
            }
            for account in summary.accounts
        ]
    )


def show_summary(rows: pd.DataFrame, summary: AccountsSummary) -> None:
    """Each account's cost, share and trend; those that failed as well."""
    earlier = formats.days(summary.scope.period.before())
    show_table(
        rows,
        {
            "name": st.column_config.TextColumn("Account", pinned=True),
            "cost": money_column("Cost", summary.currency),
            "share": share_column("Share", note="Of all accounts that were read."),
            "change": change_column("Change", note=f"Against {earlier}."),
            "services": st.column_config.NumberColumn("Services", format="%d"),
            "top_service": st.column_config.TextColumn("Top service", width=140),
            "trend": trend_column("Per day"),
            "status": status_column("Status"),
            "id": st.column_config.TextColumn("Account id"),
        },
        alt="Cost, share, change and status of each account",
    )


def total_text(summary: AccountsSummary) -> str:
    """The combined total, and how it compares."""
    total = formats.money(summary.total, summary.currency)
    read = sum(account.cost is not None for account in summary.accounts)
    count = formats.plural(len(summary.accounts), "account")
    if read < len(summary.accounts):
        count = f"{read} of {count}"
    if not summary.before or summary.before <= 0:
        return f"{total} for {count}"
    change = formats.percent(summary.total / summary.before - 1, signed=True)
    earlier = formats.days(summary.scope.period.before())
    return f"{total} for {count}, {change} against {earlier}"


def show_trends(days: Days, scope: Scope, currency: str) -> None:
    """Each account's cost relative to its own average."""
    if days.by is None:
        name = workspace().source.name
        states.sentence(f"{md(name)} does not say which account a cost is for.")
        return
    week_before = scope.period.start - timedelta(days=WEEK)
    reached = days.within(ChargePeriod(week_before, scope.period.end))
    chart(
        "account_trends",
        scope,
        lambda: charts.cost_trends(
            reached,
            ACCOUNT,
            scope.metric,
            currency,
            start=scope.period.start,
            ranking=ranking(ACCOUNT),
        ),
        height="stretch",
    )


def show_mix(summary: AccountsSummary) -> None:
    """What each account spends its money on."""
    scope = summary.scope
    if SERVICE not in workspace().source.dimensions:
        states.sentence(
            f"{workspace().source.name} does not say which service a cost is for."
        )
        return
    costs = ask(Workspace.cost_by, scope, *account_keys(), SERVICE)
    chart(
        "service_mix",
        scope,
        lambda: charts.service_mix(
            labelled(costs.table),
            scope.metric,
            summary.currency,
            ranking=ranking(SERVICE),
        ),
    )


def show_insights(summary: AccountsSummary) -> None:
    """What stands out between the accounts, each with an advice."""
    if not summary.insights:
        show_no_insights(summary)
        return
    with st.grid(3, min_column_width=260, gap="small"):
        for insight in summary.insights:
            with st.container(border=True, height="stretch"):
                st.markdown(f"{ICONS[insight.kind]} {md(insight.text)}")
                st.markdown(f":gray[{md(insight.advice)}]")


def _changes(scope: Scope) -> dict[str, float]:
    """By how many percent each account changed, where that is known."""
    keys = account_keys()
    changes = compared(scope, *keys) if keys else None
    if changes is None:
        return {}
    rows = labelled(changes.variance.rows)
    rows = rows[rows["before"] > 0]
    percents = percent_changes(rows["before"], rows["after"])
    return dict(zip(rows["account"], percents, strict=True))


def _trends(days: Days, scope: Scope) -> dict[str, list[float]]:
    """What each account cost from day to day."""
    if days.by is None:
        return {}
    wide = days.within(scope.period).pivot_table(
        index=DATE_COLUMN, columns=ACCOUNT, values=scope.metric, aggfunc="sum"
    )
    wide = wide.fillna(0.0).tail(MOST_POINTS).round(2)
    return {str(name): costs.tolist() for name, costs in wide.items()}


def show_why(summary: AccountsSummary) -> None:
    """One account that is picked, explained once that is asked for."""
    read = {each.name: each for each in summary.accounts if each.cost is not None}
    if not read:
        states.sentence("No account was read.")
        return
    name = st.selectbox("Account", list(read), key="explained_account")
    commentary.show_explanation(
        f"The account {name}",
        lambda: session.keep(
            ("account facts", summary.scope, name),
            lambda: account_facts(workspace(), summary, read[name]),
        ),
        lambda facts: list(account_sentences(facts)),
        key=f"account {name} {summary.scope}",
    )
