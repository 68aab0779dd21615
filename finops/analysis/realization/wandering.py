"""What do costs that wander from day to day say of an effect, and how surely?

A cost is the effects of what is known, such as its weekday, and a level that wanders
like a random walk, under noise of which each day keeps a part of the day before (a
structural time series: Harvey, 1989). That the level wanders is what makes the error
honest: before-and-after tests and regressions take each day for news, and are far
too sure of themselves.

How far it wanders, three months tell badly. So no one answer is taken for the truth,
but the mean over all of them, each weighed by how likely it makes the days (Bayesian
model averaging: Hoeting et al., 1999) by its restricted likelihood (Harville, 1974).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Values, Whole


@dataclass(frozen=True, slots=True)
class Effect:
    """The size of an effect, with its standard error."""

    size: float
    error: float


@dataclass(frozen=True, slots=True)
class Manner:
    """One way in which costs may wander.

    Attributes:
        wandering: What the level moves by in a day, as a part of the noise.
        kept: The part of its noise that a day keeps of the one before.
    """

    wandering: float
    kept: float

    def covariance(self, days: Whole, others: Whole) -> Values:
        """How alike the costs of `days` and of `others` are, per day and day."""
        level = np.minimum.outer(days, others) + 1.0
        apart = np.abs(np.subtract.outer(days, others))
        noise: Values = self.kept**apart
        return self.wandering**2 * level + noise


MANNERS: Final = tuple(
    Manner(wandering, kept)
    for wandering, kept in product((0.05, 0.1, 0.2, 0.4, 0.8, 1.6), (0.0, 0.3, 0.6))
)
"""From a level that hardly moves to one that moves further than days stray."""

NO_DAYS: Final[Whole] = np.arange(0)


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """What is known of some days.

    Attributes:
        costs: One for each day.
        effects: A row for each day, and a column for each effect on it.
        numbers: The days, counted from the first.
    """

    costs: Values
    effects: Values
    numbers: Whole


def effect(known: Days, wanted: Values, *, ahead: Whole = NO_DAYS) -> Effect:
    """The sum of the effects on `known` days, each as often as `wanted` says.

    With the level that is to be expected on the days `ahead`, if there are any.
    """
    scale = float(np.abs(known.costs).mean())
    scaled = Days(known.costs / scale, known.effects, known.numbers)
    return _averaged(
        (_fitted(scaled, wanted, ahead, manner) for manner in MANNERS), scale
    )


def _averaged(fits: Iterable[tuple[float, float, float]], scale: float) -> Effect:
    """The mean of all answers, each weighed by its likelihood.

    That they differ from each other is part of the error.
    """
    likelihoods, sizes, variances = np.array(list(fits)).T
    weights = np.exp(likelihoods - likelihoods.max())
    weights /= weights.sum()
    size = weights @ sizes
    variance = weights @ (variances + (sizes - size) ** 2)
    return Effect(float(size * scale), float(np.sqrt(variance) * scale))


def _fitted(
    known: Days, wanted: Values, ahead: Whole, manner: Manner
) -> tuple[float, float, float]:
    """Log-likelihood, size and variance, where costs wander in `manner`.

    Generalized least squares, with the best linear prediction of the level.
    """
    numbers = known.numbers
    root = np.linalg.cholesky(manner.covariance(numbers, numbers))
    to_come, spread = np.zeros(len(numbers)), 0.0
    if len(ahead):
        to_come = manner.covariance(numbers, ahead).mean(axis=1)
        spread = float(manner.covariance(ahead, ahead).mean())
    columns = np.column_stack([known.effects, known.costs, to_come])
    *effects, costs, to_come = np.linalg.solve(root, columns).T
    design = np.array(effects).T
    information = design.T @ design
    sizes = np.linalg.solve(information, design.T @ costs)
    left = costs - design @ sizes
    freedom = len(numbers) - len(sizes)
    squares = max(float(left @ left), np.finfo(float).tiny)
    likelihood = -(
        np.log(np.diagonal(root)).sum()
        + np.linalg.slogdet(information)[1] / 2
        + freedom * np.log(squares) / 2
    )
    direction = wanted - design.T @ to_come
    spread += direction @ np.linalg.solve(information, direction) - to_come @ to_come
    variance = squares / (freedom - 2) * spread
    return likelihood, float(wanted @ sizes + to_come @ left), variance
