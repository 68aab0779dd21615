"""Are Reserved Instances and savings plans used, and what do they save?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from finops.analysis.cost_table import currency_of
from finops.analysis.rate_optimization import RATE_KEYS, Rates, rates
from finops.errors import DimensionUnavailableError
from finops.focus import Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

NEEDED = "CommitmentDiscountId"
"""The dimension without which nothing is known of commitments."""


@dataclass(frozen=True, slots=True, eq=False)
class Commitments:
    """What commitments did, since the first day of a month."""

    scope: Scope
    currency: str
    rates: Rates
    costs: Costs = field(repr=False)


def commitments(
    space: Workspace, scope: Scope, *, progress: Progress = in_silence
) -> Commitments:
    """What commitments did in `scope`, from the first day of its first month on.

    AWS bills what was not used of a reservation on the 1st, for the whole month.

    Raises:
        DimensionUnavailableError: If the source says nothing of commitments.
        MixedCurrenciesError: If the costs are in two currencies.
    """
    known = space.source.dimensions
    if NEEDED not in known:
        raise DimensionUnavailableError(NEEDED, source=space.source.name, known=known)
    start = scope.period.start.replace(day=1)
    period = space.known(ChargePeriod(start, scope.period.end))
    scope = replace(scope, period=period, metric="EffectiveCost", charges="usage")
    keys = [name for name in RATE_KEYS if name in known]
    costs = space.cost_by(scope, *keys, progress=progress)
    return Commitments(scope, currency_of(costs.table), rates(costs.table), costs)
