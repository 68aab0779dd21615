"""What does a figure count?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from finops.focus import Charges, Condition, CostQuery, Granularity, Metric
from finops.periods import ChargePeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a figure counts; it stands beside every figure.

    Attributes:
        where: Which part of the bill; empty for all of it.
    """

    period: ChargePeriod
    metric: Metric = "EffectiveCost"
    charges: Charges = "usage"
    where: tuple[Condition, ...] = ()

    def query(self, *group_by: str, granularity: Granularity = "total") -> CostQuery:
        """The question that asks for this scope's costs."""
        return CostQuery(
            period=self.period,
            granularity=granularity,
            group_by=group_by,
            where=self.where,
            charges=self.charges,
        )

    def narrowed(self, dimension: str, *values: str | None) -> Scope:
        """This scope, further cut down to some values of a dimension."""
        return replace(self, where=(*self.where, Condition(dimension, values)))
