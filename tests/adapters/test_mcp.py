from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp_types import CallToolResult, ListToolsResult

from finops.errors import PermissionDeniedError, Problem
from finops.mcp.desk import Desk
from finops.mcp.server import build_server
from finops.periods import ChargePeriod
from finops.savings import SavingsTracker
from finops.settings import Settings
from finops.sources import CostSource
from finops.sources.demo import DemoSource
from finops.workspace import Workspace
from finops.workspace.recommendations import recommendations
from tests.command_line import Run
from tests.fakes import BillInMemory, bill, charge, every_day
from tests.unit.conftest import run

__all__ = ["run"]

ROOT = Path(__file__).parents[2]

OCTOBER = ChargePeriod.month_of(date(2025, 10, 1))
NOVEMBER = ChargePeriod.month_of(date(2025, 11, 1))
TODAY = date(2025, 12, 1)
NOW = datetime(2025, 12, 1, 10, tzinfo=UTC)

DAYS = {"start": "2025-11-01", "end_inclusive": "2025-11-30"}

Ask = Callable[..., CallToolResult]


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tracker of a test is nobody else's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "data" / "savings_tracker.db"))


@pytest.fixture
def spent() -> BillInMemory:
    return BillInMemory(
        bill(
            *every_day(OCTOBER, 10.0, service="Amazon EC2"),
            *every_day(NOVEMBER, 12.0, service="Amazon EC2"),
            *every_day(NOVEMBER, 1.004, service="Amazon S3"),
            charge(date(2025, 11, 3), 5.0, service=None),
        )
    )


def asked(source: CostSource, tool: str, **arguments: object) -> CallToolResult:
    """The answer of one tool over `source`."""

    async def call() -> CallToolResult:
        space = Workspace(source, TODAY)
        desk = Desk(
            lambda: space,
            Settings(source="bill.csv"),
            lambda scope: recommendations(space, scope),
            SavingsTracker(now=lambda: NOW, who="a test"),
        )
        async with Client(build_server(desk)) as client:
            return await client.call_tool(tool, arguments)

    return asyncio.run(call())


def answer(source: CostSource, tool: str, **arguments: object) -> dict[str, Any]:
    """What one tool says over `source`."""
    found = asked(source, tool, **arguments)
    assert not found.is_error, found.content
    assert found.structured_content
    return dict(found.structured_content)


def test_every_tool_is_read_only_and_says_what_it_answers() -> None:
    async def listed() -> ListToolsResult:
        asked = partial(pytest.fail, "not asked")
        desk = Desk(asked, Settings(), asked, SavingsTracker())
        async with Client(build_server(desk)) as client:
            return await client.list_tools()

    found = asyncio.run(listed()).tools

    assert [tool.name for tool in found] == [
        *("data_status", "costs", "compare", "forecast", "anomalies"),
        *("recommendations", "budgets", "terraform_for"),
    ]
    for tool in found:
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert tool.description
        assert tool.output_schema


def test_costs_are_grouped_largest_first_and_say_what_they_count(
    spent: BillInMemory,
) -> None:
    found = answer(spent, "costs", group_by="service", **DAYS, top=2)

    assert [(row["value"], row["cost"]) for row in found["rows"]] == [
        ("Amazon EC2", 360.0),
        ("Amazon S3", 30.12),
    ]
    assert found["total"] == 395.12
    assert found["rows_left_out"] == 1
    assert found["counted"]["currency"] == "USD"
    assert found["counted"]["end_inclusive"] == "2025-11-30"


def test_the_tools_and_the_command_line_agree_to_the_cent(
    spent: BillInMemory, run: Run
) -> None:
    typed = json.loads(
        run(
            spent,
            *("--json", "costs", "--by", "service"),
            *("--start", "2025-11-01", "--end", "2025-12-01"),
        ).stdout
    )
    forecast = json.loads(run(spent, "--json", "forecast").stdout)

    costs = answer(spent, "costs", group_by="service", **DAYS)
    ahead = answer(spent, "forecast")

    assert costs["total"] == round(typed["totals"]["EffectiveCost"], 2)
    assert ahead["total"] == round(forecast["total"], 2)
    assert ahead["monthly_run_rate"] == round(forecast["monthly_run_rate"], 2)


def test_a_change_is_against_as_many_days_before(spent: BillInMemory) -> None:
    found = answer(spent, "compare", group_by="service", **DAYS)

    assert found["before_start"] == "2025-10-01"
    assert found["before_end_inclusive"] == "2025-10-30"
    assert (found["before"], found["after"], found["change"]) == (300.0, 395.12, 95.12)


def test_what_could_be_saved_leads_to_its_terraform(run: Run) -> None:
    demo = DemoSource(TODAY)
    typed = json.loads(run(demo, "--json", "--as-of", "2025-11-30", "recommend").stdout)

    found = answer(demo, "recommendations", min_savings=1)

    assert found["total_a_month"] == round(typed["total_monthly_savings"], 2)
    [gp3, *_] = [row for row in found["recommendations"] if row["kind"] == "ebs_gp3"]
    change = answer(demo, "terraform_for", finding_id=gp3["id"])
    assert change["form"] == "terraform"
    assert f'id = "{gp3["resource_id"]}"' in change["files"]["main.tf"]


def test_an_anomaly_is_told_with_its_days(spent: BillInMemory) -> None:
    found = answer(spent, "anomalies", start="2025-11-01", end_inclusive="2025-11-30")

    [new] = [row for row in found["anomalies"] if row["service"] == "Amazon S3"]
    assert new["direction"] == "up"
    assert "is new" in new["text"]


def test_a_finding_that_is_none_is_a_sentence(spent: BillInMemory) -> None:
    found = asked(spent, "terraform_for", finding_id="nothing")

    assert found.is_error
    assert "There is no recommendation with the id" in found.content[0].text  # type: ignore[union-attr]  # errors are text


def test_an_answer_that_lacks_an_account_says_so(spent: BillInMemory) -> None:
    denied = Problem.of(PermissionDeniedError("ce:GetCostAndUsage"), account="dev")
    spent.problems = (denied,)

    found = answer(spent, "costs", group_by="account", **DAYS)

    assert found["counted"]["complete"] is False
    [missing] = found["counted"]["missing"]
    assert missing["account"] == "dev"
    assert "ce:GetCostAndUsage" in missing["remedy"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"group_by": "tag", "tag_key": "team", **DAYS}, "cannot group by Tags.team"),
        ({"group_by": "drop table", **DAYS}, "Input should be"),
        (
            {
                "group_by": "service",
                "start": "2020-01-01",
                "end_inclusive": "2020-02-01",
            },
            "knows nothing of",
        ),
        ({"group_by": "service", **DAYS, "top": 1000}, "less than or equal to 50"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(
    spent: BillInMemory, arguments: dict[str, object], said: str
) -> None:
    found = asked(spent, "costs", **arguments)

    assert found.is_error
    assert said in found.content[0].text  # type: ignore[union-attr]  # errors are text


def test_a_client_talks_to_the_command_over_its_streams(tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "finops", "--source", "demo", "mcp"],
        cwd=str(ROOT),
        env={"PYTHON_DOTENV_DISABLED": "1", "FINOPS_CACHE_DIR": str(tmp_path)},
    )

    async def call() -> CallToolResult:
        async with Client(stdio_client(command)) as client:
            return await client.call_tool("data_status", {})

    found = asyncio.run(call())

    assert found.structured_content
    assert found.structured_content["source"] == "demo data"
