"""Does anything need attention? What a scheduled job asks, one check after another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal, Protocol

from finops import formats
from finops.analysis.budget_words import outlook_sentence
from finops.analysis.budgeting import ATTENTION, Severity
from finops.budgets import Budget
from finops.errors import FinOpsError, Problem
from finops.focus import Costs
from finops.sources import Progress, in_silence
from finops.workspace.budgets import BudgetStanding, budget_standing
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

CheckName = Literal["budget", "data age"]

STALE_DAYS: Final = 3
"""AWS tells of a day within two days; what is older is late."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found.

    Attributes:
        subject: What was checked: a budget, for instance.
        text: What was found, in one sentence.
        facts: The same for programs.
    """

    check: CheckName
    subject: str
    severity: Severity
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look."""
        return self.severity in ATTENTION


@dataclass(frozen=True, slots=True, eq=False)
class Checkup:
    """What all checks have found.

    Attributes:
        failed: What could not be checked, and why.
        costs: What was counted, with who is missing.
    """

    findings: tuple[Finding, ...]
    failed: tuple[Problem, ...]
    costs: Costs = field(repr=False)

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look, also at a check that failed."""
        return bool(self.failed) or any(f.needs_attention for f in self.findings)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the checks look at.

    Attributes:
        scope: How costs are counted.
    """

    space: Workspace
    scope: Scope
    budgets: tuple[Budget, ...]
    progress: Progress = in_silence


class Check(Protocol):
    """One of the checks."""

    def __call__(self, watched: Watched) -> Iterator[Finding | Problem]:
        """What it finds, and what it could not check."""


def checkup(
    space: Workspace,
    scope: Scope,
    budgets: tuple[Budget, ...],
    *,
    progress: Progress = in_silence,
) -> Checkup:
    """What needs attention.

    Raises:
        SourceError: If nothing can be read.
    """
    costs = space.cost_by(scope, progress=progress)
    watched = Watched(space, scope, budgets, progress)
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


def check_age(watched: Watched) -> Iterator[Finding | Problem]:
    """Are the costs of the last days there?"""
    space = watched.space
    newest = space.extent.last_day
    age = max((space.today - newest).days, 0)
    yield Finding(
        "data age",
        space.source.name,
        "medium" if age >= STALE_DAYS else "none",
        f"The newest complete day is {formats.day(newest)}, "
        f"{formats.plural(age, 'day')} before {formats.day(space.today)}.",
        {"newest_day": newest, "age_days": age},
    )


CHECKS: Final[Sequence[Check]] = (check_budgets, check_age)
"""In the order in which they are told."""


def _budget_finding(standing: BudgetStanding) -> Finding:
    found = standing.month_end
    return Finding(
        "budget",
        standing.budget.label,
        found.severity,
        outlook_sentence(found, standing.ahead.month.period, standing.ahead.currency),
        {
            "target": standing.budget.target,
            "overage": found.overage,
            "overage_percent": found.overage_percent,
        }
        | asdict(found),
    )
