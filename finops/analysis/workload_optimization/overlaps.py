"""What do recommendations save together, when some of them overlap?

A machine that is stopped saves nothing by being made smaller as well, and a
commitment saves nothing on what no longer runs. So each resource counts with
the best that can be done to it, and a purchase with what it saves beyond the
usage that goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from finops.recommendations import PURCHASES, Recommendation, plain_id

AWS_WIDE: Final = ("cost_optimization_hub", "compute_optimizer")
"""Origins whose purchases may be for all accounts of an organization."""

COMPUTE: Final = frozenset(
    {
        "Amazon Elastic Compute Cloud",
        "Amazon Elastic Container Service",
        "Amazon Elastic Container Service for Kubernetes",
        "AWS Lambda",
    }
)

SAVINGS_PLANS: Final = "AWS Compute Savings Plans"
"""What the purchase of a savings plan has for a service."""

BY_THE_HOUR: Final = (None, "instance")
"""The parts of a resource that a commitment may pay for."""

NO_HOURS: Final = ("vol-", "snap-", "nat-", "eipalloc-", "vpce-")
"""What EC2 has that no commitment pays for."""


def total_monthly_savings(recommendations: Sequence[Recommendation]) -> float:
    """What all of them save in a month, overlaps counted once."""
    return sum(counted_savings(recommendations).values())


def counted_savings(recommendations: Iterable[Recommendation]) -> dict[str, float]:
    """How much each counts in the total, by fingerprint.

    What has no known saving is not in it.
    """
    known = [
        one for one in recommendations if one.estimated_monthly_savings is not None
    ]
    usage = [one for one in known if one.action not in PURCHASES]
    chosen = [one for group in _by_resource(usage) for one in _best_of(group)]
    purchases = _apart([one for one in known if one.action in PURCHASES])
    counted = {one.fingerprint: 0.0 for one in known}
    counted |= {one.fingerprint: _saving(one) for one in chosen}
    for purchase in purchases:
        gone = sum(_saving(one) for one in chosen if _covers(purchase, one))
        counted[purchase.fingerprint] = max(0.0, _saving(purchase) - max(0.0, gone))
    return counted


def _saving(one: Recommendation) -> float:
    return one.estimated_monthly_savings or 0.0


def _by_resource(
    recommendations: Iterable[Recommendation],
) -> Iterable[list[Recommendation]]:
    groups: dict[tuple[str, str, str], list[Recommendation]] = {}
    for one in recommendations:
        what = plain_id(one.resource_id) if one.resource_id else f" {one.kind}"
        place = (one.account_id or one.account, one.region or "", what)
        groups.setdefault(place, []).append(one)
    return groups.values()


def _best_of(group: Sequence[Recommendation]) -> list[Recommendation]:
    """The best that can be done to one resource: to all of it, or part by part."""
    parts: dict[str | None, Recommendation] = {}
    for one in sorted(group, key=lambda one: one.fingerprint):
        best = parts.get(one.part)
        if best is None or _saving(one) > _saving(best):
            parts[one.part] = one
    whole = parts.pop(None, None)
    apart = list(parts.values())
    if whole is None or (apart and sum(map(_saving, apart)) > _saving(whole)):
        return apart
    return [whole]


def _apart(purchases: Sequence[Recommendation]) -> list[Recommendation]:
    """The best purchases that are not for the same usage."""
    kept: list[Recommendation] = []
    for one in sorted(purchases, key=lambda one: (-_saving(one), one.fingerprint)):
        if not any(_shared(one, other) for other in kept):
            kept.append(one)
    return kept


def _shared(one: Recommendation, other: Recommendation) -> bool:
    services = _services(one) & _services(other)
    return bool(services) and _same_accounts(one, other)


def _same_accounts(purchase: Recommendation, other: Recommendation) -> bool:
    wide = purchase.source in AWS_WIDE or (
        other.source in AWS_WIDE and other.action in PURCHASES
    )
    return wide or _account(purchase) == _account(other)


def _account(one: Recommendation) -> str:
    return one.account_id or one.account


def _services(purchase: Recommendation) -> frozenset[str]:
    if purchase.service == SAVINGS_PLANS:
        return COMPUTE
    return frozenset({_service(purchase)})


def _service(one: Recommendation) -> str:
    """The service; Cost Explorer has the machines of EC2 apart from the rest."""
    return one.service.removesuffix(" - Compute")


def _covers(purchase: Recommendation, one: Recommendation) -> bool:
    """Whether `purchase` may be for usage that `one` would take away."""
    by_the_hour = one.part in BY_THE_HOUR and not (
        one.resource_id and plain_id(one.resource_id).startswith(NO_HOURS)
    )
    return (
        by_the_hour
        and _service(one) in _services(purchase)
        and _same_accounts(purchase, one)
    )
