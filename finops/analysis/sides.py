"""Two periods of the bill side by side: can they be compared?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from finops.analysis.cost_table import currency_of, with_null_columns
from finops.analysis.variance import Variance, compare
from finops.focus import Costs, Metric
from finops.periods import ChargePeriod


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """What one part of the bill cost in a period, and in the one before.

    Attributes:
        before: None where the source does not know all days of both, or lacks
            other accounts in one than in the other.
        costs: The source's answer.
    """

    before_period: ChargePeriod
    after_period: ChargePeriod
    before: pd.DataFrame | None
    after: pd.DataFrame
    costs: Costs

    @property
    def currency(self) -> str:
        """The one currency of both sides.

        Raises:
            MixedCurrenciesError: If there are two or more.
        """
        tables = [self.after] if self.before is None else [self.before, self.after]
        return currency_of(pd.concat(tables))

    def with_columns(self, keys: Sequence[str]) -> Sides:
        """Both sides with every one of `keys`; null where the source lacks it."""
        before = None if self.before is None else with_null_columns(self.before, keys)
        return replace(self, before=before, after=with_null_columns(self.after, keys))

    def compared(self, by: Sequence[str], metric: Metric) -> Variance | None:
        """What moved; None where there is nothing to compare with."""
        if self.before is None:
            return None
        return compare(
            (self.before_period, self.before),
            (self.after_period, self.after),
            by=by,
            metric=metric,
        )
