"""What an anomaly is, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from finops import formats
from finops.analysis.allocation import NO_SERVICE
from finops.analysis.anomalies.causes import Cause
from finops.focus import dimension_label
from finops.periods import ChargePeriod

Direction = Literal["up", "down"]

Ending = Literal["over", "lasting", "ongoing"]
"""Whether a cost came back, stayed on its new level, or was last seen there."""

NEW: Final = 0.01
"""A cost of which less than this part was expected is new."""

NEARLY_ALL: Final = 0.995
"""A larger part than this is called all."""

OWN: Final = ("SubAccountId", "SubAccountName", "ServiceName")
"""What every anomaly is about; its cause narrows that down."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """Days on which a service cost an account more, or less, than usual.

    Attributes:
        account: What to call the account; empty where the bill has none.
        service: The service, as the bill names it; empty for charges without one,
            and where the bill does not tell services apart.
        period: The days; of a cost that stays on its new level the first week.
        cost: Of all these days.
        expected: What they would have cost on the level before.
        score: How far the furthest day lies off, in units of how much the cost
            strays by itself; negative for less.
        cause: The combination of dimensions that explains it.
    """

    account: str
    service: str
    period: ChargePeriod
    cost: float
    expected: float
    score: float
    ending: Ending
    cause: Cause

    @property
    def subject(self) -> str:
        """What to call what cost more or less, within the account."""
        if "ServiceName" not in self.cause.dimensions:
            return "The whole bill"
        return self.service or NO_SERVICE

    @property
    def impact(self) -> float:
        """The cost above what was expected; negative for less."""
        return self.cost - self.expected

    @property
    def direction(self) -> Direction:
        """Whether it cost more or less. Only more is worth an alert."""
        return "up" if self.score > 0 else "down"

    @property
    def is_new(self) -> bool:
        """Whether next to nothing was charged before."""
        return self.expected < NEW * self.cost

    @property
    def narrowed(self) -> Mapping[str, str | None]:
        """What the cause says beyond the account and the service."""
        found = self.cause.dimensions
        return {name: value for name, value in found.items() if name not in OWN}


def sentence(anomaly: Anomaly, currency: str) -> str:
    """The whole anomaly: who, how much, when, and why."""
    return f"{whose(anomaly)} {what(anomaly, currency)} {why(anomaly)}"


def whose(anomaly: Anomaly) -> str:
    """The service, and the account where the bill has any."""
    subject = anomaly.subject
    return f"{subject} in {anomaly.account}" if anomaly.account else subject


def what(anomaly: Anomaly, currency: str) -> str:
    """How much it cost when, and what it had been expected to."""
    one_day = anomaly.period.days == 1
    when = f"{'on' if one_day else 'from'} {formats.days(anomaly.period)}"
    more = "more" if anomaly.impact > 0 else "less"
    off = formats.money(abs(anomaly.impact), currency)
    cost = formats.money(anomaly.cost, currency)
    if anomaly.is_new:
        return f"is new: it cost {cost} {when}{_then(anomaly)}."
    usual = formats.money(anomaly.expected, currency)
    return (
        f"cost {off} {more} than expected {when}: {cost}, not {usual}{_then(anomaly)}."
    )


def why(anomaly: Anomaly) -> str:
    """The part of the move that the cause explains, and what it is."""
    if not anomaly.narrowed:
        return "No part of it explains this better than the whole."
    named = ", ".join(
        f"{dimension_label(name).lower()} {value or '(none)'}"
        for name, value in anomaly.narrowed.items()
    )
    return f"{part(anomaly)} is {named}."


def part(anomaly: Anomaly) -> str:
    """How much of the move the cause explains."""
    share = anomaly.cause.share
    return "All of this" if share > NEARLY_ALL else f"{formats.percent(share)} of this"


def _then(anomaly: Anomaly) -> str:
    match anomaly.ending:
        case "lasting":
            return ", and has gone on" if anomaly.is_new else ", and it stayed there"
        case "ongoing":
            return " so far"
        case "over":
            return ""
