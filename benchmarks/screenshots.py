"""The README's pictures: pages of the running app, on demo data."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from benchmarks.browser import CHARTS, IDLE, browser, server

IMAGES: Final = Path(__file__).parents[1] / "docs" / "images"

PAGES: Final = {"overview": "", "forecast": "forecast"}
"""What each picture is called, and where its page is."""

WIDTH, HEIGHT = 1440, 1000


def main() -> None:
    """Write one picture a page."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with server() as address, browser() as chromium:
        view = chromium.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        for name, path in PAGES.items():
            view.goto(f"{address}/{path}")
            view.wait_for_selector(CHARTS)
            view.wait_for_selector(IDLE)
            view.wait_for_timeout(1500)
            view.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
