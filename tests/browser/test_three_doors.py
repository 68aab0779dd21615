"""The browser, the command line and the tools for AI clients say the same."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from playwright.sync_api import Page, expect

from finops import formats
from tests.browser.conftest import DEMO_ENVIRONMENT, ROOT, Opened
from tests.browser.screen import drawn

COMMAND = ("-m", "finops")

Asked = tuple[str, dict[str, object]]


def typed(*arguments: str) -> str:
    """What a command prints."""
    return subprocess.run(
        [sys.executable, *COMMAND, *arguments],
        cwd=ROOT,
        env=DEMO_ENVIRONMENT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout


def told(*asked: Asked) -> list[dict[str, Any]]:
    """What the tools answer, one after another."""
    server = StdioServerParameters(
        command=sys.executable,
        args=[*COMMAND, "mcp"],
        cwd=str(ROOT),
        env=DEMO_ENVIRONMENT,
    )

    async def answers() -> list[dict[str, Any]]:
        async with Client(stdio_client(server)) as client:
            found = [await client.call_tool(*each) for each in asked]
        return [dict(each.structured_content or {}) for each in found]

    with ThreadPoolExecutor(1) as beside_the_browser:
        return beside_the_browser.submit(asyncio.run, answers()).result()


def downloaded(page: Page) -> tuple[str, str]:
    """The name of the report for a spreadsheet, and what is in it."""
    page.get_by_role("button", name="Report", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV, for").click()
    page.keyboard.press("Escape")
    kept = download.value
    return kept.suggested_filename, Path(kept.path()).read_text()


def to_the_cent(page: Page, label: str) -> str:
    """The amount that a tile tells when one points at its question mark."""
    tile = page.get_by_test_id("stMetric").filter(has_text=label)
    tile.get_by_test_id("stTooltipIcon").hover()
    note = page.get_by_test_id("stTooltipContent")
    expect(note).to_contain_text("$")
    [amount, *_] = re.findall(r"\$[\d,]+\.\d\d", note.inner_text())
    page.mouse.move(0, 0)
    expect(note).to_have_count(0)
    return str(amount)


def figures(report: str) -> dict[str, float]:
    """The figures at the head of a report."""
    rows = csv.DictReader(report.splitlines())
    return {row["item"]: float(row["value"]) for row in rows if row["value"]}


def cents(amount: float) -> Decimal:
    """An amount as it is written."""
    return Decimal(str(round(amount, 2)))


def test_the_three_doors_agree_to_the_cent(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=3)
    spent = to_the_cent(page, "Last 30 days")
    coming = to_the_cent(page, "Next 30 days")
    name, report = downloaded(page)

    costs = json.loads(typed("--json", "costs", "--by", "account"))
    forecast = json.loads(typed("--json", "forecast"))
    tool_costs, tool_forecast, tool_savings = told(
        (
            "costs",
            {
                "group_by": "account",
                "start": costs["period"]["start"],
                "end_inclusive": costs["as_of"],
            },
        ),
        ("forecast", {}),
        ("recommendations", {}),
    )

    assert name == f"aws-cost-report-{costs['as_of']}.csv"
    assert report == typed("report", "--format", "csv")
    figure = figures(report)
    total = costs["totals"]["EffectiveCost"]
    assert spent == formats.money(total, "USD")
    assert cents(figure["Total spend"]) == cents(total) == cents(tool_costs["total"])
    assert coming == formats.money(forecast["total"], "USD")
    assert (
        cents(figure["30-day forecast"])
        == cents(forecast["total"])
        == cents(tool_forecast["total"])
    )
    assert cents(figure["Open savings a month"]) == cents(tool_savings["total_a_month"])
