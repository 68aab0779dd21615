"""Changes are read, checked and downloaded on their page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from finops.remediation import folders
from finops.savings import SavingsTracker
from finops.web import remediation
from finops.web.changes import Pair
from tests.app.conftest import Open
from tests.app.test_pages import texts, visit
from tests.fakes import BillInMemory, bill
from tests.unit.usage import meter

PAGE = "pages/optimize/remediation.py"

VOLUME = "vol-0123456789abcdef0"


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavingsTracker:
    path = tmp_path / "tracker.db"
    monkeypatch.setenv("SAVINGS_DB", str(path))
    return SavingsTracker(path)


@pytest.fixture
def page(opened: Open, tracker: SavingsTracker) -> AppTest:
    """A volume and an address are quick wins, a gateway is not."""
    charges = [
        *meter("EBS:VolumeUsage.gp2", 50.0, resource=VOLUME),
        *meter("NatGateway-Hours", 32.85, resource="nat-0123456789abcdef0"),
        *meter("PublicIPv4:IdleAddress", 3.65, resource="eipalloc-0123456789abcdef0"),
    ]
    return visit(opened(BillInMemory(bill(*charges))), PAGE)


def shown(page: AppTest) -> list[str]:
    """What the table says would be changed."""
    return list(page.dataframe[0].value["title"])


def pick(page: AppTest, place: int) -> AppTest:
    """Pick a row of the table of changes."""
    [key] = [name for name in page.session_state if name.startswith("changes_")]
    rows = {"selection": {"rows": [place], "columns": [], "cells": []}}
    page.session_state[key] = rows
    return page.run()


def test_quick_wins_at_low_risk_come_first_with_their_code(page: AppTest) -> None:
    assert shown(page) == [
        f"Change EBS volume {VOLUME} from gp2 to gp3",
        "Release Elastic IP address eipalloc-0123456789abcdef0",
    ]
    code = page.code[1].value
    assert f'id = "{VOLUME}"' in code
    assert "It fits the schema of the AWS provider" in texts(page)
    assert "The volume changes while it is in use" in texts(page)
    assert "The way back" in texts(page)


def test_another_change_is_read_with_a_click(page: AppTest) -> None:
    pick(page, 1)

    assert page.code[1].value.startswith("#!/usr/bin/env bash")
    assert "bash reads it; nothing was run." in texts(page)


def test_riskier_changes_are_shown_on_request(page: AppTest) -> None:
    page.segmented_control(key="changes").set_value("All open").run()

    assert "Delete NAT gateway nat-0123456789abcdef0" in shown(page)
    assert not page.exception


def test_filters_that_leave_nothing_say_so(page: AppTest) -> None:
    page.segmented_control(key="changes").set_value("Accepted").run()

    assert "No change fits these filters." in texts(page)
    assert not page.exception


def test_what_was_downloaded_is_in_the_log(
    page: AppTest, tracker: SavingsTracker
) -> None:
    page.download_button(key="download_all").click().run()

    [*events] = [event for event in tracker.events() if event.what == "written"]
    assert {event.changes["form"] for event in events} == {"terraform", "runbook"}


def test_all_changes_fit_into_one_zip_that_opens(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    zips: list[bytes] = []

    def keep(label: str, chosen: list[Pair], *, key: str) -> None:
        zips.append(folders.zipped(pair.change for pair in chosen))

    monkeypatch.setattr(remediation, "download", keep)
    page.run()

    with zipfile.ZipFile(io.BytesIO(zips[0])) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    assert f"ebs-gp3-{VOLUME}/main.tf" in names
    assert "release-address-eipalloc-0123456789abcdef0/runbook.sh" in names


def owned() -> None:
    """The page's card of a machine that a stack manages."""
    from datetime import date  # noqa: PLC0415 - runs as a script of its own

    from finops.remediation import change_for  # noqa: PLC0415 - as above
    from finops.web import remediation  # noqa: PLC0415 - as above
    from finops.web.changes import Pair  # noqa: PLC0415 - as above
    from tests.unit.test_answering import recommended  # noqa: PLC0415 - as above

    stack = ("aws:cloudformation:stack-name", "shop")
    found = recommended(facts=(*recommended().facts, stack))
    remediation.show_change(Pair(found, change_for(found, today=date(2026, 11, 22))))


def test_who_manages_an_object_is_told_once_and_first() -> None:
    page = AppTest.from_function(owned).run()

    assert not page.exception
    [told] = [warning.value for warning in page.warning]
    assert told.startswith("The CloudFormation stack `shop` manages this object")
    assert texts(page).count("manages this object") == 1
