"""The executive report: the answers as a document of figures and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from typing import Final

from finops import charts, formats
from finops.analysis.anomalies import sentence
from finops.analysis.budget_words import outlook_sentence, severity_word
from finops.focus import METRIC_NAMES, NO_VALUE
from finops.report import Document, Figure, Section, Table
from finops.savings import Summary
from finops.workspace.ahead import Ahead
from finops.workspace.executive import TITLES, Executive, ToSave
from finops.workspace.forecasts import SERVICE
from finops.workspace.next_steps import next_steps

CHARGES_TEXT: Final = {
    "usage": "usage and purchases",
    "all": "all charges with taxes and credits",
}

MOST_MOVERS: Final = 8
MOST_ANOMALIES: Final = 5
MOST_SAVINGS: Final = 10
MOST_ACCOUNTS: Final = 25
"""Longer lists are on the pages, and in the JSON of each command."""

HISTORY: Final = 60
"""The known days that are drawn before the coming ones."""


def report(found: Executive) -> Document:
    """The whole report."""
    return Document(
        title="AWS cost report",
        scope=scope_text(found),
        warnings=tuple(_warnings(found)),
        figures=tuple(figures(found)),
        sections=tuple(_sections(found)),
    )


def scope_text(found: Executive) -> str:
    """What the figures count, in a line."""
    scope = found.scope
    days = formats.plural(scope.period.days, "day")
    return ", ".join(
        [
            f"{formats.days(scope.period)} ({days})",
            METRIC_NAMES[scope.metric].lower(),
            CHARGES_TEXT[scope.charges],
            *(condition.text for condition in scope.where),
            found.currency,
            found.source,
        ]
    )


def figures(found: Executive) -> Iterator[Figure]:
    """The lines of the executive summary, in order."""
    currency, accounts = found.currency, found.accounts
    yield _money("Total spend", accounts.total, currency, _against(found))
    missing = len(accounts.costs.problems)
    read = sum(account.status == "read" for account in accounts.accounts)
    note = f"{missing} could not be read" if missing else ""
    yield Figure("Accounts analysed", f"{read:,}", read, "accounts", note)
    if found.ahead:
        yield from _forecast_figures(found.ahead)
    if found.to_save:
        yield _money("Open savings a month", found.to_save.total, currency, "estimated")
    if found.savings:
        yield from _savings_figures(
            found.savings.summary,
            found.currency,
            whole="of all that is tracked" if found.scope.where else "",
        )


def _forecast_figures(ahead: Ahead) -> Iterator[Figure]:
    lands, currency = ahead.next_30_days, ahead.currency
    low, high = (formats.money(end, currency) for end in astuple(lands.interval80))
    note = f"{formats.days(lands.period)}; {low} to {high} in 80 of 100 cases"
    yield _money("30-day forecast", lands.projected, currency, note)
    rate = ahead.forecast.monthly_run_rate
    yield _money("Monthly run rate", rate, currency, "30 days at the daily average")


def _savings_figures(
    total: Summary, bill_currency: str, *, whole: str
) -> Iterator[Figure]:
    """What the tracker says; `whole` says that a part of the bill is no part of it."""
    currency = (total.currency if total.total else None) or bill_currency
    unsaid = f"{total.lacking_actual:,} unknown" if total.lacking_actual else ""
    claimed = ", ".join(filter(None, ("as claimed", unsaid, whole)))
    seen = ", ".join(filter(None, ("from the bill", whole)))
    for label, count in (
        ("Recommendations tracked", total.total),
        ("Implemented", total.implemented),
        ("Pending", total.pending),
    ):
        yield Figure(label, f"{count:,}", count, "recommendations", whole)
    yield _money("Actual savings a month", total.actual, currency, claimed)
    yield _money("Measured savings a month", total.measured, currency, seen)
    yield _money("Annual projection", total.annual_projection, currency, claimed)


def _warnings(found: Executive) -> Iterator[str]:
    for problem in found.accounts.costs.problems:
        yield f"Missing from every total: {problem}"
    for step, problem in found.failed.items():
        yield f"{TITLES[step]} could not be answered. {problem}"
    yield from found.accounts.costs.notes


def _sections(found: Executive) -> Iterator[Section]:
    steps = tuple(step.text for step in next_steps(found))
    yield Section("What to do next", points=steps or ("Nothing needs attention.",))
    yield _accounts(found)
    if found.changes or found.anomalies:
        yield _changes(found)
    if found.ahead:
        yield _forecast(found, found.ahead)
    if found.to_save:
        yield _to_save(found.to_save, found.currency)


def _accounts(found: Executive) -> Section:
    accounts, currency = found.accounts, found.currency
    rows = [
        (
            account.name,
            formats.money(account.cost, currency),
            formats.percent(account.share) if account.share is not None else "",
            f"{account.services:,}" if account.status == "read" else "",
            account.top_service or "",
        )
        for account in accounts.accounts[:MOST_ACCOUNTS]
    ]
    heads = ("Account", "Cost", "Share", "Services", "Largest service")
    insights = tuple(f"{each.text} {each.advice}" for each in accounts.insights)
    return Section(
        "Spend by account",
        points=(*insights, *_more(len(accounts.accounts), MOST_ACCOUNTS, "account")),
        table=Table(heads, tuple(rows), "<>>><") if rows else None,
    )


def _changes(found: Executive) -> Section:
    told = [sentence(each, found.currency) for each in found.rises[:MOST_ANOMALIES]]
    if found.changes is None:
        unknown = "There is nothing to compare the period with."
        return Section("What changed, and why", points=(*told, unknown))
    moved, currency = found.changes.variance, found.currency
    shown = moved.rows.head(MOST_MOVERS)
    columns = shown[[SERVICE, "before", "after", "change"]]
    rows = tuple(
        (
            str(service) if isinstance(service, str) else NO_VALUE,
            formats.money(before, currency),
            formats.money(after, currency),
            formats.change(change, currency),
        )
        for service, before, after, change in columns.itertuples(index=False)
    )
    return Section(
        "What changed, and why",
        scope=f"Against {formats.days(moved.before_period)}: "
        f"{formats.change(moved.change, currency)}",
        points=(*told, *_more(len(moved.rows), MOST_MOVERS, "service")),
        table=Table(("Service", "Before", "After", "Change"), rows, "<>>>"),
    )


def _forecast(found: Executive, ahead: Ahead) -> Section:
    points = [*ahead.forecast.assumptions, ahead.forecast.confidence.reason]
    holds = found.next_30_days
    if holds:
        word = severity_word(holds.severity)
        told = outlook_sentence(
            holds, formats.days(ahead.next_30_days.period), ahead.currency
        )
        points.insert(0, f"Budget {word}: {told}")
    return Section(
        "Forecast and budget",
        scope=formats.days(ahead.period),
        points=tuple(points),
        chart=charts.forecast_fan(
            ahead.history.tail(HISTORY), ahead.forecast.daily, ahead.currency
        ),
    )


def _to_save(to_save: ToSave, currency: str) -> Section:
    rows = tuple(
        (
            one.title,
            one.account,
            formats.money(to_save.counted[one.fingerprint], currency),
            one.risk,
            one.effort.replace("_", " "),
        )
        for one in to_save.open[:MOST_SAVINGS]
    )
    total = formats.money(to_save.total, currency)
    points = (
        f"{total} a month could still be saved; what overlaps counts once.",
        *_more(len(to_save.open), MOST_SAVINGS, "recommendation"),
    )
    heads = ("Recommendation", "Account", "A month", "Risk", "Effort")
    table = Table(heads, rows, "<<><<") if rows else None
    return Section("What could be saved", points=points, table=table)


def _more(count: int, shown: int, noun: str) -> tuple[str, ...]:
    left = count - shown
    return (f"{formats.plural(left, noun)} more, not shown here.",) if left > 0 else ()


def _money(label: str, amount: float | None, currency: str, note: str = "") -> Figure:
    return Figure(label, formats.money(amount, currency), amount, currency, note)


def _against(found: Executive) -> str:
    if found.accounts.relative is None:
        return ""
    share = formats.percent(found.accounts.relative, signed=True)
    return f"{share} against {formats.days(found.scope.period.before())}"
