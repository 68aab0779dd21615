"""How is a recommendation carried out, and who keeps that in mind?"""

from __future__ import annotations

from collections.abc import Iterable

from finops.recommendations import Recommendation
from finops.remediation.change import Change
from finops.remediation.folders import Written
from finops.remediation.markdown import plain
from finops.savings import SavingsTracker


def keep_in_log(
    tracker: SavingsTracker, written: Iterable[tuple[Recommendation | None, Written]]
) -> None:
    """Keep in the tracker's log which folders were written for which item.

    A folder that was there already, and said the same, is in the log already.
    """
    for recommendation, one in written:
        if not one.is_new:
            continue
        rec_id = (
            tracker.record([recommendation])[recommendation.fingerprint]
            if recommendation
            else _added(tracker, one.change)
        )
        tracker.note_written(
            rec_id=rec_id, form=one.change.form, folder=str(one.folder.resolve())
        )


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
