"""Will the money last? (FinOps Framework: Budgeting).

How severe it is when it will not:

* `critical`: the limit is passed already, or will be by a quarter of it.
* `high`: the projected cost is at least a tenth above the limit.
* `medium`: the projected cost is above the limit.
* `low`: it is not, but there is at least one chance in five that it will be.
* `unknown`: nothing of this, but what the period's first days cost is not known,
  or what an account costs that could not be read.
* `none`: everything else.

From `medium` on, somebody has to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import NormalDist
from typing import Final, Literal

import numpy as np
import pandas as pd

from finops.analysis.allocation import HALF_A_CENT, share_of
from finops.analysis.landing import Landing
from finops.periods import ChargePeriod

Severity = Literal["none", "unknown", "low", "medium", "high", "critical"]
"""How bad it is, best first."""

ATTENTION: Final[tuple[Severity, ...]] = ("medium", "high", "critical")
"""The severities that somebody has to look at."""

CRITICAL_OVERAGE: Final = 0.25
HIGH_OVERAGE: Final = 0.10

NOTABLE_CHANCE: Final = 0.2

STANDARD: Final = NormalDist()

QUANTILES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
"""What the ends of both intervals, and the point between them, stand for."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a limit holds over a period.

    Attributes:
        breach_date: The first day on which the sum passes the limit; None where
            it does not within the period.
        breach_early, breach_late: The same at the upper and the lower end of
            the interval that holds in 8 of 10 cases.
        days_left: The whole days until the breach; 0 where it is past.
        probability: That the period ends above the limit, from 0 to 1; None
            where that is unknown.
        reduce_per_day: What each coming day must cost less for the limit to
            hold; 0 where it holds anyway, None where it is passed already.
        missing: The first days of the period, where what they cost is not known:
            the sums lack them, and the limit is passed earlier, if at all.
        unread: The accounts that could not be read: the sums lack them too.
    """

    limit: float
    to_date: float
    projected: float
    severity: Severity
    days_left: int | None
    breach_date: date | None
    breach_early: date | None
    breach_late: date | None
    probability: float | None
    reduce_per_day: float | None
    missing: ChargePeriod | None = None
    unread: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the sums have every day and every account."""
        return self.missing is None and not self.unread

    @property
    def overage(self) -> float | None:
        """By how much the projected cost is above the limit; negative for below.

        None where days or accounts are missing that may have cost what seems to be
        left.
        """
        return None if self.severity == "unknown" else self.projected - self.limit

    @property
    def overage_percent(self) -> float | None:
        """The overage in percent of the limit; None for a limit of nothing."""
        if self.overage is None:
            return None
        share = share_of(self.overage, self.limit)
        return None if share is None else 100 * share

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has to look."""
        return self.severity in ATTENTION


def outlook(landing: Landing, limit: float) -> Outlook:
    """Whether `limit` holds until the period of `landing` ends."""
    breach = _breach(landing, limit, "cost")
    chance = probability_above(landing, limit)
    severity = _severity(landing, limit, chance)
    if (landing.missing or landing.unread) and severity not in ATTENTION:
        severity = "unknown"
    return Outlook(
        limit=limit,
        to_date=landing.to_date,
        projected=landing.projected,
        severity=severity,
        days_left=None if breach is None else max((breach - landing.today).days, 0),
        breach_date=breach,
        breach_early=_breach(landing, limit, "high80"),
        breach_late=_breach(landing, limit, "low80"),
        probability=None if severity == "unknown" else chance,
        reduce_per_day=_reduction(landing, limit),
        missing=landing.missing,
        unread=landing.unread,
    )


def probability_above(landing: Landing, limit: float) -> float:
    """How likely it is that the period costs more than `limit`.

    The intervals give five points of the distribution. Between them, and
    beyond, a normal distribution is stretched so that it passes through them.
    """
    points = [
        landing.interval95.low,
        landing.interval80.low,
        landing.projected,
        landing.interval80.high,
        landing.interval95.high,
    ]
    if points[-1] - points[0] < HALF_A_CENT:
        return float(_passes(landing.projected, limit))
    deviations = [STANDARD.inv_cdf(share) for share in QUANTILES]
    return 1 - STANDARD.cdf(_interpolated(limit, points, deviations))


def _interpolated(x: float, points: list[float], values: list[float]) -> float:
    """The value at `x` on the line through all points, extended at both ends."""
    inner = float(np.interp(x, points, values))
    below, above = points[0] - x, x - points[-1]
    if below > 0:
        return inner - below * _slope(points[0], points[2], values[0], values[2])
    if above > 0:
        return inner + above * _slope(points[2], points[-1], values[2], values[-1])
    return inner


def _slope(x0: float, x1: float, y0: float, y1: float) -> float:
    return (y1 - y0) / max(x1 - x0, HALF_A_CENT)


def _passes(cost: float, limit: float) -> bool:
    """Whether `cost` is above `limit`; a sum of floats strays by less than a cent."""
    return cost > limit + HALF_A_CENT


def _breach(landing: Landing, limit: float, column: str) -> date | None:
    """The first day on which the sum passes the limit."""
    sums = pd.concat([landing.burned, landing.ahead[column]])
    over = sums[sums > limit + HALF_A_CENT]
    return over.index[0].date() if len(over) else None


def _severity(landing: Landing, limit: float, chance: float) -> Severity:
    over = landing.projected - limit
    if _passes(landing.to_date, limit):
        return "critical"
    if _passes(landing.projected, limit):
        if over >= CRITICAL_OVERAGE * limit:
            return "critical"
        return "high" if over >= HIGH_OVERAGE * limit else "medium"
    return "low" if chance >= NOTABLE_CHANCE else "none"


def _reduction(landing: Landing, limit: float) -> float | None:
    if not _passes(landing.projected, limit):
        return 0.0
    if _passes(landing.to_date, limit) or not landing.days_ahead:
        return None
    return (landing.projected - limit) / landing.days_ahead
