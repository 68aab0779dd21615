"""Steps that belong together, told as one anomaly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from finops.analysis.anomalies.anomaly import Anomaly, Ending
from finops.analysis.anomalies.causes import Cause
from finops.analysis.anomalies.rhythm import WEEK
from finops.analysis.anomalies.watching import Sighting


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """A step, and what caused it."""

    sighting: Sighting
    cause: Cause


def merged(found: Sequence[Explained]) -> list[Explained]:
    """`found` with the steps of a climb, or of a cost that flickers, as one.

    Two steps belong together when they are of the same cost, in the same
    direction, of the same cause, and not more than a week apart.
    """
    together: list[Explained] = []
    for one in found:
        if together and _belong_together(together[-1], one):
            together[-1] = _joined(together[-1], one)
        else:
            together.append(one)
    return together


def _belong_together(one: Explained, other: Explained) -> bool:
    earlier, later = one.sighting.step, other.sighting.step
    return (
        one.sighting.watched is other.sighting.watched
        and one.cause.dimensions == other.cause.dimensions
        and later.start - earlier.end < WEEK
        and (earlier.score > 0) == (later.score > 0)
    )


def _joined(one: Explained, other: Explained) -> Explained:
    earlier, later = one.sighting.step, other.sighting.step
    step = replace(
        earlier,
        end=later.end,
        score=max(earlier.score, later.score, key=abs),
        lasts=later.lasts,
    )
    return Explained(replace(one.sighting, step=step), one.cause)


def anomaly(explained: Explained) -> Anomaly:
    """What is told of an explained step."""
    sighting, cause = explained.sighting, explained.cause
    series = sighting.watched
    return Anomaly(
        account=series.account,
        service=series.keys.get("ServiceName") or "",
        period=sighting.period,
        cost=sighting.cost,
        expected=sighting.expected,
        score=sighting.step.score,
        ending=_ending(sighting),
        cause=replace(cause, dimensions={**series.keys, **cause.dimensions}),
    )


def _ending(sighting: Sighting) -> Ending:
    step, days = sighting.step, sighting.days
    if step.lasts:
        return "lasting"
    return "ongoing" if step.end >= days.complete else "over"
