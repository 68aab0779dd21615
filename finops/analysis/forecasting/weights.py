"""How much each model has to say: as much as it was right about this series.

To combine forecasts beats to choose one (Bates & Granger, 1969).

Each model is asked as of a dozen past days. The loss counts both the error of
the days and that of their mean, since a budget is a sum; the weights fall with
the fourth power of the loss, which leaves the best model most of the say and
lets equals share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Values
from finops.analysis.forecasting.members import Member

LEAST_KNOWN: Final = 28
"""Days that a model is given at least."""

MOST_ORIGINS: Final = 12
"""Past days as of which the models are asked."""

LEAST_ORIGINS: Final = 3
"""With fewer, all models have the same say."""

LEAST_APART: Final = 3
"""Days between two of them."""

POWER: Final = 4
"""How fast the say falls with the loss."""


def weighted(members: Sequence[Member], costs: Values, horizon: int) -> Values:
    """The coming days, from all models."""
    says = weights(members, costs, horizon)
    paths = np.array([member(len(costs), horizon) for member in members])
    combined: Values = says @ paths
    return combined


def weights(members: Sequence[Member], costs: Values, horizon: int) -> Values:
    """The part that each model has in the forecast; they add up to 1."""
    origins = _origins(len(costs))
    if len(origins) < LEAST_ORIGINS:
        return np.full(len(members), 1 / len(members))
    losses = np.array([_loss(member, costs, horizon, origins) for member in members])
    losses = np.maximum(losses, 1e-12)
    says = (losses.min() / losses) ** POWER
    return np.asarray(says / says.sum())


def _origins(days: int) -> list[int]:
    """How many days were known, as of each past day to ask the models about."""
    newest = days - WEEK
    oldest = max(LEAST_KNOWN, newest - 2 * WEEK * MOST_ORIGINS)
    apart = max(LEAST_APART, (newest - oldest) // MOST_ORIGINS)
    return list(range(newest, oldest - 1, -apart))[:MOST_ORIGINS]


def _loss(member: Member, costs: Values, horizon: int, origins: Sequence[int]) -> float:
    """The mean error of days plus that of their mean."""
    losses = []
    for known in origins:
        came = costs[known : known + horizon]
        errors = came - member(known, len(came))
        losses.append(np.mean(np.abs(errors)) + abs(np.mean(errors)))
    return float(np.mean(losses))
