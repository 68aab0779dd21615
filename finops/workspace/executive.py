"""What should an executive know? Every question's answer on one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Literal, TypeVar

from finops.analysis.allocation import HALF_A_CENT
from finops.analysis.anomalies import Anomaly
from finops.analysis.budgeting import Outlook, outlook
from finops.budgets import Budget
from finops.errors import FinOpsError, Problem
from finops.recommendations import Recommendation
from finops.savings import SavingsTracker
from finops.settings import Settings
from finops.sources import Progress, in_silence
from finops.workspace.ahead import Ahead
from finops.workspace.anomalies import AnomaliesFound, anomalies
from finops.workspace.answers import AccountsSummary, Changes
from finops.workspace.budgets import budget_for, budgets_of, require_currency
from finops.workspace.forecasts import SERVICE, forecast
from finops.workspace.realization import measured_saving
from finops.workspace.recommendations import (
    OPEN,
    Recommendations,
    Status,
    statuses,
    still_to_save,
)
from finops.workspace.savings import Savings, savings
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

T = TypeVar("T")

Step = Literal[
    "accounts",
    "forecast",
    "budget",
    "changes",
    "anomalies",
    "recommendations",
    "savings",
]
"""The questions, in the order in which they are asked."""

TITLES: Final[dict[Step, str]] = {
    "accounts": "Multi-account analysis",
    "forecast": "Forecast",
    "budget": "Budget",
    "changes": "Changes",
    "anomalies": "Anomalies",
    "recommendations": "Recommendations",
    "savings": "Savings tracker",
}

Tell = Callable[[Step], None]
"""Is told which question is asked next."""


def _in_silence(step: Step) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Whom to ask.

    Attributes:
        recommend: What could be saved in a scope; it is asked here alone, since
            looking into accounts takes long.
    """

    space: Workspace
    settings: Settings
    tracker: SavingsTracker
    recommend: Callable[[Scope], Recommendations]
    progress: Progress = in_silence


@dataclass(frozen=True, slots=True, eq=False)
class ToSave:
    """What could be saved, and what has become of it.

    Attributes:
        counted: How much of each saving is in the total, by fingerprint.
    """

    answer: Recommendations
    status: dict[str, Status]
    counted: dict[str, float]

    @property
    def total(self) -> float:
        """What could still be saved in a month, overlaps counted once."""
        return sum(self.counted.values())

    @property
    def open(self) -> list[Recommendation]:
        """What is still to be done and counts, the largest saving first."""
        found = [
            one
            for one in self.answer.found
            if self.status[one.fingerprint] in OPEN
            and self.counted.get(one.fingerprint, 0.0) > 0
        ]
        return sorted(found, key=lambda one: -self.counted[one.fingerprint])


@dataclass(frozen=True, slots=True, eq=False)
class Executive:
    """The answers; one that could not be had is None, and `failed` says why.

    Attributes:
        budget: The one for the whole bill, where it is set and in its currency.
    """

    scope: Scope
    source: str
    accounts: AccountsSummary
    changes: Changes | None
    anomalies: AnomaliesFound | None
    ahead: Ahead | None
    budget: Budget | None
    to_save: ToSave | None
    savings: Savings | None
    failed: dict[Step, Problem] = field(default_factory=dict)

    @property
    def currency(self) -> str:
        """The currency of the bill."""
        return self.accounts.currency

    @property
    def complete(self) -> bool:
        """Whether no account and no answer is missing."""
        return self.accounts.costs.complete and not self.failed

    @property
    def rises(self) -> tuple[Anomaly, ...]:
        """What cost more than expected, where that comes to a cent; newest first.

        Where credits bring the bill to nothing, any amount is much of it.
        """
        rises = self.anomalies.rises if self.anomalies else ()
        return tuple(each for each in rises if each.impact >= HALF_A_CENT)

    @property
    def next_30_days(self) -> Outlook | None:
        """Whether the next 30 days stay within the monthly budget."""
        if self.ahead is None or self.budget is None:
            return None
        return outlook(self.ahead.next_30_days, self.budget.limit)


def executive(of: Installation, scope: Scope, *, tell: Tell = _in_silence) -> Executive:
    """Every question's answer for `scope`.

    What fails is noted, and the other questions are asked all the same.

    Raises:
        SourceError: If the costs cannot be read at all.
    """
    asked = _Asking(tell)
    tell("accounts")
    accounts = of.space.accounts_summary(scope, progress=of.progress)
    ahead = asked("forecast", lambda: forecast(of.space, scope, progress=of.progress))
    return Executive(
        scope=scope,
        source=of.space.source.name,
        accounts=accounts,
        changes=asked("changes", lambda: _changes(of, scope)),
        anomalies=asked("anomalies", lambda: _anomalies(of, scope)),
        ahead=ahead,
        budget=asked("budget", lambda: _budget(of, scope, ahead)),
        to_save=asked("recommendations", lambda: _to_save(of, scope)),
        savings=asked("savings", lambda: _savings(of, scope)),
        failed=asked.failed,
    )


@dataclass(slots=True)
class _Asking:
    """Asks one question after another, and notes what failed."""

    tell: Tell
    failed: dict[Step, Problem] = field(default_factory=dict)

    def __call__(self, step: Step, question: Callable[[], T]) -> T | None:
        self.tell(step)
        try:
            return question()
        except FinOpsError as error:
            self.failed[step] = Problem.of(error)
            return None


def _changes(of: Installation, scope: Scope) -> Changes:
    return of.space.changes(scope, SERVICE, progress=of.progress)


def _anomalies(of: Installation, scope: Scope) -> AnomaliesFound:
    return anomalies(of.space, scope, progress=of.progress)


def _to_save(of: Installation, scope: Scope) -> ToSave:
    answer = of.recommend(scope)
    status = statuses(answer.found, of.tracker)
    counted = still_to_save(answer.found, status, currency=answer.currency)
    return ToSave(answer, status, counted)


def _savings(of: Installation, scope: Scope) -> Savings:
    look_up = partial(
        measured_saving, of.space, metric=scope.metric, progress=of.progress
    )
    return savings(of.tracker.items(), look_up)


def _budget(of: Installation, scope: Scope, ahead: Ahead | None) -> Budget | None:
    """The budget for what `scope` counts; None where there is none.

    Raises:
        ConfigurationError: If it is in another currency.
    """
    found = budget_for(budgets_of(of.settings), scope)
    if found and ahead:
        require_currency(found, ahead.currency)
    return found
