"""The tracker remembers what was decided, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from benchmarks.tracker_under_fire import told_by_the_log
from finops.errors import TrackerError
from finops.recommendations import Recommendation
from finops.savings import SavingsTracker

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

GP2 = Recommendation(
    kind="ebs_gp3",
    action="Upgrade",
    title="Move vol-1 from gp2 to gp3",
    account="prod",
    account_id="111111111111",
    region="us-east-1",
    service="Amazon Elastic Compute Cloud",
    resource_id="vol-1",
    estimated_monthly_savings=10.004,
    risk="low",
    effort="quick_win",
    source="billing",
    facts=(("usage_type", "EBS:VolumeUsage.gp2"),),
)


@pytest.fixture
def tracker(tmp_path: Path) -> SavingsTracker:
    return SavingsTracker(tmp_path / "data" / "tracker.db", now=lambda: NOW, who="ana")


def added(tracker: SavingsTracker, *, estimated: float | None = 320.0) -> int:
    return tracker.add_recommendation(
        title="Downsize EC2 i3.2xlarge to t3.large",
        recommendation_type="EC2_rightsizing",
        estimated_savings=estimated,
        risk_level="low",
        effort="quick_win",
    )


def test_the_face_is_the_one_that_people_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tracker = SavingsTracker()

    rec_id = added(tracker)
    tracker.mark_implemented(
        rec_id=rec_id,
        actual_savings=310.0,
        notes="Resized during maintenance window",
    )

    [item] = tracker.items()
    assert (tmp_path / "data" / "savings_tracker.db").is_file()
    assert (item.id, item.state, item.actual) == (rec_id, "implemented", 310.0)
    assert item.implemented_on == datetime.now(UTC).date()
    assert item.notes == "Resized during maintenance window"


def test_what_is_tracked_already_is_neither_added_nor_revived(
    tracker: SavingsTracker,
) -> None:
    other = replace(GP2, resource_id="vol-2")
    ids = tracker.record([GP2, other])
    tracker.reject(rec_id=ids[GP2.fingerprint], reason="It is needed")
    tracker.mark_implemented(rec_id=ids[other.fingerprint])

    again = tracker.record([GP2, other, replace(GP2, estimated_monthly_savings=99.0)])

    assert again == ids
    assert [item.state for item in tracker.items()] == ["rejected", "implemented"]
    assert tracker.item(ids[GP2.fingerprint]).estimated == 10.00


def test_a_found_item_says_where_the_bill_shows_it(tracker: SavingsTracker) -> None:
    tracker.record([GP2])

    [item] = tracker.items()
    assert item.fingerprint == GP2.fingerprint
    assert (item.account_id, item.resource_id) == ("111111111111", "vol-1")
    assert item.usage_type == "EBS:VolumeUsage.gp2"


def test_a_saving_that_nobody_knows_stays_unknown(tracker: SavingsTracker) -> None:
    rec_id = added(tracker, estimated=None)
    tracker.mark_implemented(rec_id=rec_id)

    summary = tracker.summary()

    assert tracker.item(rec_id).estimated is None
    assert (summary.estimated, summary.actual) == (None, None)
    assert summary.forecast_accuracy is None


def test_the_log_says_who_did_what_and_when(tracker: SavingsTracker) -> None:
    rec_id = added(tracker)
    tracker.by("ben").accept(rec_id=rec_id)
    tracker.by("").edit(rec_id=rec_id, owner="Cleo", due_on=date(2026, 12, 1))

    edited, accepted, created = tracker.events(rec_id)

    assert (created.who, created.what, created.at) == ("ana", "added", NOW)
    assert (accepted.who, accepted.what) == ("ben", "accepted")
    assert (edited.who, edited.what) == ("unknown", "edited")
    assert edited.changes == {"owner": "Cleo", "due_on": "2026-12-01"}


def test_the_log_alone_tells_how_the_items_stand(tracker: SavingsTracker) -> None:
    first, second = added(tracker), added(tracker)
    tracker.accept(rec_id=first)
    tracker.mark_implemented(rec_id=first, actual_savings=-12.5)
    tracker.reject(rec_id=second, reason="Too risky")
    tracker.reopen(rec_id=second)
    tracker.edit(rec_id=second, snoozed_until=date(2027, 1, 1), ticket="https://t/7")

    assert told_by_the_log(tracker) == tracker.items()


def test_doing_it_again_is_not_logged_again(tracker: SavingsTracker) -> None:
    rec_id = added(tracker)
    tracker.mark_implemented(rec_id=rec_id, actual_savings=310.0)
    tracker.mark_implemented(rec_id=rec_id, actual_savings=310.0)
    tracker.edit(rec_id=rec_id, owner=None)

    assert [event.what for event in tracker.events()] == ["implemented", "added"]


def test_an_actual_that_comes_later_keeps_the_day(tracker: SavingsTracker) -> None:
    rec_id = added(tracker)
    tracker.mark_implemented(rec_id=rec_id, implemented_on=date(2026, 9, 24))

    tracker.mark_implemented(rec_id=rec_id, actual_savings=310.0)

    item = tracker.item(rec_id)
    assert (item.implemented_on, item.actual) == (date(2026, 9, 24), 310.0)


def test_a_verified_item_holds_what_was_measured(tracker: SavingsTracker) -> None:
    rec_id = added(tracker)
    tracker.mark_implemented(rec_id=rec_id, actual_savings=310.0)

    tracker.verify(rec_id=rec_id, measured_savings=311.504, low=300.0, high=322.0)

    item = tracker.item(rec_id)
    assert (item.state, item.measured_cents) == ("verified", 31150)
    assert tracker.summary().measured == 311.5
    assert tracker.summary().implemented == 1


Change = Callable[[SavingsTracker, int], None]


def nothing(*_: object) -> None:
    """An item may be left as it is."""


REFUSED: dict[str, tuple[Change, Change, str]] = {
    "a second acceptance": (
        lambda tracker, rec_id: tracker.accept(rec_id=rec_id),
        lambda tracker, rec_id: tracker.accept(rec_id=rec_id),
        "is accepted and cannot be accepted",
    ),
    "implementing what was rejected": (
        lambda tracker, rec_id: tracker.reject(rec_id=rec_id, reason="No"),
        lambda tracker, rec_id: tracker.mark_implemented(rec_id=rec_id),
        "is rejected and cannot be implemented",
    ),
    "rejecting what is done": (
        lambda tracker, rec_id: tracker.mark_implemented(rec_id=rec_id),
        lambda tracker, rec_id: tracker.reject(rec_id=rec_id, reason="No"),
        "is implemented and cannot be rejected",
    ),
    "verifying what may have saved nothing": (
        lambda tracker, rec_id: tracker.mark_implemented(rec_id=rec_id),
        lambda tracker, rec_id: tracker.verify(
            rec_id=rec_id, measured_savings=5.0, low=-1.0, high=11.0
        ),
        "whole interval lies above 0",
    ),
    "rejecting without a reason": (
        nothing,
        lambda tracker, rec_id: tracker.reject(rec_id=rec_id, reason="  "),
        "A reason is needed",
    ),
    "implementing tomorrow": (
        nothing,
        lambda tracker, rec_id: tracker.mark_implemented(
            rec_id=rec_id, implemented_on=date(2026, 11, 24)
        ),
        "lies ahead",
    ),
    "a saving that is no number": (
        nothing,
        lambda tracker, rec_id: tracker.mark_implemented(
            rec_id=rec_id, actual_savings=float("nan")
        ),
        "no amount of money",
    ),
    "an unknown item": (
        nothing,
        lambda tracker, _: tracker.accept(rec_id=99),
        "There is no item 99",
    ),
}


@pytest.mark.parametrize(("before", "change", "told"), REFUSED.values(), ids=REFUSED)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    tracker: SavingsTracker, before: Change, change: Change, told: str
) -> None:
    rec_id = added(tracker)
    before(tracker, rec_id)
    state = tracker.items(), tracker.events()

    with pytest.raises(TrackerError, match=told):
        change(tracker, rec_id)

    assert (tracker.items(), tracker.events()) == state


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("risk_level", "none"), ("effort", "lots"), ("currency", "")],
)
def test_a_recommendation_that_lacks_something_is_refused(
    tracker: SavingsTracker, field: str, value: str
) -> None:
    given = {"title": "Stop it", "recommendation_type": "stop"} | {field: value}

    with pytest.raises(TrackerError):
        tracker.add_recommendation(estimated_savings=1.0, **given)  # type: ignore[arg-type]  # that is the point

    assert tracker.items() == []


def test_text_from_outside_is_kept_as_it_is(tracker: SavingsTracker) -> None:
    title = "'; DROP TABLE items; -- \x1b[31m =1+1 \udc80"

    tracker.add_recommendation(
        title=title, recommendation_type="x", estimated_savings=1.0
    )

    [item] = tracker.items()
    assert item.title == title.replace("\udc80", "?")


def test_an_item_is_overdue_until_it_is_done(tracker: SavingsTracker) -> None:
    rec_id = added(tracker)
    tracker.edit(rec_id=rec_id, due_on=date(2026, 11, 20))
    late = tracker.item(rec_id).overdue(NOW.date())

    tracker.mark_implemented(rec_id=rec_id)

    assert late
    assert not tracker.item(rec_id).overdue(NOW.date())
