"""The command `check` tells a scheduled job whether somebody has to look."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pytest

from finops.errors import PermissionDeniedError, Problem, UnreachableError
from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

KNOWN = ChargePeriod(date(2026, 9, 1), date(2026, 11, 23))

AS_OF = ("--as-of", "2026-11-22")


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> BillInMemory:
    """A hundred dollars a day, of which prod costs ninety."""
    monkeypatch.setenv("COST_SOURCE", "bill.csv")
    return BillInMemory(
        bill(*every_day(KNOWN, 90.0), *every_day(KNOWN, 10.0, account="dev"))
    )


def test_a_budget_that_will_be_passed_needs_attention(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "2500")
    monkeypatch.setenv("BUDGETS", "dev:400")

    shown = run(company, *AS_OF, "check")

    assert shown.exit_code == 3
    assert (
        "November 2026: $3,000.00 projected, $500.00 (20.0 %) over the budget of "
        "$2,500.00; passed in 3 days, on 26 Nov 2026 ("
    ) in shown.stdout
    assert "reduce daily spend by $62.50 a day." in shown.stdout
    assert "FINE" in shown.stdout
    assert shown.stdout.endswith("1 of 4 needs attention.\n")


def test_all_is_well_where_every_budget_holds(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "3500")

    shown = run(company, *AS_OF, "check")

    assert shown.exit_code == 0
    assert shown.stdout.endswith("0 of 3 need attention.\n")


def test_json_has_each_finding_with_its_figures(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETS", "prod:2000")

    answer = json.loads(run(company, *AS_OF, "--json", "check").stdout)

    budget, _, age = answer["findings"]
    assert answer["attention"] is True
    assert (budget["check"], budget["subject"]) == ("budget", "prod")
    assert (budget["severity"], budget["attention"]) == ("critical", True)
    assert budget["limit"] == 2000
    assert budget["projected"] == pytest.approx(2700)
    assert budget["overage_percent"] == pytest.approx(35)
    assert budget["breach_date"] == "2026-11-23"
    assert (age["check"], age["age_days"], age["attention"]) == ("data age", 0, False)


def test_a_rise_of_the_last_days_needs_attention_with_its_cause(
    run: Run, company: BillInMemory
) -> None:
    spike = ChargePeriod(date(2026, 11, 20), date(2026, 11, 22))
    rows = bill(*every_day(spike, 400.0, account="dev", service="AWS Glue"))
    company.charges = pd.concat([company.charges, rows], ignore_index=True)

    answer = json.loads(run(company, *AS_OF, "--json", "check").stdout)

    [rise] = [each for each in answer["findings"] if each["check"] == "anomalies"]
    assert rise["attention"] is True
    assert rise["subject"] == "AWS Glue in dev"
    assert (rise["start"], rise["impact"]) == ("2026-11-20", pytest.approx(800))
    assert rise["cause"]["share"] == pytest.approx(1.0)


def test_old_data_needs_attention(run: Run, company: BillInMemory) -> None:
    shown = run(company, "--as-of", "2026-11-26", "check")

    assert shown.exit_code == 3
    assert (
        "The newest complete day is 22 Nov 2026, 4 days before 26 Nov" in shown.stdout
    )


def test_a_budget_that_could_not_be_checked_needs_attention(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COST_SOURCE", "bill.csv")
    monkeypatch.setenv("MONTHLY_BUDGET", "3500")
    known = ChargePeriod(date(2026, 11, 9), date(2026, 11, 23))

    shown = run(BillInMemory(bill(*every_day(known, 90.0))), *AS_OF, "check")

    assert shown.exit_code == 3
    assert "nor whether the budget holds" in shown.stdout


def test_a_budget_is_not_fine_while_an_account_is_missing(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "3500")
    denied = PermissionDeniedError("ce:GetCostAndUsage")
    company.problems = (Problem.of(denied, account="staging"),)

    shown = run(company, *AS_OF, "check")
    ahead = json.loads(run(company, *AS_OF, "--json", "forecast").stdout)

    assert "FINE  budget" not in shown.stdout
    assert "what staging cost is not known, nor whether" in shown.stdout
    assert ahead["month_end"]["unread"] == ["staging"]
    assert (ahead["budget"]["severity"], ahead["budget"]["overage"]) == (
        "unknown",
        None,
    )


def test_data_beyond_the_day_spoken_of_has_no_age(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "--as-of", "2026-11-10", "check")

    assert "The newest complete day is 22 Nov 2026.\n" in shown.stdout


def test_a_budget_for_what_is_not_on_the_bill_is_not_passed_over(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUDGETS", "prd:2000,tag/team=web:5")

    shown = run(company, *AS_OF, "check")

    assert shown.exit_code == 3
    assert "Not checked: There is a budget for prd" in shown.stderr
    assert "Not checked: the bill cannot group by Tags.team" in shown.stderr


def test_without_a_budget_it_says_how_to_set_one(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, *AS_OF, "check")

    assert shown.exit_code == 0
    assert "MONTHLY_BUDGET sets one." in shown.stdout


def test_a_source_that_cannot_be_read_is_a_failure(
    run: Run, company: BillInMemory
) -> None:
    company.refusal = UnreachableError("No answer from AWS.")

    shown = run(company, *AS_OF, "check")

    assert shown.exit_code == 1
    assert "No answer from AWS." in shown.stderr
