"""What the checks look at, and what they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from finops.analysis.budgeting import ATTENTION, Severity
from finops.budgets import Budget
from finops.errors import Problem
from finops.focus import Costs
from finops.savings import TrackedItem
from finops.sources import Progress, in_silence
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

CheckName = Literal["budget", "anomalies", "savings", "accounts", "data age"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check has found.

    Attributes:
        subject: What was checked: a budget, for instance.
        text: What was found, in one sentence.
        facts: The same for programs.
        event: The same on every run that finds the same; a budget that gets
            worse is another event.
    """

    check: CheckName
    subject: str
    severity: Severity
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    event: str = ""

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look, also where a budget may be passed unseen."""
        return self.severity == "unknown" or self.severity in ATTENTION


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
        """Whether somebody has to look, also at what could not be checked or read."""
        unseen = bool(self.failed or self.costs.problems)
        return unseen or any(found.needs_attention for found in self.findings)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the checks look at.

    Attributes:
        scope: How costs are counted.
        items: What the savings tracker holds.
    """

    space: Workspace
    scope: Scope
    budgets: tuple[Budget, ...]
    currency: str
    items: tuple[TrackedItem, ...] = ()
    progress: Progress = in_silence


class Check(Protocol):
    """One of the checks."""

    def __call__(self, watched: Watched) -> Iterator[Finding | Problem]:
        """What it finds, and what it could not check."""
