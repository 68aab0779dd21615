"""The demo company's savings tracker, filled as its people would have done it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from finops.errors import TrackerFileError
from finops.recommendations import Recommendation
from finops.savings import SavingsTracker
from finops.sources.demo.tracked import TRACKED, TrackedChange

MORNING: Final = time(9, 0, tzinfo=UTC)

CHECKS: Final = "checks"
"""Who found what nobody had to look for."""

PATIENCE: Final = 30.0
"""Seconds to wait for another process that fills it."""

Step = tuple[int, Callable[..., None]]
"""How many days ago something was done to an item, and what."""


def demo_tracker_file(folder: Path, today: date) -> Path:
    """The file of the demo's tracker as of `today`; it is made on first use.

    Raises:
        TrackerFileError: If the folder cannot be written.
    """
    path = folder / f"savings_tracker {today}.db"
    if path.exists():
        return path
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "filling.lock", timeout=PATIENCE):
            if not path.exists():
                _make(path, today)
    except (OSError, Timeout) as error:
        msg = f"The demo's savings tracker cannot be made: {error}."
        hint = "Set FINOPS_CACHE_DIR to a folder that can be written."
        raise TrackerFileError(msg, hint=hint) from error
    return path


def _make(path: Path, today: date) -> None:
    """The file, in its place only when it is whole."""
    with tempfile.TemporaryDirectory(dir=path.parent) as unfinished:
        filled = Path(unfinished) / path.name
        fill(filled, today)
        filled.replace(path)


def fill(path: Path, today: date) -> None:
    """Write the story into a tracker, each step on its day."""
    ids = [_found(_on(path, today, change.found), change) for change in TRACKED]
    steps = [
        (days_ago, act, rec_id, change.owner or CHECKS)
        for rec_id, change in zip(ids, TRACKED, strict=True)
        for days_ago, act in _steps(change, today)
    ]
    for days_ago, act, rec_id, who in sorted(steps, key=lambda step: -step[0]):
        act(_on(path, today, days_ago).by(who), rec_id=rec_id)


def _on(path: Path, today: date, days_ago: int) -> SavingsTracker:
    moment = datetime.combine(today - timedelta(days=days_ago), MORNING)
    return SavingsTracker(path, now=lambda: moment, who=CHECKS)


def _found(tracker: SavingsTracker, change: TrackedChange) -> int:
    """The id of a finding of the checks, or of a person."""
    if change.action is None:
        return tracker.by(change.owner or CHECKS).add_recommendation(
            title=change.title,
            recommendation_type=change.kind,
            estimated_savings=change.estimated,
            risk_level=change.risk,
            effort=change.effort,
            account=change.account,
            account_id=change.account_id,
            region=change.region,
            service=change.service,
            resource_id=change.resource_id,
        )
    recommendation = Recommendation(
        kind=change.kind,
        action=change.action,
        title=change.title,
        account=change.account,
        account_id=change.account_id,
        region=change.region,
        service=change.service,
        resource_id=change.resource_id,
        part=change.part,
        estimated_monthly_savings=change.estimated,
        risk=change.risk,
        effort=change.effort,
        source="billing",
    )
    return tracker.record([recommendation])[recommendation.fingerprint]


def _steps(change: TrackedChange, today: date) -> list[Step]:
    """What was done to an item after it had been found, and how long ago."""
    due = None if change.due_in is None else today + timedelta(days=change.due_in)
    planned = change.found - 1 if change.owner else None
    story: list[tuple[int | None, Callable[..., None]]] = [
        (planned, partial(SavingsTracker.edit, owner=change.owner, due_on=due)),
        (change.accepted, SavingsTracker.accept),
        (
            change.implemented,
            partial(
                SavingsTracker.mark_implemented,
                actual_savings=change.actual,
                notes=change.notes,
            ),
        ),
        (
            change.verified,
            partial(
                SavingsTracker.verify,
                measured_savings=change.measured,
                low=change.measured,
                high=change.measured,
            ),
        ),
        (change.rejected, partial(SavingsTracker.reject, reason=change.reason)),
    ]
    return [(days_ago, act) for days_ago, act in story if days_ago is not None]
