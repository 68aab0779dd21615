"""What could be saved, from all who have something to say about it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal

from finops.analysis.cost_table import currency_of
from finops.analysis.workload_optimization import (
    HISTORY_DAYS,
    Usage,
    counted_savings,
    findings_in,
    looked_at,
    merged,
)
from finops.analysis.workload_optimization.line_table import environment_tag
from finops.aws.findings import Findings
from finops.errors import DimensionUnavailableError
from finops.focus import Costs
from finops.periods import DAY, ChargePeriod
from finops.recommendations import Recommendation
from finops.savings import SavingsTracker, State
from finops.sources import Progress, in_silence
from finops.sources.exports import read_exports
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

if TYPE_CHECKING:
    from finops.sources.live import LiveAccounts

USAGE_TYPE: Final = "x_UsageType"
RESOURCE: Final = "ResourceId"
ACCOUNT: Final = ("SubAccountId", "SubAccountName")

DETAILS: Final = (
    *ACCOUNT,
    "ServiceName",
    "RegionId",
    RESOURCE,
    USAGE_TYPE,
    "x_Operation",
    "ChargeDescription",
    "PricingCategory",
)
"""All that tells one meter from another."""

SNAPSHOTS: Final = "EBS:SnapshotUsage"


Status = Literal["new"] | State
"""What became of a recommendation; new where the tracker does not know it."""

OPEN: Final[frozenset[Status]] = frozenset({"new", "pending", "accepted"})
"""Of these, something is still to be saved."""


@dataclass(frozen=True, slots=True, eq=False)
class Recommendations:
    """What could be saved.

    Attributes:
        found: Each recommendation once, the largest saving first.
        costs: The answer that the bill was read from, with who is missing, and
            what was not looked for.
    """

    scope: Scope
    currency: str
    found: tuple[Recommendation, ...]
    costs: Costs = field(repr=False)


def statuses(
    found: Iterable[Recommendation], tracker: SavingsTracker
) -> dict[str, Status]:
    """What became of each of `found`, by fingerprint."""
    tracked = {item.fingerprint: item.state for item in tracker.items()}
    return {one.fingerprint: tracked.get(one.fingerprint, "new") for one in found}


def still_to_save(
    found: Iterable[Recommendation], status: Mapping[str, Status], *, currency: str
) -> dict[str, float]:
    """How much of each one's saving is in the total, by fingerprint.

    Overlaps count once; what is done or rejected, or in another currency, does
    not count.
    """
    return counted_savings(
        one
        for one in found
        if status[one.fingerprint] in OPEN and one.currency == currency
    )


def recommendations(
    space: Workspace,
    scope: Scope,
    *,
    exports: tuple[str, ...] = (),
    live: Callable[[], LiveAccounts] | None = None,
    progress: Progress = in_silence,
) -> Recommendations:
    """What could be saved of the usage in `scope`, by its complete days.

    Args:
        space: Where the bill is.
        scope: Which part of it to look at.
        exports: Files with recommendations from AWS's console.
        live: The accounts themselves, where they can be looked into.
        progress: Is told how far the reading has got.

    Raises:
        PeriodUnavailableError: If the source knows none of the days.
        MixedCurrenciesError: If the costs are in two currencies.
        SourceError: If the bill, or an export, cannot be read.
    """
    scope = replace(scope, period=_settled(space, scope.period))
    costs, usage = _usage(space, scope, progress)
    bill = findings_in(usage)
    accounts = _in_accounts(space, scope, live(), progress) if live else Findings()
    everything = (
        *bill.recommendations,
        *accounts.recommendations,
        *read_exports(exports),
    )
    left_out = map(str, bill.left_out)
    told = replace(
        costs,
        problems=tuple(dict.fromkeys((*costs.problems, *accounts.problems))),
        notes=(*costs.notes, *left_out, *accounts.notes),
    )
    return Recommendations(scope, usage.currency, tuple(merged(everything)), told)


def _in_accounts(
    space: Workspace, scope: Scope, live: LiveAccounts, progress: Progress
) -> Findings:
    """What the accounts themselves show, in the regions where they spend."""
    from finops.aws.scan import scan  # noqa: PLC0415 - boto3 is slow to load

    keys = ("SubAccountId", "RegionId")
    costs = space.cost_by(scope, *keys, progress=progress).table.dropna(subset=keys)
    spent = costs[costs[scope.metric] > 0]
    regions = {
        str(account): tuple(rows["RegionId"])
        for account, rows in spent.groupby("SubAccountId")
    }
    return scan(
        live.accounts,
        sessions=live.sessions,
        regions=regions,
        now=live.now(),
        tell=progress,
    )


def _settled(space: Workspace, period: ChargePeriod) -> ChargePeriod:
    """`period` without days that AWS may still add charges to."""
    end = min(period.end, space.extent.end - space.source.restated_days * DAY)
    return ChargePeriod(period.start, end) if end > period.start else period


def _usage(space: Workspace, scope: Scope, progress: Progress) -> tuple[Costs, Usage]:
    """What was used, as finely as the source tells it."""
    known = space.source.dimensions
    keys = [name for name in (*ACCOUNT, USAGE_TYPE) if name in known]
    overview = space.cost_by(scope, *keys, progress=progress)
    types: tuple[str, ...] = ()
    if USAGE_TYPE in known:
        types = looked_at(overview.table[USAGE_TYPE].dropna().unique())
        scope = scope.narrowed(USAGE_TYPE, *types)
    costs = _by_meter(space, scope, keys, progress)
    usage = Usage.of(
        costs.table if types else costs.table.head(0),
        period=scope.period,
        metric=scope.metric,
        currency=currency_of(overview.table),
        seen_before=_snapshots_before(space, scope, types),
    )
    return replace(costs, problems=overview.problems), usage


def _by_meter(
    space: Workspace, scope: Scope, keys: Sequence[str], progress: Progress
) -> Costs:
    """The cost of each day by all that tells meters apart, or else by `keys`.

    Cost Explorer groups by two things at most.
    """
    known = space.source.dimensions
    details: list[str] = [name for name in DETAILS if name in known]
    details += [name for name in known if environment_tag(name)]
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
