"""Recommendations are looked at, accepted and rejected on their page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from finops.recommendations import Recommendation
from finops.savings import SavingsTracker
from finops.workspace import Scope, Workspace
from finops.workspace.recommendations import recommendations
from tests.app.conftest import Open
from tests.app.fakes import TODAY
from tests.app.test_pages import texts, visit
from tests.fakes import BillInMemory, Charge, bill
from tests.unit.usage import meter

PAGE = "pages/optimize/recommendations.py"


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavingsTracker:
    path = tmp_path / "tracker.db"
    monkeypatch.setenv("SAVINGS_DB", str(path))
    return SavingsTracker(path)


def charges() -> list[Charge]:
    """A volume, a gateway and an address."""
    return [
        *meter("EBS:VolumeUsage.gp2", 50.0, resource="vol-1"),
        *meter("NatGateway-Hours", 32.85, resource="nat-1", account="dev"),
        *meter("PublicIPv4:IdleAddress", 3.65, resource="eipalloc-1"),
    ]


def gateway() -> list[Recommendation]:
    """What is found of the gateway."""
    space = Workspace(BillInMemory(bill(*charges())), TODAY)
    found = recommendations(space, Scope(period=space.period())).found
    return [one for one in found if one.kind == "nat_idle"]


@pytest.fixture
def page(opened: Open, tracker: SavingsTracker) -> AppTest:
    """The page, with three findings."""
    return visit(opened(BillInMemory(bill(*charges()))), PAGE)


def pick(page: AppTest, *places: int) -> AppTest:
    """Pick rows of the table of findings."""
    [key] = [name for name in page.session_state if name.startswith("findings_")]
    rows = {"selection": {"rows": list(places), "columns": [], "cells": []}}
    page.session_state[key] = rows
    return page.run()


def shown(page: AppTest) -> list[str]:
    """What the table says to do."""
    return list(page.dataframe[0].value["title"])


def figure(page: AppTest, label: str) -> str:
    [metric] = [metric for metric in page.metric if metric.label == label]
    return str(metric.value).replace("\\", "")


def test_the_largest_saving_comes_first_with_its_evidence(page: AppTest) -> None:
    assert shown(page) == [
        "Delete the idle NAT gateway nat-1",
        "Move the volume vol-1 from gp2 to gp3",
        "Release the idle address eipalloc-1",
    ]
    assert figure(page, "Could be saved a month") == "$42"
    assert "Less than 1 GB a day goes through a NAT gateway" in texts(page)


def test_a_picked_row_shows_its_own_evidence(page: AppTest) -> None:
    pick(page, 1)

    assert "500 GB x $0.08" in texts(page)
    assert "Less than 1 GB a day" not in texts(page)
    assert "1 picked, $5.00 a month in the total." in texts(page)


def test_several_are_accepted_at_once(page: AppTest, tracker: SavingsTracker) -> None:
    pick(page, 1, 2)

    page.button(key="accept").click().run()

    assert not page.exception
    assert [item.state for item in tracker.items()] == ["accepted", "accepted"]
    assert figure(page, "Accepted") == "$9"
    assert list(page.dataframe[0].value["status"]) == ["New", "Accepted", "Accepted"]


def test_a_rejected_one_needs_a_reason_and_is_no_longer_open(
    page: AppTest, tracker: SavingsTracker
) -> None:
    pick(page, 0)
    assert page.button(key="reject").disabled

    page.text_input(key="reason").set_value("It is needed in March.").run()
    page.button(key="reject").click().run()

    [item] = tracker.items()
    assert (item.state, item.reason) == ("rejected", "It is needed in March.")
    assert "Delete the idle NAT gateway nat-1" not in shown(page)
    assert figure(page, "Could be saved a month") == "$9"


def test_a_decision_that_someone_else_took_first_is_explained(
    page: AppTest, tracker: SavingsTracker
) -> None:
    pick(page, 0)
    [rec_id] = tracker.record(gateway()).values()
    tracker.mark_implemented(rec_id=rec_id)

    page.button(key="accept").click().run()

    assert not page.exception
    [toast] = page.toast
    assert "implemented" in toast.value
    assert [item.state for item in tracker.items()] == ["implemented"]


def test_what_overlaps_is_not_in_the_total_twice(app: AppTest) -> None:
    visit(app, PAGE)

    rows = app.dataframe[0].value
    total = rows["counted"].sum()

    assert total < rows["saving"].sum()
    assert figure(app, "Could be saved a month") == f"${total:,.0f}"


def test_picks_do_not_stay_on_places_when_the_rows_change(page: AppTest) -> None:
    pick(page, 0)

    page.segmented_control(key="status").set_value("All").run()
    page.pills(key="risk").set_value(["Low"]).run()

    assert shown(page)[0] == "Move the volume vol-1 from gp2 to gp3"
    assert page.button(key="accept").disabled


def test_filters_narrow_the_table(page: AppTest) -> None:
    page.multiselect(key="kind").set_value(["gp2 volumes"]).run()
    assert shown(page) == ["Move the volume vol-1 from gp2 to gp3"]

    page.pills(key="effort").set_value(["Project"]).run()
    assert "No finding fits these filters." in texts(page)


def test_where_visitors_only_look_nothing_can_be_decided(
    opened: Open, monkeypatch: pytest.MonkeyPatch, tracker: SavingsTracker
) -> None:
    monkeypatch.setenv("FINOPS_READ_ONLY", "1")
    volume = meter("EBS:VolumeUsage.gp2", 50.0, resource="vol-1")

    page = visit(opened(BillInMemory(bill(*volume))), PAGE)

    assert "FINOPS_READ_ONLY" in texts(page)
    assert "accept" not in [button.key for button in page.button]


def test_a_commitment_that_ends_soon_is_announced(app: AppTest) -> None:
    visit(app, PAGE)

    assert not app.exception
    assert "1 commitment will end within 60 days" in texts(app)
    assert figure(app, "Commitments used").endswith(" %")


def test_the_overview_shows_the_largest_open_savings(app: AppTest) -> None:
    app.run()

    [largest] = app.dataframe
    assert largest.value["title"].iloc[0].startswith("Upgrade orders-staging")
    assert len(largest.value) == 5


def test_a_source_without_commitments_says_so(page: AppTest) -> None:
    assert "does not say which costs a commitment covers" in texts(page)
