"""What was changed, where and when?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from finops.analysis.realization.meters import Meters
from finops.analysis.realization.window import DAYS_AFTER, DAYS_BEFORE
from finops.periods import DAY, ChargePeriod
from finops.recommendations import PURCHASES, Action, plain_id
from finops.savings import TrackedItem

ENDS: Final[frozenset[Action]] = frozenset({"Delete", "Stop"})
"""Actions after which there is nothing more to pay for."""

REPLACES: Final[frozenset[Action]] = frozenset(
    {"Rightsize", "Upgrade", "MigrateToGraviton"}
)
"""Actions after which something else does the work, perhaps under another id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where and when something was changed; frozen, so that answers can be kept.

    Attributes:
        kind: The check that found it, or what a person calls it.
        others: Resources that were changed at about the same time: they are no
            measure for what would have been.
        rivals: How many other changes of the same kind of cost were made in the
            same account within 30 days, before it or after.
    """

    implemented_on: date
    currency: str
    account: str | None
    account_id: str | None
    service: str | None
    resource_id: str | None
    usage_type: str | None
    action: str | None = None
    kind: str | None = None
    others: tuple[str, ...] = ()
    rivals: int = 0

    @classmethod
    def of(cls, item: TrackedItem) -> Self:
        """The change that an implemented item is about."""
        return cls(
            implemented_on=item.implemented_on or date.max,
            currency=item.currency,
            account=item.account,
            account_id=item.account_id,
            service=item.service,
            resource_id=item.resource_id,
            usage_type=item.usage_type,
            action=item.action,
            kind=item.recommendation_type,
        )

    @property
    def days(self) -> ChargePeriod:
        """The days around it that tell what it saved."""
        return ChargePeriod(
            self.implemented_on - DAYS_BEFORE * DAY,
            self.implemented_on + (DAYS_AFTER + 1) * DAY,
        )

    @property
    def meters(self) -> Meters | None:
        """What it moves cost between; None where neither meter nor id tells."""
        if self.usage_type:
            meters = Meters.only if self.ends_all else Meters.like
            return meters(self.usage_type)
        return Meters.of_resource(plain_id(self.resource_id or ""))

    @property
    def ends_all(self) -> bool:
        """Whether nothing is left to pay for after it."""
        return self.action in ENDS

    @property
    def replaces(self) -> bool:
        """Whether something else may do the work after it."""
        return self.action in REPLACES

    def among(self, changes: Iterable[Change]) -> Change:
        """The same change, knowing of those whose days overlap with its own."""
        near = [each for each in changes if each.days.overlap(self.days)]
        others = {each.resource_id for each in near if each.resource_id}
        return replace(
            self,
            others=tuple(sorted(others - {self.resource_id})),
            rivals=sum(self._shares_costs_with(each) for each in near),
        )

    def _shares_costs_with(self, other: Change) -> bool:
        """Whether without resources nobody can tell what each of both saved.

        A purchase lowers what a unit costs, whatever lowers their number.
        """
        apart = abs(other.implemented_on - self.implemented_on)
        if other == self or apart > DAYS_AFTER * DAY or self._where != other._where:
            return False
        if self.action in PURCHASES and other.action not in PURCHASES:
            return False
        one, two = self.meters, other.meters
        return one is None or two is None or one.overlaps(two)

    @property
    def _where(self) -> tuple[str | None, str | None]:
        return (self.account_id or self.account, self.service)
