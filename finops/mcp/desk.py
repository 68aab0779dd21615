"""What all tools share: whom they ask, and what an answer says it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from finops.focus import Charges, Costs
from finops.mcp.answers import Counted, period_of
from finops.savings import SavingsTracker
from finops.settings import Settings
from finops.workspace import Scope, Workspace
from finops.workspace.recommendations import Recommendations


@dataclass(frozen=True, slots=True)
class Desk:
    """Whom the tools ask.

    Attributes:
        open: The workspace as of today.
        recommend: What could be saved in a scope.
        tracker: What became of it.
    """

    open: Callable[[], Workspace]
    settings: Settings
    recommend: Callable[[Scope], Recommendations]
    tracker: SavingsTracker

    @property
    def space(self) -> Workspace:
        """The workspace as of today."""
        return self.open()

    def recent(self) -> Scope:
        """The last 30 days."""
        return Scope(period=self.space.period(), metric=self.settings.metric)

    def scope(
        self, start: date, end_inclusive: date, charges: Charges = "usage"
    ) -> Scope:
        """The known days from `start` to `end_inclusive`."""
        period = self.space.known(period_of(start, end_inclusive))
        return Scope(period=period, metric=self.settings.metric, charges=charges)

    def counted(self, scope: Scope, currency: str, costs: Costs) -> Counted:
        """What the figures of an answer count."""
        return Counted.of(self.space.source.name, scope, currency, costs)
