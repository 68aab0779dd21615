"""Costs of few days only: a monthly invoice, a weekly job, a batch now and then.

Smoothing models spread them thin. Croston (1972) showed that such series need
their own rule: find when the charge comes, or else forecast its mean rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from finops.analysis.forecasting.daily_costs import Calendar, Values, Whole
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

LAST_AMOUNTS: Final = 3
"""How many past months say what a monthly charge costs."""

LEAST_STRAY: Final = 0.05
"""Of the amount: no charge is known better than this."""

SEEN_ONCE_STRAY: Final = 0.5
"""Of the amount, where it was charged once: it may not come again."""

ENDED_AFTER: Final = 2
"""A cost is over that stayed away for more than so many times its longest pause."""

LEAST_ENDED: Final = 14
"""Days of silence below which nothing is taken to be over."""

LEAST_SUMS: Final = 10
"""How many past sums it takes to see how far they stray."""


@dataclass(frozen=True, slots=True, eq=False)
class _Timed:
    """Charges whose days are known.

    Attributes:
        expected: Per coming day.
        amounts: What was charged on such days in the past.
    """

    expected: Values
    amounts: Values

    def spreads(self) -> tuple[Values, Values]:
        """How far a day, and the sum up to it, may stray.

        The amounts stray one by one, and their mean is not known exactly
        either, which moves all of them together.
        """
        seen = len(self.amounts)
        typical = float(np.mean(np.abs(self.amounts)))
        strayed = float(np.std(self.amounts, ddof=1)) if seen > 1 else 0.0
        least = LEAST_STRAY if seen > 1 else SEEN_ONCE_STRAY
        relative = max(strayed / typical, least) if typical else least
        alone = np.cumsum(self.expected**2)
        together = np.cumsum(self.expected) ** 2 / seen
        return relative * np.abs(self.expected), relative * np.sqrt(alone + together)


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
    nothing = np.zeros(len(coming.days))
    monthly = _monthly(costs, past.day_of_month, coming.day_of_month)
    if monthly:
        usual = np.zeros(len(costs))
        expected = monthly.expected
        return Path(expected, expected, *monthly.spreads(), usual, "sparse")
    weekly = _weekly(costs, past.weekday, coming.weekday)
    if weekly:
        return Path(weekly.expected, nothing, *weekly.spreads(), costs, "sparse")
    usual_rate = 0.0 if has_ended(costs) else costs[-RATE_DAYS:].mean()
    rate = np.full(len(coming.days), usual_rate)
    return Path(rate, nothing, *_spreads(costs, len(rate)), costs, "sparse")


def has_ended(costs: Values) -> bool:
    """Whether the cost stays away for far longer than it used to between charges.

    A service that was charged every day, and was deleted a month ago, has been
    charged on half of the recent days, but costs nothing any more.
    """
    charged = np.flatnonzero(costs[-RECENT_DAYS:])
    if not len(charged):
        return True
    silent = min(len(costs), RECENT_DAYS) - 1 - int(charged[-1])
    longest_pause = int(np.diff(charged).max(initial=1))
    return silent > max(LEAST_ENDED, ENDED_AFTER * longest_pause)


def _monthly(costs: Values, past: Whole, coming: Whole) -> _Timed | None:
    """The last amounts of each day of the month; None where it is not monthly."""
    recent, days = costs[-RECENT_DAYS:], past[-RECENT_DAYS:]
    amounts = np.bincount(days, weights=np.abs(recent))
    notable = np.flatnonzero(amounts > NOTABLE_SHARE * amounts.sum())
    months = max(1, round(len(recent) / MONTH))
    if (
        len(notable) > MONTHLY_DAYS
        or amounts[notable].sum() <= MONTHLY_SHARE * amounts.sum()
        or np.count_nonzero(recent) > MONTHLY_DAYS * months
    ):
        return None
    last = {day: costs[past == day][-LAST_AMOUNTS:] for day in notable}
    expected = np.zeros(len(coming))
    for day, charged in last.items():
        expected[coming == day] = np.median(charged)
    return _Timed(expected, max(last.values(), key=lambda each: abs(each.sum())))


def _weekly(costs: Values, past: Whole, coming: Whole) -> _Timed | None:
    """The mean amount on one weekday; None where it is not weekly."""
    charged = past[-RECENT_DAYS:][costs[-RECENT_DAYS:] != 0]
    if len(charged) < LEAST_CHARGES:
        return None
    counts = np.bincount(charged)
    if counts.max() <= WEEKLY_SHARE * len(charged):
        return None
    amounts = costs[past == counts.argmax()][-WEEKS:]
    expected = np.where(coming == counts.argmax(), amounts.mean(), 0.0)
    return _Timed(expected, amounts)


def _spreads(costs: Values, horizon: int) -> tuple[Values, Values]:
    """How far a day, and the sum of the first days, strayed in the past."""
    recent = np.trim_zeros(costs[-RECENT_DAYS:], "f")
    if not len(recent):
        recent = np.zeros(1)
    level, of_day = float(np.mean(np.abs(recent))), float(np.std(recent))
    sums = np.concatenate([[0.0], np.cumsum(recent)])
    of_sum = np.array(
        [
            np.std(sums[days:] - sums[:-days])
            if len(recent) - days >= LEAST_SUMS
            else of_day * np.sqrt(days)
            for days in range(1, horizon + 1)
        ]
    )
    ahead = np.arange(1, horizon + 1)
    return np.full(horizon, of_day), np.maximum(of_sum, LEAST_STRAY * level * ahead)
