"""What was used, meter by meter: what the checks look at.

A line is one meter of one resource over the whole period, or of an account in
a region where the bill does not name resources.
"""

from __future__ import annotations

import math
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
        seen: Every line, those that have ended as well.
        seen_before: The resources that were charged 90 days before the end of
            the period; None where the bill does not reach back, or names none.
        whole: Whether each resource is in it with all of its meters.
    """

    period: ChargePeriod
    metric: Metric
    currency: str
    dimensions: frozenset[str]
    days: pd.DataFrame
    seen: Lines
    seen_before: frozenset[str] | None = None
    whole: bool = True

    @classmethod
    def of(
        cls,
        charges: pd.DataFrame,
        *,
        period: ChargePeriod,
        metric: Metric,
        currency: str,
        seen_before: frozenset[str] | None = None,
        whole: bool = True,
    ) -> Usage:
        """The usage in `charges`, which are by day and by all that tells meters."""
        days = meter_days(charges, metric)
        return cls(
            period,
            metric,
            currency,
            dimensions=frozenset(map(str, charges.columns)),
            days=days,
            seen=Lines.of(line_table(days, period)),
            seen_before=seen_before,
            whole=whole,
        )

    def lines(self, pattern: str, *, service: str = "") -> list[Line]:
        """What fits `pattern` and is still charged, the dearest first.

        Args:
            pattern: What the whole meter looks like.
            service: What the service's name looks like: several of them have
                a meter `TimedStorage-ByteHrs`.
        """
        found = self.seen.found(pattern, service=service)
        return [line for line in found if self._is_charged(line)]

    def units(
        self, pattern: str, price: str, *, service: str = ""
    ) -> dict[Place, float]:
        """How much of some meters each resource has, in a month."""
        counted: dict[Place, float] = {}
        for line in self.lines(pattern, service=service):
            counted[line.place] = counted.get(line.place, 0.0) + line.units(price)
        return counted

    def used(
        self, pattern: str, price: str, *, service: str = ""
    ) -> dict[Place, float]:
        """How much of some meters each resource used in a month, lately or not.

        What works on Wednesdays alone is not idle on a Sunday. What is free of
        charge has no price to tell its use by, which is then without bounds.
        """
        counted: dict[Place, float] = {}
        for line in self.seen.found(pattern, service=service):
            used = line.units(price) if line.told else math.inf
            counted[line.place] = counted.get(line.place, 0.0) + used
        return counted

    def monthly(
        self, pattern: str, *, service: str = "", ended: bool = False
    ) -> dict[Place, float]:
        """What some meters of each resource cost in a month.

        Args:
            pattern: What the whole meter looks like.
            service: What the service's name looks like.
            ended: Whether to add what has not been charged lately.
        """
        find = self.seen.found if ended else self.lines
        costs: dict[Place, float] = {}
        for line in find(pattern, service=service):
            costs[line.place] = costs.get(line.place, 0.0) + (line.monthly or 0.0)
        return costs

    def _is_charged(self, line: Line) -> bool:
        """Whether `line` costs something, and does so to the end of the period."""
        lately = line.last >= self.period.last_day - STILL_CHARGED
        return lately and (line.monthly or 0.0) > 0
