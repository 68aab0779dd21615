"""Costs of few days only: a monthly invoice, a weekly job, a batch now and then.

Smoothing models spread them thin. Croston (1972) showed that such series need
their own rule: find when the charge comes, or else forecast its mean rate.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import WEEK, Calendar, Values, Whole
from finops.analysis.forecasting.path import Path

CHARGED_SHARE: Final = 0.6
"""With a smaller part of days charged, a series is sparse."""

RATE_DAYS: Final = 56
"""Days that tell how often it is charged, and the mean rate."""

RECENT_DAYS: Final = 120
"""Days that tell on which days it is charged."""

MONTH: Final = 30.4
"""Days of a month, about."""

MONTHLY_DAYS: Final = 3
"""A monthly charge falls on this many days of the month at most."""

MONTHLY_SHARE: Final = 0.9
"""The part of the amount that must fall on them."""

NOTABLE_SHARE: Final = 0.05
"""A day of the month counts from this part of the amount on."""

WEEKLY_SHARE: Final = 0.85
"""The part of the charges that must fall on one weekday, to be weekly."""

LEAST_CHARGES: Final = 3
"""It takes so many charges to see a weekday."""

WEEKS: Final = 6
"""How many past weeks say what a weekly charge costs."""

LEAST_SPREAD: Final = (0.05, 0.1)
"""Of the usual sum: how far it strays at least, seen often and seen rarely."""

SEEN_OFTEN: Final = 10
"""How many past sums it takes to see how far they stray."""


def is_sparse(costs: Values) -> bool:
    """Whether most of the recent days since the first charge cost nothing."""
    charged = np.flatnonzero(costs)
    since = max(int(charged[0]), len(costs) - RATE_DAYS)
    return float(np.mean(costs[since:] != 0)) < CHARGED_SHARE


def sparse_path(costs: Values, calendar: Calendar, *, skipped: int) -> Path:
    """The coming days: monthly, weekly, or the mean rate.

    Args:
        costs: The history.
        calendar: Its days and the coming ones.
        skipped: How many of the coming days are not asked for.
    """
    past, coming = calendar[: len(costs)], calendar[len(costs) + skipped :]
    of_days, of_sums = _spreads(costs, len(coming.days))
    monthly = _monthly(costs, past.day_of_month, coming.day_of_month)
    if monthly is not None:
        nothing = np.zeros(len(costs))
        return Path(monthly, monthly, of_days, of_sums, nothing, "sparse")
    expected = _weekly(costs, past.weekday, coming.weekday)
    if expected is None:
        expected = np.full(len(coming.days), costs[-RATE_DAYS:].mean())
    no_fees = np.zeros(len(coming.days))
    return Path(expected, no_fees, of_days, of_sums, costs, "sparse")


def _monthly(costs: Values, past: Whole, coming: Whole) -> Values | None:
    """The last amounts of each day of the month; None where it is not monthly."""
    recent, days = costs[-RECENT_DAYS:], past[-RECENT_DAYS:]
    amounts = np.bincount(days, weights=np.abs(recent), minlength=32)
    shares = amounts / max(amounts.sum(), 1e-300)
    notable = np.flatnonzero(shares > NOTABLE_SHARE)
    months = max(1, round(len(recent) / MONTH))
    if (
        len(notable) > MONTHLY_DAYS
        or shares[notable].sum() <= MONTHLY_SHARE
        or np.count_nonzero(recent) > MONTHLY_DAYS * months
    ):
        return None
    expected = np.zeros(len(coming))
    for day in notable:
        expected[coming == day] = np.median(costs[past == day][-3:])
    return expected


def _weekly(costs: Values, past: Whole, coming: Whole) -> Values | None:
    """The mean amount on one weekday; None where it is not weekly."""
    charged = past[-RECENT_DAYS:][costs[-RECENT_DAYS:] != 0]
    if len(charged) < LEAST_CHARGES:
        return None
    counts = np.bincount(charged, minlength=WEEK)
    if counts.max() / len(charged) <= WEEKLY_SHARE:
        return None
    mean = costs[past == counts.argmax()][-WEEKS:].mean()
    return np.where(coming == counts.argmax(), mean, 0.0)


def _spreads(costs: Values, horizon: int) -> tuple[Values, Values]:
    """How far a day, and the sum of the first days, strayed in the past."""
    recent = np.trim_zeros(costs[-RECENT_DAYS:], "f")
    level = float(np.mean(np.abs(recent))) if len(recent) else 0.0
    often, rarely = LEAST_SPREAD
    of_day = max(float(np.std(recent)) if len(recent) else 0.0, often * level)
    sums = np.concatenate([[0.0], np.cumsum(recent)])
    of_sum = np.empty(horizon)
    for days in range(1, horizon + 1):
        if len(recent) - days >= SEEN_OFTEN:
            strayed = float(np.std(sums[days:] - sums[:-days]))
            of_sum[days - 1] = max(strayed, often * level * days)
        else:
            of_sum[days - 1] = max(of_day * np.sqrt(days), rarely * level * days)
    return np.full(horizon, of_day), of_sum
