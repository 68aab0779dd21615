"""The bill on the days around a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from finops.analysis.allocation import daily_cost
from finops.errors import DimensionUnavailableError
from finops.focus import Condition, Costs, Metric
from finops.recommendations import plain_id
from finops.sources import Progress
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

RESOURCE: Final = "ResourceId"
SERVICE: Final = "ServiceName"
USAGE_TYPE: Final = "x_UsageType"
DESCRIPTION: Final = "ChargeDescription"


@dataclass(frozen=True, slots=True)
class Bill:
    """The bill on the days around a change.

    Attributes:
        scope: The days, and how charges are counted.
    """

    space: Workspace
    scope: Scope
    progress: Progress

    def knows(self, dimension: str) -> bool:
        """Whether charges can be told apart by it."""
        return dimension in self.space.source.dimensions

    def costs(self, *where: Condition) -> Costs:
        """The costs that meet all conditions, by day and service."""
        return self._by(where, SERVICE)

    def costs_by_usage_type(self, *where: Condition) -> Costs:
        """The costs that meet all conditions, by day, usage type and service.

        Without the service where a source cannot group by so much.
        """
        try:
            return self._by(where, USAGE_TYPE, SERVICE)
        except DimensionUnavailableError:
            return self._by(where, USAGE_TYPE)

    def costs_by_price(self, *where: Condition) -> Costs | None:
        """The costs that meet all conditions, by day, usage type and price.

        None where the source does not tell the price of a unit.
        """
        if not (self.knows(USAGE_TYPE) and self.knows(DESCRIPTION)):
            return None
        try:
            return self._by(where, USAGE_TYPE, DESCRIPTION)
        except DimensionUnavailableError:
            return None

    def _by(self, where: tuple[Condition, ...], *dimensions: str) -> Costs:
        keys = [name for name in dimensions if self.knows(name)]
        return self.space.cost_by(
            replace(self.scope, where=where),
            *keys,
            granularity="day",
            progress=self.progress,
        )

    @property
    def days(self) -> pd.DatetimeIndex:
        """The days around the change that are known."""
        period = self.scope.period
        return pd.date_range(period.start, period.last_day, tz="UTC")

    def by_day(self, costs: Costs, metric: Metric | None = None) -> pd.Series[float]:
        """The cost of every day: nothing where nothing was charged."""
        daily = daily_cost(costs.table, metric or self.scope.metric)
        return daily.reindex(self.days, fill_value=0.0)


def spellings(resource_id: str) -> tuple[str, ...]:
    """`resource_id`, and what EC2 itself calls it where that is another name."""
    return tuple(dict.fromkeys((resource_id, plain_id(resource_id))))
