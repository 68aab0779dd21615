"""Which days Cost Explorer knows, and how a long period is cut."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import ceil
from typing import Final

from finops.periods import DAY, ChargePeriod, next_month, previous_month

MONTHS_BACK: Final = 13
"""Whole months of daily costs that Cost Explorer keeps before this one."""

PAGE: Final = 5000
"""Groups on a page, as far as it has been observed; AWS does not say."""

MOST_CUTS: Final = 6

VALUES_A_DAY: Final = {
    "ServiceName": 10,
    "RegionId": 5,
    "ChargeCategory": 3,
    "x_UsageType": 60,
    "x_Operation": 30,
}
"""How many values of a dimension a day of one account usually has."""

OTHER_VALUES_A_DAY: Final = 10


def history(today: date) -> ChargePeriod:
    """The days with daily costs, up to the last complete one, yesterday."""
    start = today.replace(day=1)
    for _ in range(MONTHS_BACK):
        start = previous_month(start)
    return ChargePeriod(start, today)


def askable(period: ChargePeriod, *, today: date) -> ChargePeriod | None:
    """The part of `period` that AWS does not refuse; None if there is none.

    That is the history and today, which is not complete yet. AWS refuses an
    end after the first of next month, and a start that is also the end.
    """
    end = min(today + DAY, next_month(today))
    return period.overlap(ChargePeriod(history(today).start, end))


def pages_of(period: ChargePeriod, groups: tuple[str, ...], *, accounts: int) -> int:
    """How many pages an answer will probably have."""
    values = 1
    for dimension in groups:
        known = VALUES_A_DAY.get(dimension, OTHER_VALUES_A_DAY)
        values *= accounts if dimension == "SubAccountId" else known
    return max(1, ceil(period.days * values / PAGE))


def cut(period: ChargePeriod, *, pages: int) -> list[ChargePeriod]:
    """`period` in as many pieces as it has pages, to be asked side by side.

    The pages of one answer come one after the other, each with the token of
    the next; those of two periods need not wait for each other.
    """
    pieces = min(pages, MOST_CUTS, period.days)
    ends = [period.start + DAY * (period.days * n // pieces) for n in range(pieces + 1)]
    return [ChargePeriod(start, end) for start, end in pairwise(ends)]
