"""A measured saving, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from finops.analysis.allocation import HALF_A_CENT

Method = Literal["usage", "fixed", "control", "level", "kept"]
"""What the cost after a change was held against: the rate before it times the
usage after it, a cost that never varied, the course of like costs elsewhere, or
the level and the weekly rhythm of the cost itself; or that it is kept from when it
was measured."""

LEAST_DAYS_AFTER: Final = 14
"""Fewer days after a change verify nothing."""


@dataclass(frozen=True, slots=True)
class MeasuredSaving:
    """What a change saves a month, with a 90 % interval; negative for a loss.

    Attributes:
        expected: What a month would have cost without the change; None where only
            the saving was kept.
        days: The days after the change that it was measured on.
    """

    saving: float
    low: float
    high: float
    expected: float | None
    days: int
    method: Method

    @property
    def verified(self) -> bool:
        """Whether it is sure that something was saved: what rounds to 0 is nothing."""
        return self.low >= HALF_A_CENT and self.days >= LEAST_DAYS_AFTER

    def tells(self, estimated: float | None) -> bool:
        """Whether a saving as large as `estimated` would show here."""
        if self.verified or estimated is None:
            return True
        return (self.high - self.low) / 2 <= abs(estimated)


def falls_short(found: MeasuredSaving, estimated: float) -> bool:
    """Whether it is sure that less than half of `estimated` was saved."""
    return found.days >= LEAST_DAYS_AFTER and found.high < estimated / 2


@dataclass(frozen=True, slots=True)
class NotMeasurable:
    """That the bill does not show what a change saved, and why."""

    reason: str
