"""The command `forecast` says what comes, and whether the budget holds."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from finops.cli import cli
from finops.errors import PermissionDeniedError, Problem
from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

KNOWN = ChargePeriod(date(2026, 8, 1), date(2026, 11, 23))

KEYS = {
    *("total", "daily_average", "monthly_run_rate", "trend_percent"),
    *("volatility_percent", "confidence", "interval", "daily", "method", "backtest"),
    *("assumptions", "budget", "month_end"),
}
BUDGET_KEYS = {
    *("limit", "projected", "overage", "overage_percent", "severity", "days_left"),
    *("breach_date", "breach_early", "breach_late", "probability", "reduce_per_day"),
}


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> BillInMemory:
    """A hundred dollars a day, of which prod costs ninety."""
    monkeypatch.setenv("COST_SOURCE", "bill.csv")
    return BillInMemory(
        bill(
            *every_day(KNOWN, 90.0, service="Amazon Elastic Compute Cloud"),
            *every_day(KNOWN, 10.0, account="dev", service=None),
        )
    )


def answer(run: Run, source: BillInMemory, *options: str) -> Any:
    """What `forecast` says as JSON."""
    return json.loads(run(source, "--json", "forecast", *options).stdout)


def test_the_text_has_every_line_that_people_expect(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "forecast", "--budget", "2500")

    assert shown.exit_code == 0
    for line in (
        "Forecast of 23 Nov to 22 Dec 2026 (30 days), effective cost, usage and "
        "purchases, USD, the bill",
        "  Projected spend   $3,000.00",
        "  Daily average     $100.00",
        "  Monthly run rate  $3,000.00",
        "  Trend             stable, 0.0 %",
        "  Volatility        0.0 %",
        "Assumptions",
        "How the recipe did here",
        "Budget alert, next 30 days: HIGH",
        "  Budget      $2,500.00, projected $3,000.00",
        "  Overage     $500.00 (20.0 %) over the budget",
        "  To save it  reduce daily spend by $16.67 a day",
        "November 2026: HIGH",
        "  To date     $2,200.00, with 8 days to come",
    ):
        assert line in shown.stdout.splitlines()
    assert "Confidence        High." in shown.stdout
    assert "  Exceeded    in 25 days, on 18 Dec 2026 (" in shown.stdout


def test_days_that_are_not_final_are_told_of_where_they_are_counted(
    run: Run, company: BillInMemory
) -> None:
    company.restated_days = 2

    shown = run(company, "forecast").stdout

    to_date = (
        "  To date    $2,200.00, with 8 days to come; the last 2 days may still rise"
    )
    assert to_date in shown.splitlines()


def test_json_has_every_part_of_the_contract(run: Run, company: BillInMemory) -> None:
    found = answer(run, company, "--budget", "2500")

    assert set(found) >= KEYS
    assert set(found["budget"]) == BUDGET_KEYS
    assert set(found["month_end"]) == BUDGET_KEYS | {
        *("start", "end", "missing", "unread", "to_date", "days_ahead", "interval")
    }
    assert found["period"] == {"start": "2026-11-23", "end": "2026-12-23"}
    assert len(found["daily"]) == 30
    assert set(found["daily"][0]) == {
        *("date", "cost", "low80", "high80", "low95", "high95")
    }
    assert found["total"] == pytest.approx(3000)
    assert found["interval"]["95"][0] <= found["interval"]["80"][0] <= found["total"]
    assert found["backtest"]["mean_error_percent"] == pytest.approx(0, abs=0.01)
    assert found["month_end"]["to_date"] == pytest.approx(2200)
    assert found["month_end"]["projected"] == pytest.approx(3000)
    assert found["budget"]["breach_date"] == "2026-12-18"


def test_without_a_budget_there_is_no_alert(run: Run, company: BillInMemory) -> None:
    found = answer(run, company)

    assert found["budget"] is None
    assert found["month_end"]["limit"] is None
    assert found["month_end"]["projected"] == pytest.approx(3000)


def test_the_budget_of_the_settings_is_for_what_it_names(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "2500")
    monkeypatch.setenv("BUDGETS", "prod:1500,service/Amazon EC2:2000")

    limits = [
        (found := answer(run, company, *options))["budget"] and found["budget"]["limit"]
        for options in (
            [],
            ["--where", "account=prod"],
            ["--where", "service=Amazon Elastic Compute Cloud"],
            ["--where", "account=dev"],
        )
    ]

    assert limits == [2500, 1500, 2000, None]


def test_parts_add_up_to_the_total(run: Run, company: BillInMemory) -> None:
    found = answer(run, company, "--by", "service")

    assert [row["ServiceName"] for row in found["rows"]] == [
        "Amazon Elastic Compute Cloud",
        None,
    ]
    assert sum(row["total"] for row in found["rows"]) == pytest.approx(found["total"])
    assert found["rows"][0]["before"] == pytest.approx(2700)


def test_parts_are_shown_largest_first(run: Run, company: BillInMemory) -> None:
    shown = run(company, "forecast", "--by", "account").stdout

    rows = [line.split() for line in shown.splitlines() if line.startswith("   ")]
    assert rows[:2] == [
        ["$2,700.00", "$2,700.00", "prod"],
        ["$300.00", "$300.00", "dev"],
    ]


def test_the_days_ahead_can_be_chosen(run: Run, company: BillInMemory) -> None:
    found = answer(run, company, "--days", "90", "--budget", "2500")

    assert len(found["daily"]) == 90
    assert found["total"] == pytest.approx(9000)
    assert found["budget"]["projected"] == pytest.approx(3000)


def test_the_linear_trend_is_there_to_compare_with(
    run: Run, company: BillInMemory
) -> None:
    found = answer(run, company, "--method", "linear")

    assert found["method"] == "linear"
    assert found["linear"]["total"] == pytest.approx(found["total"])


def test_a_budget_in_another_currency_is_refused(
    run: Run, company: BillInMemory
) -> None:
    shown = run(company, "forecast", "--budget", "EUR 100")

    assert shown.exit_code == 1
    assert "is in EUR, the bill in USD" in shown.stderr


def test_a_budget_that_is_no_amount_is_refused(run: Run, company: BillInMemory) -> None:
    shown = run(company, "forecast", "--budget", "much")

    assert shown.exit_code == 1
    assert "--budget has the amount 'much'" in shown.stderr


def test_nothing_charged_is_a_sentence(run: Run, company: BillInMemory) -> None:
    empty = BillInMemory(company.charges.head(0), known=KNOWN)

    shown = run(empty, "forecast")

    assert shown.exit_code == 1
    assert shown.stderr.startswith("Error: ")


def test_a_missing_account_is_named_beside_the_total(
    run: Run, company: BillInMemory
) -> None:
    denied = PermissionDeniedError("ce:GetCostAndUsage")
    company.problems = (Problem.of(denied, account="audit"),)

    shown = run(company, "forecast")

    assert "$3,000.00 (incomplete: without audit)" in shown.stdout
    assert "Missing: audit: AWS denied" in shown.stderr


def test_two_currencies_are_never_added(run: Run, company: BillInMemory) -> None:
    euros = bill(*every_day(KNOWN, 5.0, account="eu", BillingCurrency="EUR"))
    both = BillInMemory(pd.concat([company.charges, euros]))

    shown = run(both, "forecast")

    assert shown.exit_code == 1
    assert "cannot be added" in shown.stderr


def test_the_demo_tells_of_a_budget_that_does_not_hold() -> None:
    options = ["--source", "demo", "--as-of", "2026-11-22", "--json", "forecast"]

    found = json.loads(CliRunner().invoke(cli, options).stdout)

    assert found["total"] == pytest.approx(2850, rel=0.03)
    assert found["budget"]["limit"] == 2500
    assert found["budget"]["overage_percent"] == pytest.approx(14, abs=3)
    assert found["budget"]["severity"] == "high"
    assert found["budget"]["days_left"] == pytest.approx(26, abs=1)
