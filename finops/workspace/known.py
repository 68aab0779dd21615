"""What is known about a forecast, gathered from all that the workspace answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from finops.analysis.allocation import NO_SERVICE, AccountCost, cost_by, share_of
from finops.analysis.budgeting import outlook
from finops.analysis.variance import Variance
from finops.budgets import Budget
from finops.commentary.facts import Fact
from finops.commentary.known import (
    anomaly_facts,
    budget_facts,
    change_facts,
    finding_facts,
    forecast_facts,
    milestone_facts,
    service_facts,
)
from finops.commentary.known.kinds import change, days, money, named
from finops.errors import InsufficientHistoryError, PeriodUnavailableError
from finops.periods import ChargePeriod
from finops.recommendations import Recommendation
from finops.services import short_service
from finops.sources import Priced, Progress, in_silence
from finops.workspace.ahead import Ahead
from finops.workspace.anomalies import anomalies
from finops.workspace.answers import AccountsSummary
from finops.workspace.forecasts import SERVICE
from finops.workspace.recommendations import (
    OPEN,
    Recommendations,
    Status,
    still_to_save,
)
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

USAGE_TYPE: Final = "x_UsageType"

COMPARED_DAYS: Final = 30

MOST_REVIEWED: Final = 10
"""How many findings and services are named to who ranks them."""

EXPLAINED: Final = 2
"""Of so many rises it is asked what most of them is."""


@dataclass(frozen=True, slots=True)
class Open:
    """What could be saved, and what became of each of it."""

    answer: Recommendations
    status: Mapping[str, Status]


def known_facts(
    space: Workspace,
    ahead: Ahead,
    *,
    budget: Budget | None = None,
    to_save: Open | None = None,
    progress: Progress = in_silence,
) -> dict[str, Fact]:
    """Everything that a narrative of `ahead` may state.

    What cannot be worked out, such as a change without a past, is left out.
    """
    found, currency = ahead.forecast, ahead.currency
    facts = {
        **forecast_facts(found, ahead.history, currency),
        **service_facts(found, ahead.parts, currency),
        **milestone_facts(ahead.month, currency),
        **_unusual(space, ahead.scope, currency, progress),
    }
    if lately := _lately(space, ahead.scope):
        facts |= moved_facts(space, lately, currency, progress=progress)
    if budget:
        month, coming = (
            outlook(each, budget.limit) for each in (ahead.month, ahead.next_30_days)
        )
        facts |= budget_facts(month, ahead.month, coming, currency)
    if to_save:
        facts |= _to_save(to_save, currency)
    return facts


def _open(to_save: Open) -> list[Recommendation]:
    """The findings that nobody has acted on, or decided against."""
    return [
        one for one in to_save.answer.found if to_save.status[one.fingerprint] in OPEN
    ]


def account_facts(
    space: Workspace, summary: AccountsSummary, account: AccountCost
) -> dict[str, Fact]:
    """What one account cost, and what moved in it."""
    scope, currency = summary.scope, summary.currency
    facts = {
        "account.name": named(account.name, "the account"),
        "account.days": days(scope.period.days, "days counted"),
    }
    if account.cost is None:
        return facts
    facts["account.cost"] = money(account.cost, currency, "what it cost")
    if account.share is not None:
        told = "its part of all accounts"
        facts["account.share"] = Fact(value=account.share, unit="ratio", label=told)
    inside = _inside(space, scope, account)
    moved = moved_facts(space, inside, currency) if inside else {}
    before = _before(space, inside) if inside and moved else None
    if before is not None:
        told = "against as many days before"
        facts |= dict(change("account", account.cost, before, currency, told))
    return facts | dict(moved)


def _inside(space: Workspace, scope: Scope, account: AccountCost) -> Scope | None:
    """The costs of one account; None where the bill cannot tell them apart."""
    known = space.source.dimensions
    if account.id and "SubAccountId" in known:
        return scope.narrowed("SubAccountId", account.id)
    if "SubAccountName" in known:
        return scope.narrowed("SubAccountName", account.name)
    return None


def _before(space: Workspace, scope: Scope) -> float:
    return space.changes(scope, SERVICE).variance.before


def _to_save(to_save: Open, currency: str) -> Mapping[str, Fact]:
    still = _open(to_save)
    counted = still_to_save(still, to_save.status, currency=currency)
    return finding_facts(still, counted, currency)


def moved_facts(
    space: Workspace, scope: Scope, currency: str, *, progress: Progress = in_silence
) -> Mapping[str, Fact]:
    """What moved between services, and what most of the rises is."""
    if SERVICE not in space.source.dimensions:
        return {}
    try:
        moved = space.changes(scope, SERVICE, progress=progress).variance
    except (PeriodUnavailableError, InsufficientHistoryError):
        return {}
    why = list(_why(space, scope, moved, progress))
    return change_facts(moved, SERVICE, currency, why=why)


def _lately(space: Workspace, scope: Scope) -> Scope | None:
    """The last days, as many as are known before them too; None for too few."""
    count = min(COMPARED_DAYS, space.known(scope.period).days // 2)
    if count < 1:
        return None
    return replace(scope, period=ChargePeriod.last_days(count, as_of=space.as_of))


def _unusual(
    space: Workspace, scope: Scope, currency: str, progress: Progress
) -> Mapping[str, Fact]:
    """What was out of the ordinary lately."""
    recent = ChargePeriod.last_days(COMPARED_DAYS, as_of=space.as_of)
    lately = replace(scope, period=space.known(recent))
    try:
        found = anomalies(space, lately, progress=progress)
    except InsufficientHistoryError:
        return {}
    return anomaly_facts(found.anomalies, currency)


def _why(
    space: Workspace, scope: Scope, moved: Variance, progress: Progress
) -> Iterator[tuple[str, float]]:
    """Of the largest rises, the usage type that rose most, and its part."""
    if USAGE_TYPE not in space.source.dimensions or isinstance(space.source, Priced):
        return
    rises = moved.rows[moved.rows["change"] > 0].head(EXPLAINED)
    for service, rise in zip(rises[SERVICE], rises["change"], strict=True):
        named = service if isinstance(service, str) else None
        within = scope.narrowed(SERVICE, named)
        inside = space.changes(within, USAGE_TYPE, progress=progress).variance.rows
        first = inside.iloc[0]
        yield str(first[USAGE_TYPE]), min(float(first["change"] / rise), 1.0)


def review_facts(
    space: Workspace,
    to_save: Open,
    currency: str,
    *,
    progress: Progress = in_silence,
) -> dict[str, Fact]:
    """The findings, and what the services cost: what to do first, and what to look at."""
    still = _open(to_save)
    counted = still_to_save(still, to_save.status, currency=currency)
    facts = dict(finding_facts(still, counted, currency, most=MOST_REVIEWED))
    scope = to_save.answer.scope
    if SERVICE not in space.source.dimensions:
        return facts
    table = space.cost_by(scope, SERVICE, progress=progress).table
    by = cost_by(table, [SERVICE], scope.metric).sort_values(ascending=False)
    total = float(by.sum())
    for place, (service, cost) in enumerate(by.head(MOST_REVIEWED).items(), start=1):
        who = short_service(service) if isinstance(service, str) else NO_SERVICE
        facts[f"service.{place}.name"] = named(who, "a service")
        facts[f"service.{place}.cost"] = money(float(cost), currency, f"cost of {who}")
        if (share := share_of(float(cost), total)) is not None:
            told = f"{who}'s part of all costs"
            fact = Fact(value=share, unit="ratio", label=told)
            facts[f"service.{place}.share"] = fact
    return facts
