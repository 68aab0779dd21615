"""A made-up company to look around in: what would this app show of your bill?

The story is told in `story.py` and `meters.csv`; change it there.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Final

import pandas as pd

from finops.analysis import cost_table
from finops.focus import DATE_COLUMN, DIMENSION_NAMES, TAG_PREFIX, CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.sources.demo.charges import charges
from finops.sources.demo.story import ACCOUNTS, HISTORY_DAYS

TAGS: Final = ("team", "env", "project")


class DemoSource:
    """The bill of the demo company as it is on the morning of `today`."""

    name = "demo data"
    dimensions = (*DIMENSION_NAMES, *(f"{TAG_PREFIX}{tag}" for tag in TAGS))
    restated_days = 0

    def __init__(self, today: date) -> None:
        self.extent = ChargePeriod(today - timedelta(days=HISTORY_DAYS), today)

    @cached_property
    def charges(self) -> pd.DataFrame:
        """The whole bill in FOCUS columns, by day."""
        return charges(self.extent.end)

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        """The answer to `query`, summed from the days that it asks for.

        Raises:
            DimensionUnavailableError: If `query` names what the demo lacks.
        """
        cost_table.require_dimensions(query, self.dimensions, source=self.name)
        start, end = self.charges[DATE_COLUMN].searchsorted(
            [pd.Timestamp(day, tz="UTC") for day in _bounds(query.period)]
        )
        table = cost_table.answer(self.charges.iloc[start:end], query)
        for account in ACCOUNTS:
            progress(account, "read")
        return Costs(table, query)


def _bounds(period: ChargePeriod) -> tuple[date, date]:
    return period.start, period.end
