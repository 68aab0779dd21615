from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from finops.errors import Problem
from finops.periods import ChargePeriod
from finops.savings import SavingsTracker
from finops.workspace import Scope, Workspace
from finops.workspace.recommendations import recommendations
from tests.command_line import Run
from tests.fakes import BillInMemory, bill
from tests.unit.usage import PERIOD, meter


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SavingsTracker:
    path = tmp_path / "tracker.db"
    monkeypatch.setenv("SAVINGS_DB", str(path))
    return SavingsTracker(path)


@pytest.fixture
def company(tracker: SavingsTracker) -> BillInMemory:
    charges = [
        *meter("EBS:VolumeUsage.gp2", 50.0, resource="vol-1"),
        *meter("NatGateway-Hours", 32.85, resource="nat-1", account="dev"),
        *meter("NatGateway-Bytes", 9.0, resource="nat-2"),
        *meter("BoxUsage:m4.large", 73.0, resource="i-1", account="dev"),
        *meter("BoxUsage:m7g.large", 73.0, resource="i-2"),
    ]
    return BillInMemory(bill(*charges))


def test_the_largest_saving_is_shown_first(run: Run, company: BillInMemory) -> None:
    shown = run(company, "recommend", "--most", "3")

    assert shown.exit_code == 0
    head, _, total, _, *lines = shown.stdout.splitlines()
    assert head.startswith("24 Oct to 22 Nov 2026 (30 days), effective cost")
    assert total == "$103.72 a month in 7 recommendations, overlaps counted once"
    assert lines == [
        "  A month  Account  Region     Risk  Effort     Status  What",
        "   $51.27  dev      us-east-1  low   moderate   new     "
        "Stop the machine i-1 at night and at weekends",
        "   $32.85  dev      us-east-1  high  moderate   new     "
        "Delete the idle NAT gateway nat-1",
        "   $14.60  dev                 high  quick win  new     "
        "Commit to the compute that dev runs at all times",
        "  and 4 more",
    ]


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    answer = json.loads(run(company, "--json", "recommend").stdout)

    [volume] = [one for one in answer["recommendations"] if one["kind"] == "ebs_gp3"]
    assert volume["action"] == "Upgrade"
    assert volume["title"] == "Move the volume vol-1 from gp2 to gp3"
    assert volume["account"] == "prod"
    assert volume["region"] == "us-east-1"
    assert volume["resource_id"] == "vol-1"
    assert volume["estimated_monthly_savings"] == pytest.approx(5.0)
    assert (volume["risk"], volume["effort"]) == ("low", "quick_win")
    assert (volume["source"], volume["status"]) == ("billing", "new")
    assert volume["evidence"][0]["label"] == "Rule"
    assert len(volume["id"]) == 16
    assert answer["total_monthly_savings"] == pytest.approx(103.72, abs=0.01)


def test_where_no_saving_is_known_the_sum_is_not_either(
    run: Run, tracker: SavingsTracker
) -> None:
    traffic = BillInMemory(bill(*meter("NatGateway-Bytes", 9.0)))

    shown = run(traffic, "recommend")

    total = shown.stdout.splitlines()[2]
    assert total == "unknown a month in 1 recommendation, overlaps counted once"


def test_an_unknown_saving_is_unknown_and_not_nothing(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "recommend", "--most", "9")
    answer = json.loads(run(company, "--json", "recommend").stdout)

    [traffic] = [
        one for one in answer["recommendations"] if one["kind"] == "nat_traffic"
    ]
    assert traffic["estimated_monthly_savings"] is None
    assert "  unknown  prod" in shown.stdout


def test_small_savings_can_be_left_out(run: Run, company: BillInMemory) -> None:
    shown = run(company, "recommend", "--min-savings", "20")

    assert "$84.12 a month in 2 recommendations" in shown.stdout
    assert "unknown" not in shown.stdout


