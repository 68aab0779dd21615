"""What do several origins recommend together?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from finops.recommendations import Evidence, Origin, Recommendation

ORIGINS: Final[dict[Origin, str]] = {
    "inventory": "a look into the account",
    "cost_optimization_hub": "Cost Optimization Hub",
    "compute_optimizer": "Compute Optimizer",
    "billing": "the bill",
    "export": "an export from Cost Explorer",
}
"""What an origin is called; who knows most about a resource comes first."""


def merged(recommendations: Iterable[Recommendation]) -> list[Recommendation]:
    """Each recommendation once, as the best-informed origin has it, best first.

    What speaks of an account as a whole is left out where the same is known
    there resource by resource.
    """
    by_fingerprint: dict[str, list[Recommendation]] = {}
    for one in recommendations:
        by_fingerprint.setdefault(one.fingerprint, []).append(one)
    each = [_joined(same) for same in by_fingerprint.values()]
    detailed = {_kind_and_place(one) for one in each if one.resource_id}
    kept = [
        one for one in each if one.resource_id or _kind_and_place(one) not in detailed
    ]
    return sorted(kept, key=_largest_first)


def _largest_first(one: Recommendation) -> tuple[bool, float, str]:
    saving = one.estimated_monthly_savings
    return (saving is None, -(saving or 0.0), one.fingerprint)


def _kind_and_place(one: Recommendation) -> tuple[str, str, str | None]:
    return (one.kind, one.account_id or one.account, one.region)


def _joined(same: Sequence[Recommendation]) -> Recommendation:
    """The best-informed of `same`, with the facts that only others know."""
    best, *others = sorted(same, key=_rank)
    if not others:
        return best
    facts = {key: text for one in (*others[::-1], best) for key, text in one.facts}
    names = dict.fromkeys(ORIGINS[one.source] for one in others)
    also = Evidence("Also found by", " and ".join(names))
    return replace(best, facts=tuple(facts.items()), evidence=(*best.evidence, also))


def _rank(one: Recommendation) -> tuple[bool, int]:
    return (one.estimated_monthly_savings is None, list(ORIGINS).index(one.source))
