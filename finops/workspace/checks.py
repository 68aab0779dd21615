"""Does anything need attention? What a scheduled job asks, one check after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Final

from finops import formats
from finops.analysis.allocation import ACCOUNT_KEYS, with_account_labels
from finops.analysis.anomalies import Anomaly, sentence, whose
from finops.analysis.budget_words import outlook_sentence
from finops.analysis.cost_table import currency_of, with_null_columns
from finops.analysis.parts import daily_parts
from finops.analysis.realization import MeasuredSaving, falls_short
from finops.analysis.silence import silent_accounts
from finops.budgets import Budget
from finops.errors import FinOpsError, InsufficientHistoryError, Problem
from finops.periods import DAY, ChargePeriod
from finops.savings import TrackedItem
from finops.sources import Progress, in_silence
from finops.workspace.anomalies import newest_anomalies
from finops.workspace.budgets import BudgetStanding, budget_standing
from finops.workspace.findings import Check, Checkup, Finding, Watched
from finops.workspace.realization import Change, measured_saving
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

SAVINGS_DAYS: Final = 90
"""What was done longer ago has been looked at by now."""

RECENT_DAYS: Final = 30

NEWEST_DAYS: Final = 7
"""An anomaly that started earlier is no news."""

STALE_DAYS: Final = 3
"""AWS tells of a day within two days; what is older is late."""


def checkup(
    space: Workspace,
    scope: Scope,
    budgets: tuple[Budget, ...],
    *,
    items: Sequence[TrackedItem] = (),
    progress: Progress = in_silence,
) -> Checkup:
    """What needs attention.

    Raises:
        SourceError: If nothing can be read.
    """
    costs = space.cost_by(scope, progress=progress)
    watched = Watched(
        space, scope, budgets, currency_of(costs.table), tuple(items), progress
    )
    found = [each for check in CHECKS for each in check(watched)]
    return Checkup(
        tuple(each for each in found if isinstance(each, Finding)),
        tuple(each for each in found if isinstance(each, Problem)),
        costs,
    )


def check_budgets(watched: Watched) -> Iterator[Finding | Problem]:
    """Does each budget hold until the end of the month?"""
    if not watched.budgets:
        text = "No budget is set, so none can be passed. MONTHLY_BUDGET sets one."
        yield Finding("budget", "All costs", "none", text)
    for budget in watched.budgets:
        try:
            standing = budget_standing(
                watched.space, watched.scope, budget, progress=watched.progress
            )
        except FinOpsError as error:
            yield Problem.of(error)
        else:
            yield _budget_finding(standing)


def check_anomalies(watched: Watched) -> Iterator[Finding | Problem]:
    """Did anything cost more than usual in the last days?"""
    space = watched.space
    subject = space.source.name
    try:
        found = newest_anomalies(
            space, watched.scope, days=NEWEST_DAYS, progress=watched.progress
        )
    except InsufficientHistoryError as error:
        text = f"What is usual is not known yet: {error}"
        yield Finding("anomalies", subject, "none", text)
        return
    except FinOpsError as error:
        yield Problem.of(error)
        return
    if not found:
        text = f"Nothing cost more than usual in the last {NEWEST_DAYS} days."
        yield Finding("anomalies", subject, "none", text)
    for each in found:
        yield _anomaly_finding(each, watched.currency)


def check_age(watched: Watched) -> Iterator[Finding | Problem]:
    """Are the costs of the last days there?"""
    space = watched.space
    newest = space.extent.last_day
    age = max((space.today - newest).days, 0)
    before = f", {formats.plural(age, 'day')} before {formats.day(space.today)}"
    yield Finding(
        "data age",
        space.source.name,
        "medium" if age >= STALE_DAYS else "none",
        f"The newest complete day is {formats.day(newest)}{before if age else ''}.",
        {"newest_day": newest, "age_days": age},
        event=str(newest),
    )


def check_accounts(watched: Watched) -> Iterator[Finding | Problem]:
    """Does each account still report what it costs?"""
    space = watched.space
    keys = [key for key in ACCOUNT_KEYS if key in space.source.dimensions]
    if not keys:
        return
    end = space.as_of + DAY - space.source.restated_days * DAY
    recent = ChargePeriod(end - RECENT_DAYS * DAY, end).overlap(space.extent)
    if recent is None:
        return
    scope = replace(watched.scope, period=recent)
    costs = space.cost_by(scope, *keys, granularity="day", progress=watched.progress)
    labelled = with_account_labels(with_null_columns(costs.table, ACCOUNT_KEYS))
    daily = daily_parts(
        labelled, ["account"], scope.metric, recent, most=labelled["account"].nunique()
    )
    for silent in silent_accounts(daily):
        last = formats.day(silent.last_day)
        yield Finding(
            "accounts",
            silent.account,
            "medium",
            f"{silent.account} shows no cost since {last}, though it usually does.",
            {"last_day": silent.last_day},
            event=str(silent.last_day),
        )


def check_savings(watched: Watched) -> Iterator[Finding | Problem]:
    """Did what was done in the last months save what it was to save?"""
    since = watched.space.as_of - SAVINGS_DAYS * DAY
    done = [item for item in watched.items if item.implemented_on]
    changes = [Change.of(item) for item in done]
    for item in done:
        if not item.estimated or (item.implemented_on or since) < since:
            continue
        change = Change.of(item).among(changes)
        try:
            found = measured_saving(watched.space, change, metric=watched.scope.metric)
        except FinOpsError as error:
            yield Problem.of(error)
            return
        if isinstance(found, MeasuredSaving) and falls_short(found, item.estimated):
            yield _savings_finding(item, found)


CHECKS: Final[Sequence[Check]] = (
    check_budgets,
    check_anomalies,
    check_savings,
    check_accounts,
    check_age,
)
"""In the order in which they are told."""


def _budget_finding(standing: BudgetStanding) -> Finding:
    found = standing.month_end
    return Finding(
        "budget",
        standing.budget.label,
        found.severity,
        outlook_sentence(found, standing.ahead.month.name, standing.ahead.currency),
        {
            "target": standing.budget.target,
            "overage": found.overage,
            "overage_percent": found.overage_percent,
        }
        | asdict(found),
        event=f"{standing.ahead.month.period.start:%Y-%m} {found.severity}",
    )


def _savings_finding(item: TrackedItem, found: MeasuredSaving) -> Finding:
    saved, most, expected = (
        formats.money(amount, item.currency)
        for amount in (found.saving, found.high, item.estimated)
    )
    return Finding(
        "savings",
        item.title,
        "medium",
        f"{item.title}: the bill shows {saved} a month, {most} at the most, "
        f"where {expected} was expected.",
        {"id": item.id, "saving": found.saving, "low": found.low, "high": found.high},
        event=str(item.implemented_on),
    )


def _anomaly_finding(found: Anomaly, currency: str) -> Finding:
    return Finding(
        "anomalies",
        whose(found),
        "medium",
        sentence(found, currency),
        {
            "start": found.period.start,
            "end": found.period.end,
            "cost": found.cost,
            "expected": found.expected,
            "impact": found.impact,
            "score": found.score,
            "cause": {**found.cause.dimensions, "share": found.cause.share},
        },
        event=f"{found.account} {found.service} {found.period.start}",
    )
