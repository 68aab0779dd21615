"""The tools about what was spent: status, costs, comparison, anomalies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from finops.analysis.anomalies import sentence
from finops.analysis.cost_table import currency_of
from finops.focus import Charges, dimension_named
from finops.mcp.answers import (
    AnomalyAnswer,
    AnomalyRow,
    ChangeAnswer,
    ChangeRow,
    CostAnswer,
    CostRow,
    DataStatus,
    cents,
    known_cents,
)
from finops.mcp.desk import Desk
from finops.workspace.anomalies import anomalies

GroupBy = Literal["account", "service", "region", "usage_type", "resource", "tag"]
"""What costs can be grouped by; `tag` needs a key."""

TagKey = Annotated[str, Field(description="The key, where group_by is tag.")]

Top = Annotated[int, Field(ge=1, le=50, description="How many rows at the most.")]

FirstDay = Annotated[date, Field(description="The first day, such as 2026-11-01.")]

LastDay = Annotated[date, Field(description="The last day; it is counted too.")]


@dataclass(frozen=True, slots=True)
class SpendingTools:
    """What was spent, and what changed."""

    desk: Desk

    def data_status(self) -> DataStatus:
        """Where the costs come from, which days are known, and what to group by."""
        space = self.desk.space
        return DataStatus(
            source=space.source.name,
            first_day=space.extent.start,
            last_complete_day=space.as_of,
            group_by=list(space.source.dimensions),
        )

    def costs(
        self,
        group_by: GroupBy,
        start: FirstDay,
        end_inclusive: LastDay,
        *,
        tag_key: TagKey = "",
        charges: Charges = "usage",
        top: Top = 10,
    ) -> CostAnswer:
        """What was spent in some days, by one dimension, the largest first.

        The total is that of all rows, also of those left out.
        """
        space = self.desk.space
        scope = self.desk.scope(start, end_inclusive, charges)
        dimension = _dimension(group_by, tag_key)
        found = space.cost_by(scope, dimension)
        largest = found.table.sort_values(scope.metric, ascending=False)
        rows = [
            CostRow(id=f"costs.{place}", value=_text(value), cost=known_cents(cost))
            for place, (value, cost) in enumerate(
                zip(largest[dimension], largest[scope.metric], strict=True)
            )
        ]
        return CostAnswer(
            counted=self.desk.counted(scope, currency_of(found.table), found),
            group_by=dimension,
            total=cents(float(largest[scope.metric].sum())),
            rows=rows[:top],
            rows_left_out=max(len(rows) - top, 0),
        )

    def compare(
        self,
        group_by: GroupBy,
        start: FirstDay,
        end_inclusive: LastDay,
        *,
        tag_key: TagKey = "",
        top: Top = 10,
    ) -> ChangeAnswer:
        """What moved against the equally long period before, the largest move first."""
        scope = self.desk.scope(start, end_inclusive)
        dimension = _dimension(group_by, tag_key)
        found = self.desk.space.changes(scope, dimension)
        moved = found.variance
        rows = [
            ChangeRow(
                id=f"changes.{place}",
                value=_text(value),
                before=cents(before),
                after=cents(after),
                change=cents(change),
            )
            for place, (value, before, after, change) in enumerate(
                moved.rows[[dimension, "before", "after", "change"]].itertuples(
                    index=False
                )
            )
        ]
        return ChangeAnswer(
            counted=self.desk.counted(scope, found.currency, found.costs),
            before_start=moved.before_period.start,
            before_end_inclusive=moved.before_period.last_day,
            group_by=dimension,
            before=cents(moved.before),
            after=cents(moved.after),
            change=cents(moved.change),
            rows=rows[:top],
            rows_left_out=max(len(rows) - top, 0),
        )

    def anomalies(self, start: FirstDay, end_inclusive: LastDay) -> AnomalyAnswer:
        """What left its usual cost in some days, by how much, and what caused it."""
        scope = self.desk.scope(start, end_inclusive)
        found = anomalies(self.desk.space, scope)
        return AnomalyAnswer(
            counted=self.desk.counted(scope, found.currency, found.costs),
            anomalies=[
                AnomalyRow(
                    id=f"anomalies.{place}",
                    account=each.account,
                    service=each.service,
                    start=each.period.start,
                    end_inclusive=each.period.last_day,
                    cost=cents(each.cost),
                    expected=cents(each.expected),
                    impact=cents(each.impact),
                    direction=each.direction,
                    text=sentence(each, found.currency),
                )
                for place, each in enumerate(found.anomalies)
            ],
        )


def _dimension(group_by: GroupBy, tag_key: str) -> str:
    return dimension_named(f"tag/{tag_key}" if group_by == "tag" else group_by)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
