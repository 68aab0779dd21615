"""What the workspace answers with."""

from __future__ import annotations

from dataclasses import dataclass, field

from finops.analysis.allocation import AccountCost, share_of
from finops.analysis.insights import Insight
from finops.analysis.variance import Variance
from finops.focus import Costs
from finops.workspace.scope import Scope


@dataclass(frozen=True, slots=True, eq=False)
class AccountsSummary:
    """The costs of all accounts side by side, and what stands out.

    Attributes:
        total: The cost of the accounts that were read.
        before: What they cost in the like-for-like period before; None where
            the source does not reach back that far.
        costs: The answer it was made from, with who is missing.
    """

    scope: Scope
    currency: str
    total: float
    before: float | None
    accounts: tuple[AccountCost, ...]
    insights: tuple[Insight, ...]
    costs: Costs = field(repr=False)

    @property
    def relative(self) -> float | None:
        """The change as a part of the cost before; None where that is not known."""
        if self.before is None:
            return None
        return share_of(self.total - self.before, self.before)


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """What moved between two equally long periods, and who is missing."""

    scope: Scope
    currency: str
    variance: Variance
    costs: Costs = field(repr=False)
