from __future__ import annotations

import json
from datetime import date

import pytest

from finops.errors import Problem
from finops.periods import DAY, ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

HISTORY = ChargePeriod(date(2026, 8, 1), date(2026, 11, 23))
BURST = ChargePeriod(date(2026, 11, 10), date(2026, 11, 13))


@pytest.fixture
def company() -> BillInMemory:
    return BillInMemory(
        bill(
            *every_day(HISTORY, 40.0, RegionId="us-east-1"),
            *every_day(BURST, 30.0, RegionId="us-east-1"),
            *every_day(HISTORY, 9.0, account="dev", RegionId="eu-west-1"),
        ).astype({"RegionId": "str"})
    )


def test_anomalies_are_told_with_their_impact_and_cause(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "anomalies")

    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[2:] == [
        "1 anomaly, judged by 29 Aug to 22 Nov 2026",
        "",
        "  +$90.00  Amazon RDS in prod",
        "           It cost $90.00 more than expected from 10 to 12 Nov 2026: $210.00, "
        "not $120.00.",
        "           All of this is region us-east-1.",
    ]


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    answer = json.loads(run(company, "--json", "anomalies").stdout)

    [found] = answer["anomalies"]
    assert answer["complete"] is True
    assert (found["start"], found["end"]) == ("2026-11-10", "2026-11-13")
    assert [found[key] for key in ("cost", "expected", "impact")] == pytest.approx(
        [210.0, 120.0, 90.0]
    )
    assert found["score"] > 3.5
    assert (found["direction"], found["ending"]) == ("up", "over")
    assert found["cause"] == {
        "SubAccountId": "111111111111",
        "SubAccountName": "prod",
        "ServiceName": "Amazon RDS",
        "RegionId": "us-east-1",
        "share": 1.0,
    }
    assert found["text"].startswith("Amazon RDS in prod cost $90.00 more")


def test_an_ordinary_period_is_a_sentence(run: Run, company: BillInMemory) -> None:
    shown = run(company, "anomalies", "--end", "2026-11-01")
    answer = json.loads(run(company, "--json", "anomalies", "--days", "3").stdout)

    assert shown.stdout.endswith(
        "Nothing was out of the ordinary, judged by 7 Aug to 22 Nov 2026.\n"
    )
    assert answer["anomalies"] == []


def test_a_part_of_the_bill_can_be_asked_for(run: Run, company: BillInMemory) -> None:
    shown = run(company, "anomalies", "--where", "account=dev")

    assert "Nothing was out of the ordinary" in shown.stdout


def test_who_is_missing_is_told(run: Run, company: BillInMemory) -> None:
    company.problems = (Problem("audit", "denied", "AWS denied it.", "Grant it."),)

    shown = run(company, "anomalies")

    assert "22 Nov 2026 (incomplete: without audit)\n" in shown.stdout
    assert shown.stderr == "Missing: audit: AWS denied it. Grant it.\n"


def test_what_was_never_charged_is_not_called_usual(run: Run) -> None:
    source = BillInMemory(bill(*every_day(HISTORY, 4.0)))

    shown = run(source, "anomalies", "--where", "account=typo")

    assert "Nothing was charged, so nothing can be judged.\n" in shown.stdout


def test_a_short_history_is_an_error_or_a_note(run: Run) -> None:
    week = ChargePeriod(HISTORY.end - 7 * DAY, HISTORY.end)
    three_weeks = ChargePeriod(HISTORY.end - 21 * DAY, HISTORY.end)

    short = run(BillInMemory(bill(*every_day(week, 4.0))), "anomalies")
    longer = run(BillInMemory(bill(*every_day(three_weeks, 4.0))), "anomalies")

    assert short.exit_code == 1
    assert "8 days of cost are needed; found 7." in short.stderr
    assert longer.exit_code == 0
    assert "Only 21 days of history are known" in longer.stderr


def test_hostile_names_stay_on_their_line(run: Run, company: BillInMemory) -> None:
    company.charges["RegionId"] = "us\x1b[31m\nred"

    shown = run(company, "anomalies")

    assert "\x1b" not in shown.stdout
    assert "region us?[31m red." in shown.stdout
