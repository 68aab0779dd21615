"""The savings tracker: what became of each recommendation, and what it saved."""

from __future__ import annotations

from finops.savings.items import Event, State, TrackedItem
from finops.savings.roi import Summary
from finops.savings.tracker import SavingsTracker

__all__ = ["Event", "SavingsTracker", "State", "Summary", "TrackedItem"]
