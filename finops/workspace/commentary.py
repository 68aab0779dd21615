"""What the figures mean, in sentences: by Claude where it can be asked, else by rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from finops.analysis.budgeting import outlook
from finops.analysis.variance import Variance
from finops.budgets import Budget
from finops.commentary.briefs import price
from finops.commentary.facts import Fact
from finops.commentary.forecast_text import (
    forecast_brief,
    write_forecast,
    written_by_rules,
)
from finops.commentary.known import (
    anomaly_facts,
    budget_facts,
    change_facts,
    finding_facts,
    forecast_facts,
    milestone_facts,
    service_facts,
)
from finops.commentary.ledger import open_ledger
from finops.commentary.narrative import Narrative
from finops.commentary.prices import Estimate
from finops.errors import (
    FinOpsError,
    InsufficientHistoryError,
    PeriodUnavailableError,
)
from finops.periods import ChargePeriod
from finops.settings import Settings
from finops.sources import Priced, Progress, in_silence
from finops.workspace.anomalies import anomalies
from finops.workspace.forecasts import SERVICE, Ahead
from finops.workspace.recommendations import (
    OPEN,
    Recommendations,
    Status,
    still_to_save,
)
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

if TYPE_CHECKING:
    from finops.commentary.claude import Claude, Tell

USAGE_TYPE: Final = "x_UsageType"

COMPARED_DAYS: Final = 30

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
        **_moved(space, ahead.scope, currency, progress),
        **_unusual(space, ahead.scope, currency, progress),
    }
    if budget:
        month, coming = (
            outlook(each, budget.limit) for each in (ahead.month, ahead.next_30_days)
        )
        facts |= budget_facts(month, ahead.month, coming, currency)
    if to_save:
        facts |= _to_save(to_save, currency)
    return facts


def forecast_narrative(
    facts: Mapping[str, Fact],
    settings: Settings,
    *,
    now: Callable[[], datetime],
    tell: Tell | None = None,
) -> Narrative:
    """What `facts` mean, by Claude; by rules, with the reason, where that fails."""
    if settings.ai_provider is None:
        return write_forecast(facts, None)
    try:
        with way_to_claude(settings, now=now) as claude:
            return write_forecast(facts, claude, tell=tell)
    except FinOpsError as error:
        reason = f"{error} {error.hint} This is written by fixed rules instead."
        return written_by_rules(facts, reason=reason)


def narrative_price(
    facts: Mapping[str, Fact], settings: Settings, *, now: Callable[[], datetime]
) -> Estimate:
    """What a narrative by Claude will cost."""
    ledger = open_ledger(settings, now=now)
    return price(forecast_brief(facts), settings.ai_model, ledger)


@contextmanager
def way_to_claude(
    settings: Settings, *, now: Callable[[], datetime]
) -> Iterator[Claude | None]:
    """The way to Claude, for as long as it is needed; None where there is none.

    Raises:
        FinOpsError: If Bedrock is meant, and AWS gives no login or no region.
    """
    if settings.ai_provider is None:
        yield None
        return
    # Imported here: the SDK is slow to load, and most pages never ask.
    from finops.commentary.client import open_claude  # noqa: PLC0415

    claude = open_claude(settings, now=now)
    try:
        yield claude
    finally:
        if claude:
            claude.close()


def _to_save(to_save: Open, currency: str) -> Mapping[str, Fact]:
    still = [
        one for one in to_save.answer.found if to_save.status[one.fingerprint] in OPEN
    ]
    counted = still_to_save(still, to_save.status, currency=currency)
    return finding_facts(still, counted, currency)


def _moved(
    space: Workspace, scope: Scope, currency: str, progress: Progress
) -> Mapping[str, Fact]:
    """What moved between services, against as many days before as are known."""
    if SERVICE not in space.source.dimensions:
        return {}
    days = min(COMPARED_DAYS, space.known(scope.period).days // 2)
    if days < 1:
        return {}
    recent = replace(scope, period=ChargePeriod.last_days(days, as_of=space.as_of))
    try:
        moved = space.changes(recent, SERVICE, progress=progress).variance
    except (PeriodUnavailableError, InsufficientHistoryError):
        return {}
    why = list(_why(space, recent, moved, progress))
    return change_facts(moved, SERVICE, currency, why=why)


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
