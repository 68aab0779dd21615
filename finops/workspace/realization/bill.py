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

    def _by(self, where: tuple[Condition, ...], *dimensions: str) -> Costs:
        keys = [name for name in dimensions if self.knows(name)]
        return self.space.cost_by(
            replace(self.scope, where=where),
            *keys,
            granularity="day",
            progress=self.progress,
        )

    def by_day(self, costs: Costs, metric: Metric | None = None) -> pd.Series[float]:
        """The cost of every day: nothing where nothing was charged."""
        period = self.scope.period
        days = pd.date_range(period.start, period.last_day, tz="UTC")
        daily = daily_cost(costs.table, metric or self.scope.metric)
        return daily.reindex(days, fill_value=0.0)


def spellings(resource_id: str) -> tuple[str, ...]:
    """`resource_id`, and what EC2 itself calls it where that is another name."""
    return tuple(dict.fromkeys((resource_id, plain_id(resource_id))))
