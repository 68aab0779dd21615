"""Every page looks right: light and dark, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.screen import blemishes, drawn, follow, sideways

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


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_fit_their_window_and_no_label_touches_another(
    demo: str, opened: Opened, *, dark: bool, width: int
) -> None:
    page = opened(demo, dark=dark, width=width)
    drawn(page, "Overview", charts=CHARTS["Overview"])

    found = {}
    for name, charts in CHARTS.items():
        follow(page, name, charts=charts)
        found[name] = (sideways(page), blemishes(page))

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
