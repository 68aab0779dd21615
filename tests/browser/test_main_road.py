"""The road a person takes: look, narrow down, share, keep."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DEMO, Opened, Over, serving
from tests.browser.screen import CHART, drawn, follow, pick_row

OVERVIEW, ACCOUNTS, EXPLORE, FORECAST, BUDGETS = 3, 2, 3, 2, 5
"""How many charts each page has."""


def period(page: Page) -> str:
    """The period that the sidebar says."""
    boxes = page.get_by_test_id("stSidebar").get_by_test_id("stSelectbox")
    return boxes.first.locator("input").input_value()


def test_every_page_is_a_click_away(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=OVERVIEW)

    follow(page, "Accounts", charts=ACCOUNTS)
    follow(page, "Explore", charts=EXPLORE)
    follow(page, "Forecast", charts=FORECAST)
    follow(page, "Budgets", charts=BUDGETS)
    follow(page, "Settings")
    follow(page, "Overview", charts=OVERVIEW)

    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_filter_changes_the_figures_and_the_link(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=OVERVIEW)
    whole = page.get_by_test_id("stMetricValue").first.inner_text()

    page.get_by_role("button", name="staging").click()

    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(whole)
    expect(page).to_have_url(re.compile(r"accounts=staging"))


def test_a_link_shows_what_its_sender_saw(demo: str, opened: Opened) -> None:
    page = opened(f"{demo}/accounts?period=Last+7+days&accounts=prod&accounts=dev")

    drawn(page, "Accounts", charts=ACCOUNTS)

    assert period(page) == "Last 7 days"
    expect(page.get_by_text("for 2 accounts")).to_be_visible()


def test_the_first_visitor_of_a_new_server_may_follow_a_link(
    browser: Browser,
) -> None:
    with serving(*DEMO) as address, browser.new_page() as page:
        page.goto(f"{address}/accounts?period=Last+7+days")

        drawn(page, "Accounts", charts=ACCOUNTS)

        expect(page.get_by_text("Page not found")).to_have_count(0)
        assert period(page) == "Last 7 days"


def test_a_service_is_followed_down_to_a_resource(demo: str, opened: Opened) -> None:
    page = opened(f"{demo}/?accounts=prod")
    drawn(page, "Overview", charts=OVERVIEW)

    pick_row(page, "top_services", 0)
    drawn(page, "Explore", charts=EXPLORE)
    expect(page.get_by_text("By usage type").first).to_be_visible()
    pick_row(page, "groups", 1)
    expect(page.get_by_text("By resource").first).to_be_visible()

    expect(page).to_have_url(re.compile("where=service.*where=usage_type.*by=Resource"))
    expect(page).to_have_url(re.compile("accounts=prod"))
    again = opened(page.url)
    drawn(again, "Explore", charts=EXPLORE)
    expect(again.get_by_text("By resource").first).to_be_visible()


def test_a_step_down_can_be_taken_back(demo: str, opened: Opened) -> None:
    page = opened(f"{demo}/explore")
    drawn(page, "Explore", charts=EXPLORE)

    pick_row(page, "groups", 0)
    expect(page.get_by_text("By service").first).to_be_visible()
    page.get_by_test_id("stMultiSelect").get_by_role("button", name="Clear").click()

    expect(page).not_to_have_url(re.compile("where="))


def test_what_is_shown_can_be_kept_as_a_file(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=OVERVIEW)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()

    text = Path(download.value.path()).read_text()
    assert download.value.suggested_filename.startswith("costs 20")
    assert text.splitlines()[0].startswith("ChargePeriodStart,SubAccountId,")
    assert ",prod," in text


def test_pointing_at_a_day_tells_all_its_figures(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=OVERVIEW)
    box = page.locator(".st-key-cost_over_time_chart svg.marks").bounding_box()
    assert box

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.mouse.move(box["x"] + box["width"] / 2 + 2, box["y"] + 102)

    tooltip = page.locator("#vg-tooltip-element")
    expect(tooltip).to_contain_text("Total")
    expect(tooltip).to_contain_text("staging")


def test_a_change_is_switched_on_and_shared(demo: str, opened: Opened) -> None:
    page = opened(f"{demo}/forecast")
    drawn(page, "Forecast", charts=FORECAST)
    plain = page.get_by_test_id("stMetricValue").first.inner_text()

    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Switch on").click()

    expect(page.get_by_test_id("stMetricValue").first).not_to_have_text(plain)
    expect(page).to_have_url(re.compile(r"change=all"))
    again = opened(page.url)
    drawn(again, "Forecast", charts=FORECAST)
    expect(again.get_by_text("Everything +10.0 %")).to_be_visible()


def test_the_overview_leads_to_the_budgets_that_will_not_hold(
    demo: str, opened: Opened
) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=OVERVIEW)

    expect(page.get_by_text("All costs lands at")).to_be_visible()
    page.get_by_role("link", name="will not hold").click()

    drawn(page, "Budgets", charts=BUDGETS)


def test_names_from_outside_are_text(over: Over, opened: Opened) -> None:
    page = opened(over("hostile"))
    drawn(page, "Overview", charts=OVERVIEW)
    follow(page, "Accounts", charts=ACCOUNTS)

    shown = page.get_by_text("[a](http", exact=False).filter(visible=True)
    expect(shown.first).to_be_visible()
    expect(page.locator('a[href*="b.example"]')).to_have_count(0)
    expect(page.locator(".katex")).to_have_count(0)
    expect(page.locator("b", has_text="bold")).to_have_count(0)


def test_a_missing_account_is_named_above_the_figures(
    over: Over, opened: Opened
) -> None:
    page = opened(over("partial"))
    drawn(page, "Overview", charts=OVERVIEW)

    expect(page.get_by_text("AWS denied ce:GetCostAndUsage.")).to_be_visible()
    expect(page.locator(CHART)).to_have_count(OVERVIEW)
