"""What could be saved, from all who have something to say about it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from finops.analysis.workload_optimization import (
    counted_savings,
    findings_in,
    merged,
)
from finops.analysis.workload_optimization.inventory.bill_prices import BillPricing
from finops.analysis.workload_optimization.inventory.prices import (
    Pricing,
    public_pricing,
)
from finops.analysis.workload_optimization.usage import Usage
from finops.aws.findings import Findings
from finops.errors import Problem
from finops.focus import Costs
from finops.recommendations import Recommendation
from finops.savings import SavingsTracker, State
from finops.sources import Progress, in_silence
from finops.sources.exports import read_exports
from finops.workspace.scope import Scope
from finops.workspace.usage import settled, usage_in
from finops.workspace.workspace import Workspace

if TYPE_CHECKING:
    from finops.sources.live import LiveAccounts

Status = Literal["new"] | State
"""What became of a recommendation; new where the tracker does not know it."""

OPEN: Final[frozenset[Status]] = frozenset({"new", "pending", "accepted"})
"""Of these, something is still to be saved."""

WHOLE: Final = frozenset({"SubAccountId", "SubAccountName", "RegionId"})
"""Conditions that leave a meter of an account in a region whole, or take it out."""


@dataclass(frozen=True, slots=True, eq=False)
class Recommendations:
    """What could be saved.

    Attributes:
        found: Each recommendation once, the largest saving first.
        charged: Whether anything was charged at all.
        costs: The answer that the bill was read from, with who is missing, and
            what was not looked for.
        unread: What the accounts would not show of themselves, and what mends it.
    """

    scope: Scope
    currency: str
    found: tuple[Recommendation, ...]
    charged: bool
    costs: Costs = field(repr=False)
    unread: tuple[Problem, ...] = ()


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
    scope = replace(scope, period=settled(space, scope.period))
    overview, costs, usage = usage_in(space, scope, progress)
    bill = findings_in(usage)
    accounts = (
        _in_accounts(space, scope, live(), usage, progress) if live else Findings()
    )
    everything = (
        *bill.recommendations,
        *accounts.recommendations,
        *read_exports(exports),
    )
    left_out = map(str, bill.left_out)
    told = replace(costs, notes=(*costs.notes, *left_out, *accounts.notes))
    return Recommendations(
        scope,
        usage.currency,
        tuple(merged(one for one in everything if _within(scope, one))),
        charged=not overview.table.empty,
        costs=told,
        unread=accounts.problems,
    )


def _within(scope: Scope, one: Recommendation) -> bool:
    """Whether `one` is of the accounts that `scope` is cut down to, if it is."""
    told = {"SubAccountId": one.account_id, "SubAccountName": one.account}
    return all(
        told[condition.dimension] in condition.values
        for condition in scope.where
        if condition.dimension in told
    )


def _in_accounts(
    space: Workspace,
    scope: Scope,
    live: LiveAccounts,
    usage: Usage,
    progress: Progress,
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
        organization=live.organization,
        pricing=pricing_for(scope, usage),
        tell=progress,
    )


def pricing_for(scope: Scope, usage: Usage) -> Pricing:
    """What things cost the accounts: by the bill, where all of a meter is in it.

    A part of what a meter cost, over all that there is of it, would be no price.
    """
    whole = all(condition.dimension in WHOLE for condition in scope.where)
    paid = whole and scope.metric != "ListCost"
    return BillPricing.of(usage) if paid else public_pricing
