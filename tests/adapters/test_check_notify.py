"""`check --notify` tells people what is news, and is silent when nothing is."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from finops.errors import PermissionDeniedError, Problem
from finops.periods import ChargePeriod
from tests.adapters.receivers import Slack, slack
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day
from tests.unit.conftest import _no_settings, run

__all__ = ["_no_settings", "run", "slack"]

KNOWN = ChargePeriod(date(2026, 9, 1), date(2026, 11, 23))

CHECK = ("--as-of", "2026-11-22", "check", "--notify")


@pytest.fixture
def company(
    slack: Slack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> BillInMemory:
    """Spends more than its budget, and says so to Slack."""
    monkeypatch.setenv("COST_SOURCE", "bill.csv")
    monkeypatch.setenv("MONTHLY_BUDGET", "2500")
    monkeypatch.setenv("SLACK_WEBHOOK_URL", slack.url)
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "savings.db"))
    return BillInMemory(bill(*every_day(KNOWN, 100.0)))


def test_the_first_check_tells_and_the_second_is_silent(
    run: Run, company: BillInMemory, slack: Slack
) -> None:
    first, second = run(company, *CHECK), run(company, *CHECK)

    [posted] = slack.posted
    assert posted["text"] == "Budget at risk: All costs"
    assert "$500.00 (20.0 %) over the budget" in json.dumps(posted["blocks"])
    assert "effective cost" in json.dumps(posted["blocks"])
    assert "Told: Budget at risk: All costs." in first.stderr
    assert (second.stdout, second.stderr) == ("", "")
    assert (first.exit_code, second.exit_code) == (3, 3)


def test_a_budget_that_gets_worse_is_news(
    run: Run,
    company: BillInMemory,
    slack: Slack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(company, *CHECK)
    monkeypatch.setenv("MONTHLY_BUDGET", "1000")

    run(company, *CHECK)

    assert len(slack.posted) == 2


def test_nothing_is_sent_when_all_is_well(
    run: Run,
    company: BillInMemory,
    slack: Slack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")

    told = run(company, *CHECK)

    assert told.exit_code == 0
    assert (told.stdout, told.stderr) == ("", "")
    assert slack.posted == []


def test_an_account_that_stopped_reporting_is_told(
    run: Run,
    company: BillInMemory,
    slack: Slack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    until = ChargePeriod(KNOWN.start, date(2026, 11, 16))
    company.charges = bill(
        *every_day(KNOWN, 90.0), *every_day(until, 10.0, account="dev")
    )

    told = run(company, *CHECK)

    [posted] = slack.posted
    assert posted["text"] == "No costs from dev"
    assert "since 15 Nov 2026" in json.dumps(posted["blocks"])
    assert told.exit_code == 3


def test_an_account_that_cannot_be_read_is_told_with_the_remedy(
    run: Run, company: BillInMemory, slack: Slack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    denied = PermissionDeniedError("ce:GetCostAndUsage")
    company.problems = (Problem.of(denied, account="dev"),)

    told = run(company, *CHECK)

    [posted] = slack.posted
    assert told.exit_code == 3
    assert posted["text"] == "dev could not be read"
    assert "Add ce:GetCostAndUsage to the role" in json.dumps(posted["blocks"])


def test_news_without_anybody_to_tell_is_one_sentence(
    run: Run, company: BillInMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_WEBHOOK_URL")

    told = run(company, *CHECK)

    assert told.exit_code == 1
    assert told.stderr.startswith("Error: There is nobody to tell. Set SLACK_WEBHOOK")


def test_news_that_reached_nobody_is_told_again(
    run: Run, company: BillInMemory, slack: Slack
) -> None:
    slack.status = 500
    assert run(company, *CHECK).exit_code == 1
    slack.status = 200

    run(company, *CHECK)

    assert len(slack.posted) == 2


def test_a_saving_that_did_not_come_is_told(
    run: Run,
    company: BillInMemory,
    slack: Slack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    run(
        company,
        *("savings", "add", "--title", "Downsize", "--type", "rds_rightsize"),
        *("--estimate", "1500", "--account", "prod", "--service", "Amazon RDS"),
    )
    run(company, "savings", "implement", "1", "--on", "2026-10-10")

    told = run(company, *CHECK)

    [posted] = slack.posted
    assert posted["text"] == "Savings that did not come: Downsize"
    assert "where $1,500.00 was expected" in json.dumps(posted["blocks"])
    assert told.exit_code == 3


def test_json_says_what_was_told(run: Run, company: BillInMemory) -> None:
    first = json.loads(run(company, "--json", *CHECK).stdout)
    second = json.loads(run(company, "--json", *CHECK).stdout)

    assert [notice["title"] for notice in first["told"]] == [
        "Budget at risk: All costs"
    ]
    assert (second["told"], second["known"]) == ([], 1)
