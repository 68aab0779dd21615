"""How is a recommendation carried out, and who keeps that in mind?"""

from __future__ import annotations

from collections.abc import Iterable

from finops.recommendations import Recommendation
from finops.remediation.change import Change
from finops.remediation.markdown import plain
from finops.savings import SavingsTracker


def keep_in_log(
    tracker: SavingsTracker,
    handed_over: Iterable[tuple[Recommendation | None, Change, str]],
) -> None:
    """Keep in the tracker's log which change was handed over, and where to.

    A change that no recommendation stands behind becomes an item of its own.
    """
    for recommendation, change, place in handed_over:
        rec_id = (
            tracker.record([recommendation])[recommendation.fingerprint]
            if recommendation
            else _added(tracker, change)
        )
        tracker.note_written(rec_id=rec_id, form=change.form, folder=place)


def _added(tracker: SavingsTracker, change: Change) -> int:
    """An item for a change that no check has found."""
    facts = change.facts
    return tracker.add_recommendation(
        title=plain(change.procedure.title),
        recommendation_type=change.kind,
        estimated_savings=facts.estimated_monthly_savings,
        risk_level=facts.risk or "medium",
        effort="moderate",
        currency=facts.currency,
        account=facts.account or None,
        account_id=facts.account_id,
        region=facts.region,
    )
