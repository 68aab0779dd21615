"""The savings page shows what was done, and lets people say what they did."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from finops.errors import TrackerError
from finops.periods import ChargePeriod
from finops.savings import SavingsTracker
from finops.web import tracking
from finops.web.editing import change_cell
from finops.web.savings import running_savings
from finops.workspace import Workspace
from finops.workspace.realization import measured_saving
from finops.workspace.savings import Saving, savings
from tests.app.conftest import Open
from tests.app.fakes import TODAY
from tests.app.test_pages import texts, visit
from tests.fakes import BillInMemory, bill, every_day

PAGE = "pages/optimize/savings.py"

CHANGE = date(2026, 9, 24)

BEFORE = ChargePeriod(date(2026, 6, 1), CHANGE)


def company() -> BillInMemory:
    """A volume that was deleted on the day of the change."""
    rows = every_day(BEFORE, 2.0, service="EC2", ResourceId="vol-1")
    known = ChargePeriod(BEFORE.start, TODAY)
    return BillInMemory(bill(*rows).astype({"ResourceId": "str"}), known=known)


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavingsTracker:
    """A tracker with one item, which is pending."""
    path = tmp_path / "tracker.db"
    monkeypatch.setenv("SAVINGS_DB", str(path))
    book = SavingsTracker(path, now=lambda: datetime(2026, 11, 23, tzinfo=UTC))
    book.add_recommendation(
        title="Delete $vol-1$",
        recommendation_type="delete",
        estimated_savings=64.0,
        account="prod",
        resource_id="vol-1",
    )
    return book


def only(book: SavingsTracker) -> Saving:
    space = Workspace(company(), TODAY)
    [saving] = savings(book.items(), lambda c: measured_saving(space, c)).items
    return saving


def figures(app: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value).replace("\\", "") for metric in app.metric}


def test_the_demo_shows_the_picture_that_is_described(app: AppTest) -> None:
    visit(app, PAGE)

    assert not app.exception
    assert figures(app) == {
        "Implemented": "8 of 12",
        "Estimated a month": "$1,120",
        "Claimed a month": "$1,085",
        "Measured a month": figures(app)["Measured a month"],
        "Forecast accuracy": "96.9 %",
    }
    assert figures(app)["Measured a month"].startswith("$1,02")
    assert len(app.get("vega_lite_chart")) == 2
    assert "forgotten tomorrow" in texts(app)


def test_an_empty_tracker_says_where_to_begin(opened: Open) -> None:
    app = opened(company())

    visit(app, PAGE)

    assert not app.exception
    assert "Nothing is tracked yet" in texts(app)


def test_what_another_person_did_is_seen_on_the_next_run(
    opened: Open, tracker: SavingsTracker
) -> None:
    app = visit(opened(company()), PAGE)
    before = figures(app)["Implemented"]

    tracker.by("Ben").mark_implemented(rec_id=1, implemented_on=CHANGE)
    app.run()

    assert (before, figures(app)["Implemented"]) == ("0 of 1", "1 of 1")
    assert figures(app)["Measured a month"] == "$61"
    assert "Ben" in list(app.dataframe[-1].value["who"])


def test_what_the_bill_shows_is_verified_at_a_click(
    opened: Open, tracker: SavingsTracker
) -> None:
    tracker.mark_implemented(rec_id=1, implemented_on=CHANGE)
    app = visit(opened(company()), PAGE)

    app.button(key="verify").click().run()

    item = tracker.item(1)
    assert (item.state, item.measured) == ("verified", 60.83)
    assert tracker.events()[0].who == "test@example.com"


def test_a_finding_of_a_person_is_tracked_under_their_name(
    opened: Open, tracker: SavingsTracker
) -> None:
    app = opened(company())
    app.user = {}
    visit(app, PAGE)
    app.text_input(key="who").set_value("Ana").run()

    app.text_input(key="add_title").set_value("Ask for a discount")
    app.text_input(key="add_type").set_value("ask")
    [track] = [button for button in app.button if button.label == "Track it"]
    track.click().run()

    assert [item.title for item in tracker.items()][1] == "Ask for a discount"
    assert tracker.events()[0].who == "Ana"


def test_what_is_refused_is_explained(opened: Open, tracker: SavingsTracker) -> None:
    app = visit(opened(company()), PAGE)

    [track] = [button for button in app.button if button.label == "Track it"]
    track.click().run()

    assert "A title is needed." in texts(app)
    assert len(tracker.items()) == 1


def test_a_tracker_that_is_only_shown_says_why(
    opened: Open, tracker: SavingsTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINOPS_READ_ONLY", "1")

    app = visit(opened(company()), PAGE)

    assert "FINOPS_READ_ONLY is set" in texts(app)
    labels = {button.label for button in app.button}
    assert not labels & {"Track it", "Verify"}


def test_a_demo_that_others_look_at_is_changed_by_nobody(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracking, "HOME", ("localhost",))

    visit(app, PAGE)

    assert "a demo that others look at too" in texts(app)


def test_a_broken_tracker_is_explained(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tracker.db"
    path.write_bytes(b"no database " * 100)
    monkeypatch.setenv("SAVINGS_DB", str(path))

    app = visit(opened(company()), PAGE)

    assert not app.exception
    assert "is damaged, or is no savings tracker" in texts(app)


@pytest.mark.parametrize(
    ("column", "value", "field", "kept"),
    [
        ("owner", "Ana", "owner", "Ana"),
        ("owner", None, "owner", None),
        ("due_on", "2026-12-01T00:00:00", "due_on", date(2026, 12, 1)),
        ("notes", "After the sale", "notes", "After the sale"),
        ("state", "accepted", "state", "accepted"),
        ("state", "implemented", "implemented_on", date(2026, 11, 23)),
        ("implemented_on", "2026-09-24", "state", "implemented"),
        ("reason", "Too risky", "state", "rejected"),
    ],
)
def test_a_cell_that_is_changed_changes_the_item(
    tracker: SavingsTracker, column: str, value: str, field: str, kept: object
) -> None:
    change_cell(tracker, only(tracker), column, value)

    assert getattr(tracker.item(1), field) == kept


def test_a_state_may_be_taken_back_and_verified(tracker: SavingsTracker) -> None:
    for column, value in (
        ("state", "accepted"),
        ("state", "pending"),
        ("implemented_on", "2026-09-24"),
        ("actual", 60.0),
        ("state", "verified"),
    ):
        change_cell(tracker, only(tracker), column, value)

    item = tracker.item(1)
    assert (item.state, item.actual, item.measured) == ("verified", 60.0, 60.83)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("state", "rejected", "writing down why"),
        ("state", "verified", "does not show"),
        ("actual", 5.0, "saves nothing yet"),
        ("reason", None, "A reason is needed"),
    ],
)
def test_a_cell_that_makes_no_sense_changes_nothing(
    tracker: SavingsTracker, column: str, value: object, told: str
) -> None:
    with pytest.raises(TrackerError, match=told):
        change_cell(tracker, only(tracker), column, value)

    assert len(tracker.events()) == 1


def test_savings_add_up_from_month_to_month() -> None:
    months = {
        date(2026, 8, 1): (10.0, None, 8.0),
        date(2026, 10, 1): (5.0, 5.0, None),
    }

    running = running_savings(months, until=date(2026, 11, 20))

    assert running == {
        date(2026, 8, 1): (10.0, 0.0, 8.0),
        date(2026, 9, 1): (10.0, 0.0, 8.0),
        date(2026, 10, 1): (15.0, 5.0, 8.0),
        date(2026, 11, 1): (15.0, 5.0, 8.0),
    }
