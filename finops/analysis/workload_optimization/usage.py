"""What was used, meter by meter: what the checks look at.

A line is one meter of one resource over the whole period, or of an account in
a region where the bill does not name resources.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pandas as pd

from finops.analysis.workload_optimization.line_table import line_table, meter_days
from finops.analysis.workload_optimization.lines import Line, Lines, Place
from finops.focus import Metric
from finops.periods import ChargePeriod

STILL_CHARGED: Final = timedelta(days=2)
"""The last charge of what still exists is this old at most: bills come late."""

HISTORY_DAYS: Final = 90
"""How long a snapshot must have been there to be called old."""


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """The usage of a period.

    Attributes:
        currency: Of every amount.
        dimensions: What the bill could be asked by.
        days: What each meter cost on each day.
        charged: The lines that are still charged.
        seen_before: The resources that were charged 90 days before the end of
            the period; None where the bill does not reach back, or names none.
    """

    period: ChargePeriod
    metric: Metric
    currency: str
    dimensions: frozenset[str]
    days: pd.DataFrame
    charged: Lines
    seen_before: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        charges: pd.DataFrame,
        *,
        period: ChargePeriod,
        metric: Metric,
        currency: str,
        seen_before: frozenset[str] | None = None,
    ) -> Usage:
        """The usage in `charges`, which are by day and by all that tells meters."""
        days = meter_days(charges, metric)
        return cls(
            period,
            metric,
            currency,
            dimensions=frozenset(map(str, charges.columns)),
            days=days,
            charged=Lines.of(_still_charged(line_table(days, period), period)),
            seen_before=seen_before,
        )

    def lines(self, pattern: str, *, service: str = "") -> list[Line]:
        """What fits `pattern` and is still charged, the dearest first.

        Args:
            pattern: What the whole meter looks like.
            service: What the service's name looks like: several of them have
                a meter `TimedStorage-ByteHrs`.
        """
        return self.charged.found(pattern, service=service)

    def units(
        self, pattern: str, price: str, *, service: str = ""
    ) -> dict[Place, float]:
        """How much of some meters each resource uses in a month."""
        counted: dict[Place, float] = {}
        for line in self.lines(pattern, service=service):
            counted[line.place] = counted.get(line.place, 0.0) + line.units(price)
        return counted

    def monthly(self, pattern: str, *, service: str = "") -> dict[Place, float]:
        """What some meters of each resource cost in a month."""
        costs: dict[Place, float] = {}
        for line in self.lines(pattern, service=service):
            costs[line.place] = costs.get(line.place, 0.0) + line.monthly
        return costs


def _still_charged(table: pd.DataFrame, period: ChargePeriod) -> pd.DataFrame:
    """The lines of `table` that cost something, and do so to the end of `period`."""
    still = pd.Timestamp(period.last_day - STILL_CHARGED, tz="UTC")
    return table[(table["last"] >= still) & (table["monthly"] > 0)]
