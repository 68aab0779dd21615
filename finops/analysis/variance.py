"""What changed, and what drove it? (FinOps Framework: Reporting & Analytics)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from finops.analysis.allocation import cost_by, share_of
from finops.errors import ConfigurationError
from finops.focus import Metric
from finops.periods import ChargePeriod

DRIVER_SHARE = 0.8
"""Drivers are the fewest movers that together make up this much of all moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Variance:
    """The difference between two periods of equal length.

    Attributes:
        rows: Per combination of the dimensions: their values, `before`,
            `after` and `change`, the largest move first.
    """

    before_period: ChargePeriod
    after_period: ChargePeriod
    rows: pd.DataFrame

    @property
    def before(self) -> float:
        """The cost of the earlier period."""
        return float(self.rows["before"].sum())

    @property
    def after(self) -> float:
        """The cost of the later period."""
        return float(self.rows["after"].sum())

    @property
    def change(self) -> float:
        """By how much the later period cost more; negative for less."""
        return self.after - self.before

    @property
    def relative(self) -> float | None:
        """The change as a part of the earlier cost; None where that was nothing."""
        return share_of(self.change, self.before)

    @property
    def drivers(self) -> pd.DataFrame:
        """The fewest rows that make up most of all moves, up and down."""
        moves = self.rows["change"].abs()
        if not moves.sum():
            return self.rows.head(0)
        reached_before = moves.cumsum().shift(fill_value=0.0) / moves.sum()
        return self.rows[reached_before < DRIVER_SHARE]


def compare(
    before: tuple[ChargePeriod, pd.DataFrame],
    after: tuple[ChargePeriod, pd.DataFrame],
    *,
    by: Sequence[str],
    metric: Metric,
) -> Variance:
    """What moved between two periods, per combination of the dimensions `by`.

    A combination that was charged in one period only moved from or to 0.

    Raises:
        ConfigurationError: If the periods are not equally long; a month of 31
            days costs more than one of 28 though nothing changed.
    """
    (before_period, before_table), (after_period, after_table) = before, after
    if before_period.days != after_period.days:
        msg = (
            f"{before_period} has {before_period.days} days and "
            f"{after_period} has {after_period.days}."
        )
        raise ConfigurationError(msg, hint="Compare periods that are equally long.")
    was = cost_by(before_table, by, metric)
    became = cost_by(after_table, by, metric)
    combinations = was.index.union(became.index)
    rows = pd.DataFrame(
        {
            "before": was.reindex(combinations, fill_value=0.0),
            "after": became.reindex(combinations, fill_value=0.0),
        }
    ).reset_index()
    rows["change"] = rows["after"] - rows["before"]
    largest_first = rows.sort_values(
        "change", key=abs, ascending=False, kind="stable", ignore_index=True
    )
    return Variance(before_period, after_period, largest_first)
