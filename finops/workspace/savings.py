"""What was saved: the tracker, with what the bill shows of each item in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from finops.analysis.realization import MeasuredSaving, NotMeasurable
from finops.errors import TrackerError
from finops.periods import DAY
from finops.savings import SavingsTracker, Summary, TrackedItem
from finops.savings.items import IMPLEMENTED, cents
from finops.savings.roi import summarize
from finops.savings.tracker import DEFAULT_PATH
from finops.settings import Settings
from finops.workspace.demo_savings import demo_tracker_file
from finops.workspace.realization import Change

Evidence = Literal["verified", "not sure", "not measurable", "not implemented"]
"""What the bill says of an item: that it saved, that it may have saved nothing,
nothing at all, or that there is nothing yet to ask it."""


def open_tracker(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    who: str,
    as_of: date | None = None,
) -> SavingsTracker:
    """The savings tracker that `settings` name, for changes that `who` makes.

    A file that is named is taken for any source. Without one, the demo company
    has a tracker of its own, which a day later is a fresh one: what somebody
    tries out there never lands among real savings.

    Raises:
        TrackerFileError: If it cannot be made.
    """
    path: Path = settings.savings_db or DEFAULT_PATH
    if is_demo(settings):
        today = as_of + DAY if as_of else now().date()
        path = demo_tracker_file(settings.cache_dir / "demo", today)
    return SavingsTracker(path, now=now, who=who)


def is_demo(settings: Settings) -> bool:
    """Whether the tracker is the demo company's."""
    return settings.kind == "demo" and settings.savings_db is None


@dataclass(frozen=True, slots=True)
class Saving:
    """One item of the tracker, and what the bill shows that it saves.

    Attributes:
        measured: None where it is not implemented.
    """

    item: TrackedItem
    measured: MeasuredSaving | NotMeasurable | None

    @property
    def evidence(self) -> Evidence:
        """What the bill says of it."""
        if self.measured is None:
            return "not implemented"
        if isinstance(self.measured, NotMeasurable):
            return "not measurable"
        if self.measured.verified:
            return "verified"
        return (
            "not sure"
            if self.measured.tells(self.item.estimated)
            else ("not measurable")
        )

    @property
    def amount(self) -> MeasuredSaving | None:
        """The measured saving, where one can be told from the noise."""
        if self.evidence in ("verified", "not sure"):
            return self.measured if isinstance(self.measured, MeasuredSaving) else None
        return None

    @property
    def why_not(self) -> str:
        """Why nothing was measured; empty where something was."""
        if isinstance(self.measured, NotMeasurable):
            return self.measured.reason
        if self.evidence == "not measurable":
            return "Costs vary here by more than it should save."
        return ""


@dataclass(frozen=True, slots=True)
class Savings:
    """All items with what they save, and the summary of them."""

    items: tuple[Saving, ...]

    @property
    def measured_cents(self) -> dict[int, int]:
        """What the bill shows by now, by item."""
        amounts = {
            saving.item.id: cents(saving.amount.saving)
            for saving in self.items
            if saving.amount
        }
        return {rec_id: amount for rec_id, amount in amounts.items() if amount}

    @property
    def summary(self) -> Summary:
        """How much was implemented, and what it saved."""
        return summarize((s.item for s in self.items), self.measured_cents)


def savings(
    items: Sequence[TrackedItem],
    measured: Callable[[Change], MeasuredSaving | NotMeasurable],
) -> Savings:
    """Each item with what the bill shows of it.

    Args:
        items: What is tracked.
        measured: Looks a change up in the bill; the app remembers the answers.
    """
    changed = tuple(Change.of(item) for item in items if item.state in IMPLEMENTED)
    return Savings(
        tuple(
            Saving(
                item,
                measured(Change.of(item).among(changed))
                if item.state in IMPLEMENTED
                else None,
            )
            for item in items
        )
    )


def verify(tracker: SavingsTracker, saving: Saving) -> MeasuredSaving:
    """Write into the tracker that the bill shows that an item saved.

    Raises:
        TrackerError: If the bill does not show it.
    """
    found = saving.measured
    if isinstance(found, MeasuredSaving) and found.verified:
        tracker.verify(
            rec_id=saving.item.id,
            measured_savings=found.saving,
            low=found.low,
            high=found.high,
        )
        return found
    raise TrackerError(_not_verified(saving), hint=saving.why_not)


def _not_verified(saving: Saving) -> str:
    item, found = saving.item, saving.amount
    if found is None:
        return f"The bill does not show what item {item.id} saves."
    return (
        f"Item {item.id} may have saved nothing: the bill shows "
        f"{found.saving:,.2f} {item.currency} a month, between {found.low:,.2f} and "
        f"{found.high:,.2f}."
    )
