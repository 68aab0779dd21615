"""Which tracker belongs to an installation, and what the bill shows of its items."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from finops.analysis.realization import MeasuredSaving, NotMeasurable
from finops.errors import Problem, TrackerError, UnreachableError
from finops.periods import DAY, ChargePeriod
from finops.savings import SavingsTracker
from finops.settings import Settings
from finops.sources.demo import DemoSource
from finops.workspace import Workspace
from finops.workspace.realization import Change, measured_saving
from finops.workspace.savings import Saving, Savings, open_tracker, savings, verify
from tests.fakes import BillInMemory, Charge, bill, charge, every_day

TODAY = date(2026, 11, 23)

CHANGE = date(2026, 9, 24)

BEFORE = ChargePeriod(date(2026, 6, 1), CHANGE)

AFTER = ChargePeriod(CHANGE, TODAY)

HOURS = 730 / 24

HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_real_savings_lie_in_the_data_folder() -> None:
    tracker = open_tracker(Settings(source="aws"), now=now, who="ana")

    assert tracker.path == Path("data/savings_tracker.db")


def test_a_file_that_is_named_is_taken_for_every_source(tmp_path: Path) -> None:
    settings = Settings(source="demo", savings_db=tmp_path / "ours.db")

    assert open_tracker(settings, now=now, who="ana").items() == []


def test_the_demo_has_a_tracker_of_its_own_every_day(tmp_path: Path) -> None:
    settings = Settings(source="demo", cache_dir=tmp_path)
    one = open_tracker(settings, now=now, who="ana")
    one.accept(rec_id=11)

    same = open_tracker(settings, now=lambda: now() + HOUR, who="ben")
    next_one = open_tracker(settings, now=lambda: now() + DAY, who="ben")

    assert same.item(11).state == "accepted"
    assert next_one.item(11).state == "pending"


def change(**where: str | None) -> Change:
    known = dict.fromkeys(("account", "account_id", "service", "usage_type"))
    whole = {**known, "resource_id": None, "currency": "USD", **where}
    return Change(implemented_on=CHANGE, **whole)  # type: ignore[arg-type]  # a test


def looked_up(source: BillInMemory, of: Change) -> MeasuredSaving | NotMeasurable:
    return measured_saving(Workspace(source, TODAY), of)


def company(*more: Charge) -> BillInMemory:
    """A resource that was deleted, and one of the same service that goes on."""
    rows = [
        *every_day(BEFORE, 2.0, ResourceId="db-1", x_UsageType="Usage:db"),
        *every_day(BEFORE, 5.0, ResourceId="db-2", x_UsageType="Usage:big"),
        *every_day(AFTER, 5.0, ResourceId="db-2", x_UsageType="Usage:big"),
        *more,
    ]
    text = dict.fromkeys(("ResourceId", "x_UsageType"), "str")
    return BillInMemory(bill(*rows).astype(text))


def saved(found: MeasuredSaving | NotMeasurable) -> float:
    assert isinstance(found, MeasuredSaving), found
    return found.saving


def test_a_resource_that_is_gone_costs_nothing_and_saves_its_cost() -> None:
    found = looked_up(company(), change(resource_id="db-1", service="Amazon RDS"))

    assert saved(found) == pytest.approx(2.0 * HOURS)


def test_the_narrowest_scope_that_is_named_is_measured() -> None:
    by_usage_type = looked_up(
        company(), change(usage_type="Usage:db", service="Amazon RDS", account="prod")
    )
    by_service = looked_up(company(), change(service="Amazon RDS", account="prod"))

    assert saved(by_usage_type) == pytest.approx(2.0 * HOURS)
    assert saved(by_service) == pytest.approx(2.0 * HOURS)


def test_a_bill_without_resources_is_measured_by_its_service() -> None:
    source = company()
    source.charges = source.charges.drop(columns=["ResourceId", "x_UsageType"])

    found = looked_up(source, change(resource_id="db-1", service="Amazon RDS"))

    assert saved(found) == pytest.approx(2.0 * HOURS)


def test_days_that_may_be_restated_are_not_measured() -> None:
    source = company()
    source.known = ChargePeriod(BEFORE.start, date(2026, 10, 10))
    settled = looked_up(source, change(resource_id="db-1"))
    source.restated_days = 2

    restated = looked_up(source, change(resource_id="db-1"))

    assert isinstance(settled, MeasuredSaving)
    assert restated == NotMeasurable("12 of 14 days after the change are known.")


def test_what_was_changed_as_well_is_no_control() -> None:
    """Two of three databases are made cheaper by 30 % on the day of the change."""
    days = pd.date_range(BEFORE.start, AFTER.last_day).date
    load = np.exp(np.cumsum(np.random.default_rng(4).normal(0, 0.03, len(days))))
    noise = np.random.default_rng(5).normal(1, 0.01, (3, len(days)))
    rows = [
        charge(day, 10 * load[n] * noise[k, n] * cut, ResourceId=name)
        for n, day in enumerate(days)
        for k, name in enumerate(("db-1", "db-2", "db-3"))
        for cut in [0.7 if day >= CHANGE and name != "db-3" else 1.0]
    ]
    source = BillInMemory(bill(*rows).astype({"ResourceId": "str"}))
    both = [change(resource_id="db-1"), change(resource_id="db-2")]
    truth = 3 * load[len(days) - AFTER.days :][1:31].mean() * HOURS

    found = looked_up(source, both[0].among(both))

    assert isinstance(found, MeasuredSaving)
    assert found.method == "control"
    assert found.saving == pytest.approx(truth, rel=0.1)
    assert saved(looked_up(source, both[0])) < 0.75 * truth


def test_a_commitment_is_measured_by_what_was_used() -> None:
    """Usage grows by half on the day on which a third of its price is saved."""
    days = pd.date_range(BEFORE.start, AFTER.last_day).date
    public = np.random.default_rng(6).uniform(9, 11, len(days))
    rows = [
        charge(day, list_cost * rate, ListCost=list_cost)
        for day, used in zip(days, public, strict=True)
        for list_cost, rate in [(1.5 * used, 0.67) if day >= CHANGE else (used, 1.0)]
    ]
    source = BillInMemory(bill(*rows))
    where = change(service="Amazon RDS", account="prod")
    truth = 0.33 * 1.5 * public[len(days) - AFTER.days :][1:31].mean() * HOURS

    found = looked_up(source, replace(where, action="PurchaseReservedInstances"))

    assert isinstance(found, MeasuredSaving)
    assert (found.method, found.verified) == ("usage", True)
    assert found.saving == pytest.approx(truth, rel=0.02)


NOT_MEASURABLE = {
    "nowhere": (change(account="prod"), "It names no resource, usage type or service"),
    "unknown": (change(resource_id="db-9"), "no charges of it"),
    "moved where it is unknown": (
        change(resource_id="db-9", action="Rightsize"),
        "no charges of it",
    ),
    "another currency": (
        change(resource_id="db-1", currency="EUR"),
        "estimated in EUR",
    ),
}


@pytest.mark.parametrize(("of", "told"), NOT_MEASURABLE.values(), ids=NOT_MEASURABLE)
def test_what_the_bill_does_not_show_says_why(of: Change, told: str) -> None:
    found = looked_up(company(), of)

    assert isinstance(found, NotMeasurable)
    assert told in found.reason


def test_an_account_that_was_not_read_is_no_saving() -> None:
    source = company()
    source.problems = (Problem("prod", "denied", "AWS denied it."),)

    found = looked_up(source, change(resource_id="db-1", account="prod"))

    assert found == NotMeasurable("The bill of its account could not be read.")


def test_a_bill_that_starts_after_the_change_shows_nothing_of_it() -> None:
    source = company()
    source.known = ChargePeriod(date(2026, 11, 1), TODAY)

    found = looked_up(source, change(resource_id="db-1"))

    assert isinstance(found, NotMeasurable)
    assert "not the days around 24 Sep 2026" in found.reason


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[SavingsTracker, Savings]:
    settings = Settings(source="demo", cache_dir=tmp_path_factory.mktemp("demo"))
    tracker = open_tracker(settings, now=now, who="ana")
    space = Workspace(DemoSource(TODAY), TODAY)
    return tracker, savings(tracker.items(), lambda c: measured_saving(space, c))


def test_the_demo_tells_the_story_of_twelve_items(
    demo: tuple[SavingsTracker, Savings],
) -> None:
    _, found = demo

    summary = found.summary
    assert (summary.total, summary.implemented) == (12, 8)
    assert (summary.pending, summary.rejected) == (3, 1)
    assert (summary.estimated, summary.implemented_estimated) == (1450.0, 1120.0)
    assert (summary.actual, summary.annual_projection) == (1085.0, 13020.0)
    assert summary.forecast_accuracy == pytest.approx(0.969, abs=5e-4)


def test_the_demo_shows_each_kind_of_evidence(
    demo: tuple[SavingsTracker, Savings],
) -> None:
    _, found = demo

    evidence = [saving.evidence for saving in found.items]

    assert evidence.count("verified") == 6
    assert evidence.count("not sure") == evidence.count("not measurable") == 1
    assert evidence.count("not implemented") == 4


def test_the_rightsizing_of_the_demo_saves_what_its_prices_say(
    demo: tuple[SavingsTracker, Savings],
) -> None:
    _, found = demo

    [rightsizing] = [s for s in found.items if s.item.title.startswith("Downsize")]

    amount = rightsizing.amount
    assert amount is not None
    assert amount.saving == pytest.approx((0.624 - 0.0832) * 19.2 * HOURS)
    assert amount.low <= amount.saving <= amount.high
    assert rightsizing.item.estimated == 320.0
    assert rightsizing.item.actual == 310.0


def test_what_the_bill_shows_is_verified_in_the_tracker(
    demo: tuple[SavingsTracker, Savings],
) -> None:
    tracker, found = demo
    [rightsizing] = [s for s in found.items if s.item.title.startswith("Downsize")]

    verify(tracker, rightsizing)

    item = tracker.item(rightsizing.item.id)
    assert (item.state, item.measured) == ("verified", 315.83)


def test_what_may_have_saved_nothing_is_not_verified(
    demo: tuple[SavingsTracker, Savings],
) -> None:
    tracker, found = demo
    doubtful: list[Saving] = [s for s in found.items if s.evidence != "verified"]

    for saving in doubtful:
        with pytest.raises(TrackerError):
            verify(tracker, saving)


def test_what_was_verified_is_kept_where_the_bill_does_not_reach(
    tmp_path: Path,
) -> None:
    tracker = SavingsTracker(tmp_path / "tracker.db", now=now)
    rec_id = tracker.add_recommendation(
        title="x", recommendation_type="y", estimated_savings=5.0
    )
    tracker.mark_implemented(rec_id=rec_id)
    tracker.verify(rec_id=rec_id, measured_savings=4.5, low=4.0, high=5.0)

    found = savings(tracker.items(), lambda _: NotMeasurable("It starts later."))

    assert found.items[0].evidence == "verified"
    assert found.summary.measured == 4.5


def test_a_bill_that_cannot_be_read_is_an_error_and_not_a_saving() -> None:
    source = company()
    source.refusal = UnreachableError("No answer.")

    with pytest.raises(UnreachableError):
        looked_up(source, change(resource_id="db-1"))