def test_what_was_rejected_is_shown_and_not_counted(
    run: Run, company: BillInMemory, tracker: SavingsTracker
) -> None:
    space = Workspace(company, date(2026, 11, 23))
    found = recommendations(space, Scope(period=PERIOD)).found
    [rec_id] = tracker.record([one for one in found if one.kind == "nat_idle"]).values()
    tracker.reject(rec_id=rec_id, reason="A new team moves in next week.")

    shown = run(company, "recommend")
    answer = json.loads(run(company, "--json", "recommend").stdout)

    assert (
        "in 6 recommendations, overlaps counted once, without 1 done or rejected\n"
    ) in shown.stdout
    status = {one["kind"]: one["status"] for one in answer["recommendations"]}
    assert (status["nat_idle"], status["ebs_gp3"]) == ("rejected", "new")
    assert answer["total_monthly_savings"] == pytest.approx(70.87, abs=0.01)


def test_nothing_to_save_is_a_sentence(run: Run, tracker: SavingsTracker) -> None:
    modern = BillInMemory(bill(*meter("EBS:VolumeUsage.gp3", 8.0)))

    shown = run(modern, "recommend")

    assert shown.stdout.endswith("\nNothing was found to save.\n")


def test_what_was_not_looked_for_is_told(run: Run, company: BillInMemory) -> None:
    company.charges = company.charges.drop(columns="ResourceId")

    shown = run(company, "recommend")

    assert shown.exit_code == 0
    assert "Not looked for: Old snapshots" in shown.stderr
    assert "The bill has no resource." in shown.stderr


def test_a_missing_account_is_named(run: Run, company: BillInMemory) -> None:
    company.problems = (Problem("audit", "denied", "AWS denied it.", "Grant it."),)

    shown = run(company, "recommend")
    answer = json.loads(run(company, "--json", "recommend").stdout)

    assert "overlaps counted once (incomplete: without audit)" in shown.stdout
    assert "Missing: audit: AWS denied it. Grant it." in shown.stderr
    assert answer["complete"] is False


def test_an_export_is_added(run: Run, company: BillInMemory, tmp_path: Path) -> None:
    export = tmp_path / "rightsizing.csv"
    export.write_bytes(
        b"Account ID,Account Name,Instance ID,Instance Type,Region,Recommended Action,"
        b"Recommended Instance Type 1,Recommended Instance Type 1 Estimated Savings\r"
        b"111111111111,caf\xe9,i-9,m5.large,US East (Ohio),Modify,t3.large,$(2.31)\r"
    )

    answer = json.loads(
        run(company, "--json", "recommend", "--export", str(export)).stdout
    )

    [one] = [one for one in answer["recommendations"] if one["source"] == "export"]
    assert (one["account"], one["region"]) == ("caf\xe9", "us-east-2")
    assert one["estimated_monthly_savings"] == -2.31
    assert answer["total_monthly_savings"] == pytest.approx(103.72 - 2.31, abs=0.01)


def test_an_export_that_is_not_there_is_an_error(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "recommend", "--export", "nowhere.csv")

    assert shown.exit_code == 1
    assert "nowhere.csv cannot be read: No such file or directory." in shown.stderr


def test_days_that_may_still_change_are_left_out(
    run: Run, company: BillInMemory
) -> None:
    company.restated_days = 2

    shown = run(company, "recommend")

    assert shown.stdout.startswith("24 Oct to 20 Nov 2026 (28 days)")


def test_an_old_snapshot_is_found_by_its_past(run: Run, company: BillInMemory) -> None:
    half_a_year = ChargePeriod(PERIOD.start.replace(month=6), PERIOD.end)
    old = meter("EBS:SnapshotUsage", 5.0, resource="snap-1", days=half_a_year)
    young = meter("EBS:SnapshotUsage", 6.0, resource="snap-2")
    snapshots = BillInMemory(bill(*old, *young))

    answer = json.loads(run(snapshots, "--json", "recommend").stdout)

    [one] = answer["recommendations"]
    assert (one["kind"], one["resource_id"]) == ("ebs_old_snapshot", "snap-1")
    assert one["estimated_monthly_savings"] == pytest.approx(5.0)
