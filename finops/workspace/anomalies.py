"""What was out of the ordinary, and what caused it?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from finops import formats
from finops.analysis.anomalies import (
    AFTER,
    BEFORE,
    SURE,
    Anomaly,
    anomaly,
    course,
    merged,
    sightings,
)
from finops.analysis.cost_table import currency_of
from finops.errors import InsufficientHistoryError
from finops.focus import Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace.causes import explained
from finops.workspace.scope import Scope
from finops.workspace.watching import watch
from finops.workspace.workspace import Workspace

LEAST_DAYS: Final = 8
"""It takes a week to know a level, and a day to leave it."""


@dataclass(frozen=True, slots=True, eq=False)
class AnomaliesFound:
    """What was out of the ordinary in a scope, the newest first.

    Attributes:
        history: The days that it was judged by.
        courses: For each anomaly its cost per day, and what was expected.
        costs: The answer it was made from, with who is missing.
    """

    scope: Scope
    currency: str
    history: ChargePeriod
    anomalies: tuple[Anomaly, ...]
    courses: tuple[pd.DataFrame, ...] = field(repr=False)
    costs: Costs = field(repr=False)

    @property
    def rises(self) -> tuple[Anomaly, ...]:
        """What cost more than expected."""
        return tuple(each for each in self.anomalies if each.direction == "up")


def anomalies(
    space: Workspace,
    scope: Scope,
    *,
    causes: bool = True,
    progress: Progress = in_silence,
) -> AnomaliesFound:
    """Every service of every account that left its level in `scope`.

    Args:
        space: Whose costs they are.
        scope: Where and when to look.
        causes: Whether to ask what caused them, beyond the account and service.
        progress: Is told how far each account has got.

    Raises:
        InsufficientHistoryError: If fewer than eight days are known.
        PeriodUnavailableError: If the source knows none of the days.
        MixedCurrenciesError: If the costs are in two currencies.
        MetricUnavailableError: If the source does not know the metric.
    """
    history = _history(space, space.known(scope.period))
    wider = replace(scope, period=history)
    watching = watch(space, wider, progress)
    costs = watching.costs
    steps = sightings(
        watching.series,
        scope.period,
        smallest=watching.smallest,
        restated=space.source.restated_days,
    )
    known = explained(space, scope, steps, progress, causes=causes)
    told = [(anomaly(each), course(each.sighting)) for each in merged(known)]
    told.sort(key=lambda pair: (pair[0].period.start, abs(pair[0].impact)))
    return AnomaliesFound(
        scope=scope,
        currency=currency_of(costs.table),
        history=history,
        anomalies=tuple(found for found, _ in reversed(told)),
        courses=tuple(days for _, days in reversed(told)),
        costs=costs if history.days >= SURE else _less_sure(costs, history),
    )


def newest_anomalies(
    space: Workspace, scope: Scope, *, days: int, progress: Progress = in_silence
) -> tuple[Anomaly, ...]:
    """The rises of the last `days` that are known: what is worth an alert.

    A fall is none: it costs nothing, and the newest days may be incomplete.

    Raises:
        InsufficientHistoryError: If fewer than eight days are known.
    """
    newest = space.known(ChargePeriod.last_days(days, as_of=space.as_of))
    found = anomalies(space, replace(scope, period=newest), progress=progress)
    return tuple(
        each
        for each in found.anomalies
        if each.direction == "up" and each.period.start in newest
    )


def _history(space: Workspace, period: ChargePeriod) -> ChargePeriod:
    """The known days around `period` that tell what is usual in it."""
    history = space.known(ChargePeriod(period.start - BEFORE, period.end + AFTER))
    if history.days < LEAST_DAYS:
        raise InsufficientHistoryError(needed=LEAST_DAYS, found=history.days)
    return history


def _less_sure(costs: Costs, history: ChargePeriod) -> Costs:
    note = (
        f"Only {formats.plural(history.days, 'day')} of history are known: with fewer "
        f"than {SURE}, what is usual is less sure."
    )
    return replace(costs, notes=(*costs.notes, note))
