"""`report` and `optimize`: every question's answer, and what to do next."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from finops.errors import PermissionDeniedError, Problem
from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, charge, every_day
from tests.unit.conftest import _no_settings, run

__all__ = ["_no_settings", "run"]

KNOWN = ChargePeriod(date(2026, 7, 1), date(2026, 11, 23))

AS_OF = ("--as-of", "2026-11-22")

LAST_30 = ChargePeriod.last_days(30, as_of=date(2026, 11, 22))


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> BillInMemory:
    """A hundred dollars a day in two accounts, above its budget."""
    monkeypatch.setenv("COST_SOURCE", "bill.csv")
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "savings.db"))
    monkeypatch.setenv("MONTHLY_BUDGET", "2500")
    return BillInMemory(
        bill(
            *every_day(KNOWN, 90.0),
            *every_day(KNOWN, 10.0, account="dev", service="Amazon EC2"),
        )
    )


def figures(shown: str) -> dict[str, object]:
    return {each["label"]: each["value"] for each in json.loads(shown)["figures"]}


def test_the_report_has_the_lines_of_an_executive_summary(
    run: Run, company: BillInMemory
) -> None:
    run(
        company,
        *("savings", "add", "--title", "Downsize", "--type", "EC2_rightsizing"),
        *("--estimate", "320"),
    )

    found = figures(run(company, "--json", *AS_OF, "report").stdout)

    assert found["Total spend"] == pytest.approx(3000.0)
    assert found["Accounts analysed"] == 2
    assert found["30-day forecast"] == pytest.approx(3000.0, rel=0.01)
    assert found["Monthly run rate"] == pytest.approx(3000.0, rel=0.01)
    assert found["Recommendations tracked"] == 1
    assert found["Implemented"] == 0
    assert found["Pending"] == 1


@pytest.mark.parametrize("command", ["report", "optimize"])
def test_a_part_of_the_bill_is_told_from_the_whole(
    run: Run, company: BillInMemory, command: str
) -> None:
    shown = run(company, *AS_OF, command, "--where", "account=dev").stdout

    _, _, summary = shown.rpartition("usage and purchases, ")
    assert summary.startswith("Account dev, USD")
    assert "as claimed, of all that is tracked" in summary


def test_a_saving_that_nobody_claimed_is_not_taken_for_none(
    run: Run, company: BillInMemory
) -> None:
    for title, actual in (("a", ["--actual", "100"]), ("b", [])):
        run(company, "savings", "add", "--title", title, "--type", "x")
        number = "1" if actual else "2"
        run(company, "savings", "implement", number, *actual)

    shown = run(company, *AS_OF, "report").stdout

    assert "- Actual savings a month: **\\$100.00** (as claimed, 1 unknown)" in shown


def test_the_forecast_says_which_days_it_is_of(run: Run, company: BillInMemory) -> None:
    september = ("--start", "2026-09-01", "--end", "2026-10-01")

    shown = run(company, *AS_OF, "report", *september).stdout

    [line] = [line for line in shown.splitlines() if "30-day forecast" in line]
    assert "(23 Nov to 22 Dec 2026; " in line


def test_nothing_tracked_is_nothing_in_the_currency_of_the_bill(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONTHLY_BUDGET")
    company.charges["BillingCurrency"] = "EUR"

    shown = run(company, *AS_OF, "report").stdout

    assert "- Actual savings a month: **€0.00** (as claimed)" in shown


def test_what_costs_less_than_a_cent_is_no_next_step(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONTHLY_BUDGET")
    credited = every_day(KNOWN, -100.0, service="Credits", ChargeCategory="Credit")
    tiny = [charge(date(2026, 11, 14), 0.001, service="AWS Glue")]
    company.charges = pd.concat(
        [company.charges, bill(*credited, *tiny)], ignore_index=True
    )

    ran = run(company, "--json", *AS_OF, "report", "--charges", "all")

    shown = json.loads(ran.stdout)
    assert figures(ran.stdout)["Total spend"] == pytest.approx(0.0, abs=0.01)
    assert [step for step in shown["next_steps"] if "AWS Glue" in step] == []


def test_what_to_do_next_starts_with_the_budget(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, *AS_OF, "report").stdout

    _, _, after = shown.partition("## What to do next\n\n")
    first, *_ = after.splitlines()
    assert first.startswith(
        "- Spend \\$16.67 a day less. The next 30 days are projected"
    )
    assert "\\$500.00 (20.0 %) over the budget" in first


def test_a_rise_without_a_known_reason_is_a_next_step(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MONTHLY_BUDGET")
    rise = [charge(date(2026, 11, day), 400.0) for day in (14, 15, 16)]
    company.charges = pd.concat([company.charges, bill(*rise)], ignore_index=True)

    shown = json.loads(run(company, "--json", *AS_OF, "report").stdout)

    [first, *_] = shown["next_steps"]
    assert first.startswith("Find out whether this was planned: Amazon RDS in prod")


def test_a_missing_account_is_the_first_thing_to_mend(
    run: Run, company: BillInMemory
) -> None:
    denied = PermissionDeniedError("ce:GetCostAndUsage")
    company.problems = (Problem.of(denied, account="staging"),)

    ran = run(company, "--json", *AS_OF, "report")

    shown = json.loads(ran.stdout)
    assert shown["complete"] is False
    assert shown["next_steps"][0].startswith("Bring staging back: AWS denied")
    assert "Missing: staging: AWS denied ce:GetCostAndUsage." in ran.stderr
    assert ran.exit_code == 0


def test_what_cannot_be_answered_is_told_and_the_rest_goes_on(
    run: Run, company: BillInMemory
) -> None:
    company.charges = company.charges.drop(columns="ServiceName")

    ran = run(company, "--json", *AS_OF, "report")

    shown = json.loads(ran.stdout)
    assert "changes" in [each["step"] for each in shown["failed"]]
    assert figures(ran.stdout)["30-day forecast"] == pytest.approx(3000.0, rel=0.01)
    assert "Not answered: Changes." in ran.stderr


def test_a_budget_in_another_currency_is_told(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "2500 EUR")

    ran = run(company, "--json", *AS_OF, "report")

    assert [each["step"] for each in json.loads(ran.stdout)["failed"]] == ["budget"]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("r.md", "# AWS cost report"),
        ("r.html", "<!doctype html>"),
        ("r.csv", "section,"),
    ],
)
def test_the_file_says_in_which_format_it_is(
    run: Run, company: BillInMemory, tmp_path: Path, name: str, start: str
) -> None:
    ran = run(company, *AS_OF, "report", "--out", str(tmp_path / name))

    assert (tmp_path / name).read_text().startswith(start)
    assert (ran.stdout, ran.exit_code) == ("", 0)


def test_each_format_has_the_same_figures(run: Run, company: BillInMemory) -> None:
    typed = figures(run(company, "--json", *AS_OF, "report").stdout)
    lines = csv.DictReader(
        io.StringIO(run(company, *AS_OF, "report", "--format", "csv").stdout)
    )

    written = {line["item"]: float(line["value"]) for line in lines if line["value"]}

    assert written == {
        label: pytest.approx(value, abs=1e-4) for label, value in typed.items()
    }


@pytest.mark.parametrize("out", ["report.pdf", "report"])
def test_a_file_of_another_kind_is_one_sentence(
    run: Run, company: BillInMemory, tmp_path: Path, out: str
) -> None:
    ran = run(company, *AS_OF, "report", "--out", str(tmp_path / out))

    assert ran.exit_code == 1
    assert "ends in none of md, html, csv." in ran.stderr
    assert not (tmp_path / out).exists()


def test_a_place_that_cannot_be_written_is_one_sentence(
    run: Run, company: BillInMemory, tmp_path: Path
) -> None:
    ran = run(company, *AS_OF, "report", "--out", str(tmp_path / "no" / "r.md"))

    assert ran.exit_code == 1
    assert "cannot be written: No such file or directory." in ran.stderr


def test_the_pipeline_answers_in_the_order_of_its_steps(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, *AS_OF, "optimize", "--ai-forecast", "--auto-remediate").stdout

    places = [
        shown.index(words)
        for words in (
            "1 of 4: Multi-account analysis",
            "Total $3,000.00",
            "2 of 4: Forecast and budget",
            "Budget alert, next 30 days: HIGH",
            "What it means.",
            "3 of 4: Savings and return",
            "4 of 4: Remediation",
            "Executive summary",
            "Annual projection",
            "What to do next",
        )
    ]
    assert places == sorted(places)


def test_a_step_that_fails_is_told_and_the_others_go_on(
    run: Run, company: BillInMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "savings.db").write_text("this is no database, by any means" * 40)

    ran = run(company, "--json", *AS_OF, "optimize")

    accounts, forecast, savings, remediation = json.loads(ran.stdout)["steps"]
    assert accounts["answer"]["total"] == pytest.approx(3000.0)
    assert forecast["answer"]["total"] == pytest.approx(3000.0, rel=0.01)
    assert savings["answer"] is None
    assert savings["problem"]["message"]
    assert (remediation["answer"], remediation["problem"]) == (None, None)
    assert "Not answered: Savings and return." in ran.stderr
    assert ran.exit_code == 0


def test_nothing_is_written_unless_it_is_asked_for(
    run: Run, company: BillInMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    run(company, *AS_OF, "optimize", "--auto-remediate")

    assert not (tmp_path / "remediation").exists()
