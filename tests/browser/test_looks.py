"""Every page looks right: light on a desk, and dark on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.screen import blemishes, cut_short, drawn, faint, follow, sideways

CHARTS = {
    "Overview": 3,
    "Accounts": 2,
    "Explore": 3,
    "Anomalies": 3,
    "Forecast": 2,
    "Budgets": 5,
    "Recommendations": 1,
    "Remediation": 0,
    "Savings": 2,
    "Assistant": 0,
    "Settings": 0,
}


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1440), (True, 390)], ids=["desk", "phone"]
)
def test_pages_fit_their_window_and_can_be_read(
    demo: str, opened: Opened, *, dark: bool, width: int
) -> None:
    page = opened(demo, dark=dark, width=width)
    drawn(page, "Overview", charts=CHARTS["Overview"])

    found = {}
    for name, charts in CHARTS.items():
        follow(page, name, charts=charts)
        unreadable = [*blemishes(page), *cut_short(page), *faint(page)]
        found[name] = (sideways(page), unreadable)

    assert found == dict.fromkeys(CHARTS, (0, []))


@pytest.mark.parametrize(
    ("dark", "colour"), [(False, "rgb(255, 255, 255)"), (True, "rgb(14, 16, 21)")]
)
def test_dark_and_light_follow_the_machine(
    demo: str, opened: Opened, *, dark: bool, colour: str
) -> None:
    page = opened(f"{demo}/settings", dark=dark)

    drawn(page, "Settings")

    expect(page.locator(".stApp")).to_have_css("background-color", colour)


def test_nothing_is_fetched_from_elsewhere(demo: str, opened: Opened) -> None:
    page = opened("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(demo)
    drawn(page, "Overview", charts=CHARTS["Overview"])

    own = (demo, "data:", "blob:")
    assert [address for address in asked if not address.startswith(own)] == []


def test_a_page_is_walked_through_without_a_mouse(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=CHARTS["Overview"])
    follow(page, "Remediation")

    page.get_by_text("Skip to main content").focus()
    reached: list[str] = []
    while "Download this change" not in reached and len(reached) < 200:
        page.keyboard.press("Tab")
        lines = page.evaluate("() => document.activeElement.innerText").splitlines()
        reached.extend(line for line in lines[:5] if line)

    wanted = [
        *("prod", "Usage", "Overview", "Optimize", "Quick wins at low risk"),
        *("Your Terraform", "Download all", "main.tf", "Download this change"),
    ]
    assert list(dict.fromkeys(name for name in reached if name in wanted)) == wanted


def test_a_row_is_picked_without_a_mouse(demo: str, opened: Opened) -> None:
    page = opened(demo)
    drawn(page, "Overview", charts=CHARTS["Overview"])
    follow(page, "Remediation")
    table = page.get_by_test_id("data-grid-canvas").first
    title = page.locator("#glide-cell-2-2").inner_text()
    card = page.locator('[data-testid="stMarkdownContainer"] strong')

    table.focus()
    for key in ("ArrowDown", "ArrowDown", "Shift+Space"):
        page.keyboard.press(key)

    expect(card.filter(has_text=title).first).to_be_visible()
