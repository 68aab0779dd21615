"""The savings tracker that belongs to an installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from finops.savings import SavingsTracker
from finops.savings.tracker import DEFAULT_PATH
from finops.settings import Settings


def open_tracker(
    settings: Settings, *, now: Callable[[], datetime], who: str
) -> SavingsTracker:
    """The savings tracker that `settings` name, for changes that `who` makes.

    The demo company has a tracker of its own, which a day later is a fresh one:
    what somebody tries out there never lands among real savings.
    """
    return SavingsTracker(tracker_path(settings, today=now().date()), now=now, who=who)


def tracker_path(settings: Settings, *, today: date) -> Path:
    """Where the savings tracker lies; a file that is named is taken for any source."""
    if settings.savings_db:
        return settings.savings_db
    if settings.kind == "demo":
        return settings.cache_dir / "demo" / f"savings_tracker {today}.db"
    return DEFAULT_PATH
