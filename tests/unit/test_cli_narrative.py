"""`forecast --ai` says in sentences what the forecast means."""

from __future__ import annotations

import json
from datetime import date

import pytest

from finops.periods import ChargePeriod
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, every_day

DAYS = ChargePeriod(date(2026, 8, 1), date(2026, 11, 23))


def company() -> BillInMemory:
    rows = [
        *every_day(DAYS, 60.0, service="Amazon EC2"),
        *every_day(DAYS, 25.0, service="Amazon RDS", account="staging"),
    ]
    return BillInMemory(bill(*rows), known=DAYS)


@pytest.fixture(autouse=True)
def _own_cache(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path_factory.mktemp("savings") / "s.db"))


def test_the_narrative_is_part_of_the_json(run: Run) -> None:
    ran = run(company(), "--json", "forecast", "--ai", "--budget", "2000")

    told = json.loads(ran.stdout)["narrative"]
    assert (told["source"], told["model"]) == ("rules", None)
    assert "ANTHROPIC_API_KEY" in told["reason"]
    assert [part["name"] for part in told["sections"]] == [
        "predicted_spend",
        "trend_analysis",
        "risk_factors",
        "budget_alert",
        "recommendations",
        "early_warnings",
        "cost_controls",
    ]
    first = told["sections"][0]["sentences"][0]
    assert first["text"] == (
        "The next 30 days, from 23 Nov 2026 to 22 Dec 2026, are expected to cost $2,550."
    )
    assert first["facts"]["forecast.total"] == "$2,550"


def test_without_ai_there_is_no_narrative(run: Run) -> None:
    ran = run(company(), "--json", "forecast")

    assert "narrative" not in json.loads(ran.stdout)


def test_the_sections_stand_under_the_figures(run: Run) -> None:
    ran = run(company(), "forecast", "--ai", "--budget", "2000")

    assert "What it means. Written from your data by fixed rules." in ran.stdout
    assert "\nBudget alert\n  The budget of $2,000 a month is expected" in ran.stdout
