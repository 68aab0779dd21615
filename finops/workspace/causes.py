"""What caused each step? One more question to the source, or one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from finops.analysis.anomalies import Cause, Explained, Sighting, find_cause, moves
from finops.analysis.cost_table import matches
from finops.focus import TAG_PREFIX, Condition, CostQuery
from finops.periods import ChargePeriod
from finops.sources import CostSource, Priced, Progress
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

CAUSES: Final = ("RegionId", "x_UsageType")
"""What narrows a cause down, besides tags and the resource."""

MOST_PAID: Final = 5
"""Of so many steps the cause is asked where every question costs money."""


def explained(
    space: Workspace,
    scope: Scope,
    steps: Sequence[Sighting],
    progress: Progress,
    *,
    causes: bool,
) -> list[Explained]:
    """Each step with its cause, as far as the source tells.

    All causes are in one answer, except where each answer is paid for, and can
    be grouped by a few things only: there the largest steps are asked for alone.
    """
    dimensions = _causes(space.source) if causes else ()
    if not isinstance(space.source, Priced):
        asked = [steps] if steps and dimensions else []
    else:
        largest = sorted(steps, key=lambda step: abs(step.impact), reverse=True)
        asked = [[step] for step in largest[:MOST_PAID]] if dimensions else []
    known = {
        id(step): cause
        for batch in asked
        for step, cause in _ask(space, scope, batch, dimensions, progress)
    }
    unknown = Cause({}, 1.0)
    return [Explained(step, known.get(id(step), unknown)) for step in steps]


def _causes(source: CostSource) -> tuple[str, ...]:
    """What the source knows to narrow a cause down by."""
    known = [name for name in CAUSES if name in source.dimensions]
    if isinstance(source, Priced):
        return tuple(known)
    tags = [name for name in source.dimensions if name.startswith(TAG_PREFIX)]
    resource = [name for name in ("ResourceId",) if name in source.dimensions]
    return (*known, *tags, *resource)


def _ask(
    space: Workspace,
    scope: Scope,
    steps: Sequence[Sighting],
    dimensions: Sequence[str],
    progress: Progress,
) -> Iterator[tuple[Sighting, Cause]]:
    """The causes of `steps`, from one answer of the source."""
    keys = list(steps[0].watched.keys) if len(steps) > 1 else []
    query = CostQuery(
        period=_span(steps),
        group_by=(*keys, *dimensions),
        where=(*scope.where, *_only(steps)),
        charges=scope.charges,
    )
    table = space.costs(query, progress=progress).table
    for step in steps:
        own = table
        for name in keys:
            condition = Condition(name, (step.watched.keys[name],))
            own = own[matches(own[name], condition)]
        found = moves(
            own, dimensions, scope.metric, days=step.on, reference=step.reference
        )
        yield step, find_cause(found)


def _span(steps: Sequence[Sighting]) -> ChargePeriod:
    """From the first day that a step is compared with to the last day of one."""
    first = min(min(step.reference) for step in steps).date()
    return ChargePeriod(first, max(step.period.end for step in steps))


def _only(steps: Sequence[Sighting]) -> Iterator[Condition]:
    """The conditions that leave nothing but the accounts and services of `steps`."""
    for name in steps[0].watched.keys:
        values = dict.fromkeys(step.watched.keys[name] for step in steps)
        yield Condition(name, tuple(values))
