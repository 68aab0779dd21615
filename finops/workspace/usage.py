"""What was used, as finely as a source tells it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from finops.analysis.cost_table import currency_of
from finops.analysis.workload_optimization import HISTORY_DAYS, Usage, looked_at
from finops.analysis.workload_optimization.inventory.bill_prices import METERS
from finops.analysis.workload_optimization.line_table import environment_tag
from finops.analysis.workload_optimization.ownership import owner_tag
from finops.analysis.workload_optimization.usage_types import meter
from finops.errors import DimensionUnavailableError
from finops.focus import Costs
from finops.periods import DAY, ChargePeriod
from finops.sources import Progress
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

USAGE_TYPE: Final = "x_UsageType"
RESOURCE: Final = "ResourceId"
SERVICE: Final = "ServiceName"
ACCOUNT: Final = ("SubAccountId", "SubAccountName")

DETAILS: Final = (
    *ACCOUNT,
    SERVICE,
    "RegionId",
    RESOURCE,
    USAGE_TYPE,
    "x_Operation",
    "ChargeDescription",
    "PricingCategory",
)
"""All that tells one meter from another."""

DIVIDING: Final = frozenset(
    {
        USAGE_TYPE,
        "x_Operation",
        "ChargeCategory",
        "ChargeDescription",
        "PricingCategory",
        "CommitmentDiscountId",
        "CommitmentDiscountStatus",
        "CommitmentDiscountType",
    }
)
"""Conditions on these may leave a resource with one meter, and without another."""

SNAPSHOTS: Final = "EBS:SnapshotUsage"


def settled(space: Workspace, period: ChargePeriod) -> ChargePeriod:
    """`period` without days that AWS may still add charges to."""
    end = min(period.end, space.extent.end - space.source.restated_days * DAY)
    return ChargePeriod(period.start, end) if end > period.start else period


def usage_in(
    space: Workspace, scope: Scope, progress: Progress
) -> tuple[Costs, Costs, Usage]:
    """What was paid for each usage type, and what was used, as finely as is told."""
    known = space.source.dimensions
    whole = not DIVIDING & {condition.dimension for condition in scope.where}
    overview = _by_usage_type(space, scope, progress)
    types: tuple[str, ...] = ()
    if USAGE_TYPE in known:
        types = _of_interest(overview.table[USAGE_TYPE].dropna().unique())
        scope = scope.narrowed(USAGE_TYPE, *types)
    else:  # no check can tell one usage from another, so there is nothing to read
        scope = scope.narrowed(*overview.query.group_by[:1] or ("BillingCurrency",))
    costs = _by_meter(space, scope, overview.query.group_by, progress)
    usage = Usage.of(
        costs.table,
        period=scope.period,
        metric=scope.metric,
        currency=currency_of(overview.table),
        seen_before=_snapshots_before(space, scope, types),
        whole=whole,
    )
    return overview, replace(costs, problems=overview.problems), usage


def _of_interest(usage_types: Iterable[str]) -> tuple[str, ...]:
    """Those of `usage_types` that a check looks at, or that tell a price."""
    known = tuple(usage_types)
    priced = (one for one in known if meter(one) in METERS)
    return tuple(dict.fromkeys((*looked_at(known), *priced)))


def _by_usage_type(space: Workspace, scope: Scope, progress: Progress) -> Costs:
    """What each account paid for each usage type, by service where that can be told.

    Cost Explorer groups by two things at most, and by the account where it is
    asked for a whole organization.
    """
    known = space.source.dimensions
    keys = [name for name in (*ACCOUNT, USAGE_TYPE) if name in known]
    service = [name for name in (SERVICE,) if name in known]
    try:
        return space.cost_by(scope, *keys, *service, progress=progress)
    except DimensionUnavailableError:
        return space.cost_by(scope, *keys, progress=progress)


def _by_meter(
    space: Workspace, scope: Scope, keys: Sequence[str], progress: Progress
) -> Costs:
    """The cost of each day by all that tells meters apart, or else by `keys`."""
    known = space.source.dimensions
    details: list[str] = [name for name in DETAILS if name in known]
    details += [name for name in known if environment_tag(name) or owner_tag(name)]
    try:
        return space.cost_by(scope, *details, granularity="day", progress=progress)
    except DimensionUnavailableError:
        return space.cost_by(scope, *keys, granularity="day", progress=progress)


def _snapshots_before(
    space: Workspace, scope: Scope, types: Sequence[str]
) -> frozenset[str] | None:
    """The snapshots that were charged 90 days before the end of the period."""
    day = scope.period.last_day - timedelta(days=HISTORY_DAYS)
    if RESOURCE not in space.source.dimensions or day not in space.extent:
        return None
    snapshots = [name for name in types if SNAPSHOTS in name]
    if not snapshots:
        return frozenset()
    then = replace(scope, period=ChargePeriod(day, day + DAY))
    costs = space.cost_by(then.narrowed(USAGE_TYPE, *snapshots), RESOURCE)
    return frozenset(costs.table[RESOURCE].dropna())
