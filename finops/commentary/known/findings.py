"""Facts about what could be saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from finops.commentary.facts import Facts
from finops.commentary.known.kinds import MOST_NAMED, Named, count, money, named
from finops.recommendations import Effort, Recommendation
from finops.services import short_service

EFFORTS: Final[Mapping[Effort, str]] = {
    "quick_win": "a quick win",
    "moderate": "a moderate effort",
    "project": "a project",
}


def finding_facts(
    findings: Sequence[Recommendation],
    counted: Mapping[str, float],
    currency: str,
    *,
    most: int = MOST_NAMED,
) -> Facts:
    """What could be saved, the largest first.

    Args:
        findings: What is open.
        counted: How much of each is in the total, overlaps once, by fingerprint.
        currency: Of the total; findings in another are left out.
        most: How many are facts each; the others are in the total alone.
    """
    return dict(_of_findings(findings, counted, currency, most))


def _of_findings(
    findings: Sequence[Recommendation],
    counted: Mapping[str, float],
    currency: str,
    most: int,
) -> Iterator[Named]:
    worth = [
        each
        for each in findings
        if each.currency == currency and (each.estimated_monthly_savings or 0) > 0
    ]
    worth.sort(key=lambda each: -(each.estimated_monthly_savings or 0))
    for place, each in enumerate(worth[:most], start=1):
        saving = each.estimated_monthly_savings or 0.0
        name = f"finding.{place}"
        yield f"{name}.name", named(each.title, "what to do")
        yield f"{name}.account", named(each.account, "where")
        yield f"{name}.service", named(short_service(each.service), "of what")
        yield f"{name}.risk", named(each.risk, "how risky that is")
        yield f"{name}.effort", named(EFFORTS[each.effort], "how much work that is")
        told = "what it saves"
        yield f"{name}.savings", money(saving, currency, told, per="month")
    if not worth:
        return
    low = sum(counted.get(each.fingerprint, 0) for each in worth if each.risk == "low")
    total = sum(counted.get(each.fingerprint, 0) for each in worth)
    yield "savings.count", count(len(worth), "recommendation", "open")
    told = "all of them, overlaps once"
    yield "savings.total", money(total, currency, told, per="month")
    if 0 < low < total:
        told = "those of low risk alone"
        yield "savings.low_risk", money(low, currency, told, per="month")
