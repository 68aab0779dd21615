"""The expected cost of the coming days, on its way to becoming a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from finops.analysis.forecasting.daily_costs import Values

Kind = Literal["regular", "short", "sparse", "nothing", "linear"]
"""Which rule of the recipe a history fell under."""


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The expected cost of each coming day, and what was found on the way.

    Attributes:
        costs: Per coming day, fees included.
        fees: Per coming day, what the calendar brings: fees, monthly charges.
        day_spread: The standard deviation of each day, as the model sees it.
        sum_spread: That of the sum from the first coming day up to each.
        usual: The history without fees and spikes.
        kind: The rule that applied.
        spikes: How many days of the history stood out for once.
        shift_days_ago: How many days before the end of the history the last
            lasting step was; None where there was none.
        shift_ratio: The level after it as a multiple of that before.
        priced_per_month: Whether a day costs less in a long month.
    """

    costs: Values
    fees: Values
    day_spread: Values
    sum_spread: Values
    usual: Values
    kind: Kind
    spikes: int = 0
    shift_days_ago: int | None = None
    shift_ratio: float | None = None
    priced_per_month: bool = False

    def scaled(self, factor: float) -> Path:
        """The same path in other units."""
        return replace(
            self,
            costs=self.costs * factor,
            fees=self.fees * factor,
            day_spread=self.day_spread * factor,
            sum_spread=self.sum_spread * factor,
            usual=self.usual * factor,
        )


def sum_of(parts: Sequence[Path], *, like: Path) -> Path:
    """The sum of the parts, which strays as the path of their whole does.

    Args:
        parts: Each part's path, in the units of the whole.
        like: The path of the whole, as one series.
    """
    usual = np.zeros(max(len(part.usual) for part in parts))
    for part in parts:
        usual[len(usual) - len(part.usual) :] += part.usual
    return replace(
        like,
        costs=np.sum([part.costs for part in parts], axis=0),
        fees=np.sum([part.fees for part in parts], axis=0),
        usual=usual,
    )


def flat_path(
    cost: float, spread: float, days: int, *, usual: Values, kind: Kind
) -> Path:
    """The same cost on all days, whose errors are the same on all days too."""
    of_day = np.full(days, spread)
    ahead = np.arange(1, days + 1)
    return Path(
        np.full(days, cost), np.zeros(days), of_day, of_day * ahead, usual, kind
    )
