"""The savings tracker on the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result

from finops.analysis.realization import MeasuredSaving
from finops.cli.savings_text import interval
from finops.errors import UnreachableError
from finops.periods import ChargePeriod
from finops.sources.demo import DemoSource
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

CHANGE = date(2026, 9, 24)

BEFORE = ChargePeriod(date(2026, 6, 1), CHANGE)

KNOWN = ChargePeriod(BEFORE.start, date(2026, 11, 23))


def company() -> BillInMemory:
    """A volume that was deleted on the day of the change."""
    rows = every_day(BEFORE, 2.0, service="EC2", ResourceId="vol-1")
    return BillInMemory(bill(*rows).astype({"ResourceId": "str"}), known=KNOWN)


def tracked(run: Run, source: BillInMemory) -> None:
    """The volume as item 1, and an item that nothing is known of as item 2."""
    volume = ["--title", "Delete vol-1", "--type", "delete", "--resource", "vol-1"]
    run(source, "savings", "add", *volume, "--estimate", "64", "--account", "prod")
    run(source, "savings", "add", "--title", "Ask for a discount", "--type", "ask")


def answer(run: Run, source: BillInMemory) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(source, "--json", "savings").stdout)
    return found


def test_an_item_goes_from_found_to_verified(run: Run) -> None:
    source = company()
    tracked(run, source)

    steps = [
        run(source, "savings", "accept", "1", "--owner", "Ana", "--due", "2026-12-01"),
        run(
            source, "savings", "implement", "1", "--on", "2026-09-24", "--actual", "60"
        ),
        run(source, "savings", "verify", "1"),
    ]

    assert [step.exit_code for step in steps] == [0, 0, 0]
    items = answer(run, source)["items"]
    assert isinstance(items, list)
    assert items[0] | {"measured": None, "added_at": None} == items[0] | {
        "measured": None,
        "added_at": None,
        "state": "verified",
        "owner": "Ana",
        "due_on": "2026-12-01",
        "implemented_on": "2026-09-24",
        "estimated_savings": 64.0,
        "actual_savings": 60.0,
        "measured_savings": 60.83,
        "evidence": "verified",
    }
    assert items[0]["measured"]["verified"] is True


def test_the_answer_has_the_keys_that_programs_rely_on(run: Run) -> None:
    source = company()
    tracked(run, source)

    found = answer(run, source)

    assert {"as_of", "period", "currency", "metric", "source", "complete"} <= {*found}
    assert found["as_of"] == "2026-11-22"
    summary = found["summary"]
    assert isinstance(summary, dict)
    assert {
        *("total", "implemented", "pending", "rejected", "implementation_rate"),
        *("estimated", "implemented_estimated", "actual", "measured"),
        *("annual_projection", "forecast_accuracy"),
    } <= {*summary}
    assert (summary["total"], summary["estimated"]) == (2, 64.0)


def test_an_empty_tracker_says_how_it_is_filled(run: Run) -> None:
    shown = run(company(), "savings")

    assert shown.exit_code == 0
    assert "Nothing is tracked yet." in shown.stdout


def test_the_dashboard_of_the_demo_is_the_one_described(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SAVINGS_DB")
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path))

    shown = run(DemoSource(date(2026, 11, 23)), "--as-of", "2026-11-22", "savings")

    lines = [" ".join(line.split()) for line in shown.stdout.splitlines()]
    assert "Recommendations 12" in lines
    assert "Implemented 8 66.7 % of all" in lines
    assert "Estimated $1,450.00 all but the rejected" in lines
    assert "Estimated $1,120.00 the implemented" in lines
    assert "Actual $1,085.00 as reported" in lines
    assert "Projection $13,020.00 a year, from the actual" in lines
    assert "Accuracy 96.9 % of the estimates, against the actual" in lines
    assert "the demo company's" in shown.stderr
    assert any("$320.00 $310.00 $315.83 verified" in line for line in lines)
    assert any("$146.00 accepted" in line for line in lines)


def test_what_may_have_saved_nothing_is_not_verified(run: Run) -> None:
    source = company()
    tracked(run, source)
    run(source, "savings", "implement", "2")

    refused = run(source, "savings", "verify", "2")

    assert refused.exit_code == 1
    assert "does not show what item 2 saves" in refused.stderr
    assert "names no resource" in refused.stderr


def test_the_tracker_is_shown_though_the_bill_cannot_be_read(run: Run) -> None:
    source = company()
    tracked(run, source)
    run(source, "savings", "implement", "1", "--on", "2026-09-24")
    source.refusal = UnreachableError("No answer from AWS.")

    shown = run(source, "--json", "savings")

    found = json.loads(shown.stdout)
    assert shown.exit_code == 0
    assert found["complete"] is False
    assert found["summary"]["measured"] is None
    assert found["items"][0]["why_not_measured"] == "No answer from AWS."
    assert "Missing: No answer from AWS." in shown.stderr


def test_the_bill_is_left_alone_on_request(run: Run) -> None:
    source = company()
    tracked(run, source)
    run(source, "savings", "implement", "1")

    shown = run(source, "savings", "--no-measure")

    assert "not looked up" in shown.stdout
    assert source.queries == []


def test_a_recommendation_is_tracked_by_its_own_id(run: Run) -> None:
    month = ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))
    volume = every_day(
        month,
        1.0,
        service="Amazon Elastic Compute Cloud",
        ResourceId="vol-9",
        RegionId="us-east-1",
        x_UsageType="EBS:VolumeUsage.gp2",
    )
    text = dict.fromkeys(("ResourceId", "RegionId", "x_UsageType"), "str")
    source = BillInMemory(bill(*volume).astype(text))
    recommended = json.loads(run(source, "--json", "recommend").stdout)
    fingerprint = recommended["recommendations"][0]["id"]

    rejected = run(source, "savings", "reject", fingerprint, "--reason", "Needed")

    again = json.loads(run(source, "--json", "recommend").stdout)
    assert rejected.exit_code == 0
    assert again["recommendations"][0]["status"] == "rejected"
    assert again["total_monthly_savings"] == 0
    assert run(source, "savings", "accept", "f" * 16).exit_code == 1


@pytest.mark.parametrize("file_format", ["json", "csv"])
def test_what_is_exported_is_imported_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_format: str
) -> None:
    source = company()
    tracked(run, source)
    run(source, "savings", "add", "--title", "=1+1", "--type", "-x", "--estimate", "-5")
    run(source, "savings", "edit", "3", "--notes", "'=2+2")
    run(source, "savings", "reject", "2", "--reason", '@all: no\nreally, "no"')
    file = tmp_path / f"items.{file_format}"
    run(source, "savings", "export", "--format", file_format, "--out", str(file))
    before = answer(run, source)["items"]
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "other.db"))

    imported = run(source, "savings", "import", str(file))
    again = run(source, "savings", "import", str(file))

    assert imported.stdout == "3 added, 0 tracked already.\n"
    assert again.stdout == "0 added, 3 tracked already.\n"
    assert answer(run, source)["items"] == before
    if file_format == "csv":
        assert ",'=1+1,'-x," in file.read_text()


WRONG_FILES = {
    "a picture.json": (b"\x89PNG\xff", "cannot be read as a file of savings"),
    "a list.json": (b"[1, 2]", "cannot be read as a file of savings"),
    "deep.json": (b"[" * 100_000, "cannot be read as a file of savings"),
    "other columns.csv": (b"name,price\nx,1\n", "cannot be read as a file of savings"),
    "no state.json": (
        b'{"items": [{"title": "x", "recommendation_type": "y", "currency": "USD"}]}',
        "item 1: risk is ''",
    ),
    "no reason.csv": (
        b"title,recommendation_type,currency,state,risk,effort\n"
        b"x,y,USD,pending,low,quick_win\nx,y,USD,rejected,low,quick_win\n",
        "item 2: What is rejected has a reason.",
    ),
    "no amount.csv": (
        b"title,recommendation_type,currency,state,risk,effort,estimated_savings\n"
        b"x,y,USD,pending,low,quick_win,lots\n",
        "no amount of money",
    ),
    "verified by nothing.csv": (
        b"title,recommendation_type,currency,state,risk,effort,implemented_on,"
        b"measured_savings,measured_low,measured_high\n"
        b"x,y,USD,verified,low,quick_win,2026-09-24,5,-20,30\n",
        "a measured saving within an interval above 0",
    ),
    "saved before.csv": (
        b"title,recommendation_type,currency,state,risk,effort,actual_savings\n"
        b"x,y,USD,pending,low,quick_win,300\n",
        "What is pending has saved nothing yet",
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_told_of_in_a_sentence_and_adds_nothing(
    run: Run, tmp_path: Path, name: str
) -> None:
    content, told = WRONG_FILES[name]
    file = tmp_path / name
    file.write_bytes(content)

    refused = run(company(), "savings", "import", str(file))

    assert refused.exit_code == 1
    assert told in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert answer(run, company())["items"] == []


def test_a_currency_is_the_same_however_it_is_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    file.write_text(
        "title,recommendation_type,currency,state,risk,effort,estimated_savings\n"
        "x,y,usd,pending,low,quick_win,5\nx,z,USD,pending,low,quick_win,6\n"
    )

    run(company(), "savings", "import", str(file))

    summary = answer(run, company())["summary"]
    assert isinstance(summary, dict)
    assert (summary["currency"], summary["estimated"]) == ("USD", 11.0)


@pytest.mark.parametrize("known_as", ["99999999999999999999", "0", "\u00b2"])
@pytest.mark.parametrize("command", ["accept", "verify", "history"])
def test_a_number_that_no_item_has_is_told_of_in_a_sentence(
    run: Run, command: str, known_as: str
) -> None:
    shown = run(company(), "savings", command, known_as)

    assert shown.exit_code in (1, 2)
    assert "Error: " in shown.stderr


def test_a_day_of_the_plan_is_taken_back_by_an_empty_text(run: Run) -> None:
    source = company()
    tracked(run, source)
    days = ["--due", "2026-12-01", "--snooze", "2099-01-01"]
    run(source, "savings", "edit", "1", *days)

    run(source, "savings", "edit", "1", "--due", "", "--snooze", "")

    items = answer(run, source)["items"]
    assert isinstance(items, list)
    assert (items[0]["due_on"], items[0]["snoozed_until"]) == (None, None)


def test_a_cost_that_rose_is_not_called_nothing() -> None:
    rose = MeasuredSaving(-50.0, -60.0, -40.0, None, 30, "kept")

    assert interval(rose, "USD") == "costs more, -$60.00 to -$40.00"


def test_items_without_an_account_are_in_no_account_of_a_name(run: Run) -> None:
    source = company()
    tracked(run, source)

    groups = answer(run, source)["by_account"]

    assert isinstance(groups, dict)
    assert set(groups) == {"prod", "(none)"}


def test_a_plan_is_changed_and_taken_back(run: Run) -> None:
    source = company()
    tracked(run, source)
    plan = ["--ticket", "https://tickets/7", "--snooze", "2099-01-01", "--owner", "Ana"]

    run(source, "savings", "edit", "1", *plan)
    snoozed = run(source, "savings").stdout
    run(source, "savings", "edit", "1", "--owner", "")
    refused = run(source, "savings", "edit", "1", "--ticket", "javascript:alert(1)")

    items = answer(run, source)["items"]
    assert isinstance(items, list)
    assert "snoozed  Ana" in snoozed
    assert (items[0]["owner"], items[0]["ticket"]) == (None, "https://tickets/7")
    assert refused.exit_code == 1
    assert "is no link" in refused.stderr


def test_the_history_says_who_did_what(run: Run) -> None:
    source = company()
    tracked(run, source)
    run(source, "savings", "accept", "1", "--owner", "Ana")

    text = run(source, "savings", "history", "1").stdout
    events = json.loads(run(source, "--json", "savings", "history", "1").stdout)

    assert "owner Ana" in text
    assert [event["what"] for event in events["events"]] == [
        "edited",
        "accepted",
        "added",
    ]


def test_names_cannot_steer_the_terminal(run: Run) -> None:
    source = company()
    run(source, "savings", "add", "--title", "\x1b[2Jgone\nnext", "--type", "x")

    shown: list[Result] = [run(source, "savings"), run(source, "savings", "history")]

    assert not any("\x1b" in each.stdout for each in shown)
    assert all("gone next" in each.stdout for each in shown)
