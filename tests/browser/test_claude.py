"""Claude's words in a real browser: asked at a click, checked, and text alone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.adapters.claude.test_forecast_text import claim
from tests.app.test_claude import NARRATIVE
from tests.browser.conftest import DEMO, Opened, serving
from tests.browser.screen import drawn, follow
from tests.fake_claude import FakeClaude, as_json

HOSTILE = "![x](http://b.example/x.png) <b>bold</b> in {{forecast.days}}."


def test_claude_writes_what_holds_and_nothing_else(
    opened: Opened, tmp_path: Path
) -> None:
    with (
        FakeClaude() as api,
        serving(
            *DEMO,
            ANTHROPIC_API_KEY="sk-ant-test",
            ANTHROPIC_BASE_URL=api.url,
            FINOPS_CACHE_DIR=str(tmp_path),
        ) as address,
    ):
        api.will_say(as_json(NARRATIVE | {"trend_analysis": [claim(HOSTILE)]}))
        page = opened(address)
        drawn(page, "Overview", charts=3)
        follow(page, "Forecast", charts=2)
        asked_by_itself = list(api.asked)

        page.get_by_role("button", name=re.compile("at most")).click()
        expect(page.get_by_text("Written by claude-sonnet-5-5")).to_be_visible()

        assert asked_by_itself == []
        expect(page.get_by_text(re.compile("Expect .2,"))).to_be_visible()
        expect(page.get_by_text("99,999")).to_have_count(0)
        expect(page.locator('img[src*="b.example"]')).to_have_count(0)
        expect(page.locator("b", has_text="bold")).to_have_count(0)
        expect(page.locator(".katex")).to_have_count(0)
        expect(page.get_by_test_id("stException")).to_have_count(0)
