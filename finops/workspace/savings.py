"""What was saved: the tracker, with what the bill shows of each item in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from finops.analysis.realization import (
    LEAST_DAYS_AFTER,
    MeasuredSaving,
    NotMeasurable,
)
from finops.errors import FinOpsError, Problem, TrackerError
from finops.periods import DAY
from finops.savings import SavingsTracker, Summary, TrackedItem
from finops.savings.items import CENTS, IMPLEMENTED, PENDING, units
from finops.savings.roi import by_month, grouped, summarize
from finops.savings.tracker import DEFAULT_PATH
from finops.settings import Settings
from finops.workspace.demo_savings import demo_tracker_file
from finops.workspace.realization import Change

Group = Literal["pending", "implemented", "rejected"]
"""What an item counts as: accepted is pending, and verified is implemented."""

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
    def group(self) -> Group:
        """What it counts as."""
        if self.item.state in PENDING:
            return "pending"
        return "implemented" if self.item.state in IMPLEMENTED else "rejected"

    @property
    def evidence(self) -> Evidence:
        """What the bill says of it."""
        if self.measured is None:
            return "not implemented"
        if isinstance(self.measured, NotMeasurable):
            return "not measurable"
        if self.measured.verified:
            return "verified"
        tells = self.measured.tells(self.item.estimated)
        return "not sure" if tells else "not measurable"

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
    """All items with what they save.

    Attributes:
        problems: Why the bill could not be read, where it could not.
    """

    items: tuple[Saving, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def measured_cents(self) -> dict[int, int]:
        """What the bill shows by now, by item, where it shows anything."""
        return {
            saving.item.id: round(saving.amount.saving * CENTS)
            for saving in self.items
            if saving.amount
        }

    @property
    def summary(self) -> Summary:
        """How much was implemented, and what it saved."""
        return summarize((s.item for s in self.items), self.measured_cents)

    @property
    def by_urgency(self) -> list[Saving]:
        """What is pending, then what is implemented, then the rest; latest first."""
        order = get_args(Group)
        latest_first = reversed(self.items)
        return sorted(latest_first, key=lambda saving: order.index(saving.group))

    def within(self, currency: str) -> Savings:
        """The items of one currency, which can be added."""
        its = (saving for saving in self.items if saving.item.currency == currency)
        return replace(self, items=tuple(its))

    @property
    def main_currency(self) -> str:
        """The currency of most items."""
        counts = Counter(saving.item.currency for saving in self.items)
        return max(counts, key=lambda currency: counts[currency], default="USD")

    @property
    def groups(self) -> dict[str, Mapping[Any, Summary]]:
        """The summary of each currency, month of implementation, type and account."""
        items = [saving.item for saving in self.items]
        keys: dict[str, Callable[[TrackedItem], Hashable]] = {
            "by_currency": lambda item: item.currency,
            "by_type": lambda item: item.recommendation_type,
            "by_account": lambda item: item.account or item.account_id,
        }
        return {
            "by_month": by_month(items, self.measured_cents),
            **{
                name: grouped(items, key, self.measured_cents)
                for name, key in keys.items()
            },
        }


def savings(
    items: Sequence[TrackedItem],
    measured: Callable[[Change], MeasuredSaving | NotMeasurable],
) -> Savings:
    """Each item with what the bill shows of it.

    Args:
        items: What is tracked.
        measured: Looks a change up in the bill; the app keeps its answers.
    """
    changed = [Change.of(item) for item in items if item.state in IMPLEMENTED]
    problems: dict[Problem, None] = {}

    def look_up(item: TrackedItem) -> MeasuredSaving | NotMeasurable | None:
        if item.state not in IMPLEMENTED:
            return None
        try:
            found = measured(Change.of(item).among(changed))
        except FinOpsError as error:
            problems[Problem.of(error)] = None
            found = NotMeasurable(str(error))
        return found if isinstance(found, MeasuredSaving) else _kept(item) or found

    found = tuple(Saving(item, look_up(item)) for item in items)
    return Savings(found, tuple(problems))


def _kept(item: TrackedItem) -> MeasuredSaving | None:
    """What the bill showed when the item was verified: it may reach less far now."""
    saving, low, high = (
        units(cents)
        for cents in (
            item.measured_cents,
            item.measured_low_cents,
            item.measured_high_cents,
        )
    )
    if saving is None or low is None or high is None:
        return None
    return MeasuredSaving(saving, low, high, None, LEAST_DAYS_AFTER, "kept")


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
