"""How much of what was found was done, and how right were the estimates?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from finops.savings.items import IMPLEMENTED, PENDING, TrackedItem, units

MONTHS: Final = 12

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts and monthly savings of some items.

    A sum is 0 where there is nothing to add, and None where nobody knows any of
    its amounts or where it would add two currencies.

    Attributes:
        currency: None where there are two or more.
        estimated: Of all items but the rejected.
        implemented_estimated: Of the implemented ones.
        actual: What those who implemented them say they save.
        measured: What the bill shows that they save.
        forecast_accuracy: 1 - |actual - estimated| / estimated over the
            implemented items that have both, never below 0.
        lacking_actual: How many implemented items nobody gave an actual for.
    """

    currency: str | None
    total: int
    implemented: int
    pending: int
    rejected: int
    estimated: float | None
    implemented_estimated: float | None
    actual: float | None
    measured: float | None
    forecast_accuracy: float | None
    lacking_actual: int

    @property
    def implementation_rate(self) -> float | None:
        """The implemented as a part of all; None where there are none at all."""
        return self.implemented / self.total if self.total else None

    @property
    def annual_projection(self) -> float | None:
        """What a year like this month saves."""
        return None if self.actual is None else MONTHS * self.actual


def summarize(
    items: Iterable[TrackedItem], measured_cents: Mapping[int, int] | None = None
) -> Summary:
    """The summary of `items`.

    Args:
        items: What is tracked.
        measured_cents: What the bill shows by now, by item; what was measured
            when each was verified unless given.
    """
    every = list(items)
    done = [item for item in every if item.state in IMPLEMENTED]
    currencies = {item.currency for item in every}
    if measured_cents is None:
        measured = [item.measured_cents for item in done]
    else:
        measured = [measured_cents.get(item.id) for item in done]
    one = len(currencies) <= 1
    return Summary(
        currency=next(iter(currencies), "USD") if one else None,
        total=len(every),
        implemented=len(done),
        pending=sum(item.state in PENDING for item in every),
        rejected=sum(item.state == "rejected" for item in every),
        estimated=_sum(
            [i.estimated_cents for i in every if i.state != "rejected"] if one else None
        ),
        implemented_estimated=_sum([i.estimated_cents for i in done] if one else None),
        actual=_sum([i.actual_cents for i in done] if one else None),
        measured=_sum(measured if one else None),
        forecast_accuracy=_accuracy(done) if one else None,
        lacking_actual=sum(item.actual_cents is None for item in done),
    )


def grouped(
    items: Iterable[TrackedItem],
    key: Callable[[TrackedItem], K],
    measured_cents: Mapping[int, int] | None = None,
) -> dict[K, Summary]:
    """A summary for each value of `key`, in the order in which they come."""
    groups: dict[K, list[TrackedItem]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return {name: summarize(group, measured_cents) for name, group in groups.items()}


def by_month(
    items: Iterable[TrackedItem], measured_cents: Mapping[int, int] | None = None
) -> dict[date, Summary]:
    """A summary of what was implemented in each month, the earliest first."""
    done = [item for item in items if item.implemented_on]
    done.sort(key=lambda item: item.implemented_on or date.max)
    return grouped(
        done,
        lambda item: (item.implemented_on or date.max).replace(day=1),
        measured_cents,
    )


def _sum(amounts: Sequence[int | None] | None) -> float | None:
    if amounts is None:
        return None
    known = [amount for amount in amounts if amount is not None]
    return units(sum(known)) if known or not amounts else None


def _accuracy(done: Iterable[TrackedItem]) -> float | None:
    both = [
        (item.actual_cents, item.estimated_cents)
        for item in done
        if item.actual_cents is not None and item.estimated_cents is not None
    ]
    actual = sum(amount for amount, _ in both)
    estimated = sum(amount for _, amount in both)
    if not estimated:
        return None
    return max(0.0, 1 - abs(actual - estimated) / abs(estimated))
