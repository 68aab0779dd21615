"""How long a person waits: a filter change, a page switch, a cold start.

A wait is measured inside the page, from the click to the last change of the
document within a chart. Times are medians of one run, in milliseconds; the
limits are those of an otherwise idle machine with two cores.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]

BROWSERS: Final = ("chromium", "google-chrome", "chromium-browser", "chrome")

FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)

IDLE: Final = '[data-testid="stApp"][data-test-script-state="notRunning"]'

CHARTS: Final = '[data-testid="stVegaLiteChart"] .marks'

MENUS: Final = {"Accounts": "Understand", "Explore": "Understand", "Overview": ""}
"""The pages that are switched between, and the menu that each is in."""

LIMITS: Final = {
    "filter change": 300.0,
    "filter change, never asked before": 1000.0,
    "page switch": 350.0,
    "cold start to the charts": 4000.0,
    "cold start to the whole page": 8000.0,
}
"""Milliseconds at the median."""

MEASURE: Final = """
async ([selector, text]) => {
  const charts = '[data-testid="stVegaLiteChart"]';
  const found = [...document.querySelectorAll(selector)]
    .find(element => element.textContent.trim().endsWith(text));
  let last = 0;
  const observer = new MutationObserver(changes => {
    const drawn = changes.some(change => {
      const node = change.target.nodeType === 1
        ? change.target : change.target.parentElement;
      return node && (node.closest(charts) || node.querySelector(charts));
    });
    if (drawn) last = performance.now();
  });
  observer.observe(document.body, {
    subtree: true, childList: true, attributes: true, characterData: true});
  const start = performance.now();
  found.click();
  const app = document.querySelector('[data-testid="stApp"]');
  for (;;) {
    await new Promise(done => setTimeout(done, 50));
    const now = performance.now();
    const idle = app.getAttribute('data-test-script-state') === 'notRunning';
    if (last && idle && now - last > 500) break;
    if (now - start > 20000) break;
  }
  observer.disconnect();
  return last - start;
}
"""


@dataclass(frozen=True, slots=True)
class RunningApp:
    """The app on demo data, in a process of its own."""

    address: str
    process_id: int
    log: Path


@contextmanager
def server() -> Iterator[str]:
    """The address of the app on demo data."""
    with running_app() as app:
        yield app.address


@contextmanager
def running_app() -> Iterator[RunningApp]:
    """The app on demo data, in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}  # noqa: TID251
    with TemporaryDirectory() as folder:
        log = Path(folder) / "app.log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", "app.py"),
                    *("--server.port", str(port), "--server.address", "127.0.0.1"),
                ],
                cwd=ROOT,
                env=environment | {"COST_SOURCE": "demo", "FINOPS_CACHE_DIR": folder},
                stdout=written,
                stderr=written,
            )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address)
            yield RunningApp(address, process.pid, log)
        finally:
            process.terminate()
            process.wait()


def wait_until_healthy(address: str, *, seconds: float = 30.0) -> None:
    """Return once the server answers.

    Raises:
        TimeoutError: If it does not.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    msg = f"No answer from {address}."
    raise TimeoutError(msg)


def executable() -> str:
    """Where the machine's own Chromium or Chrome is."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("There is no Chromium or Chrome on this machine.")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """The machine's own Chromium or Chrome."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable(), args=[*FLAGS]
        )
        try:
            yield launched
        finally:
            launched.close()


def wait_for_charts(page: Page, count: int) -> None:
    """Wait until so many charts are there."""
    page.wait_for_function(
        "([charts, count]) => document.querySelectorAll(charts).length >= count",
        arg=[CHARTS, count],
    )


def drawn(page: Page, *, charts: int) -> None:
    """Wait until the script is idle and all charts are there."""
    wait_for_charts(page, charts)
    page.wait_for_selector(IDLE)


def waits(page: Page, selector: str, texts: Sequence[str]) -> list[float]:
    """The wait after a click on each element that has one of the texts."""
    return [float(page.evaluate(MEASURE, [selector, text])) for text in texts]


def page_switch(page: Page, name: str) -> float:
    """The wait after a click on a page, whose menu is opened before."""
    if menu := MENUS[name]:
        page.get_by_test_id("stTopNavSection").filter(has_text=menu).click()
        page.get_by_test_id("stTopNavDropdownLink").filter(has_text=name).wait_for()
    return float(page.evaluate(MEASURE, [link_to(name), name]))


def link_to(name: str) -> str:
    """Where the link to a page is: in a menu, or in the bar itself."""
    kind = "stTopNavDropdownLink" if MENUS[name] else "stTopNavLink"
    return f'[data-testid="{kind}"]'


def report(name: str, times: Sequence[float]) -> bool:
    """Print the median and the ninth decile; whether the median is in its limit."""
    median = statistics.median(times)
    ninth = sorted(times)[int(0.9 * (len(times) - 1))]
    limit = LIMITS[name]
    print(
        f"{name:36} p50 {median:6.0f} ms   p90 {ninth:6.0f} ms   "
        f"n {len(times):3}   limit {limit:.0f} ms"
    )
    return median <= limit


def main() -> int:
    """Measure, print, and fail where a median is above its limit."""
    with browser() as launched:
        starts: list[float] = []
        whole: list[float] = []
        for _ in range(3):
            began = time.perf_counter()
            with server() as address:
                page = launched.new_page(viewport={"width": 1440, "height": 1000})
                page.goto(address)
                wait_for_charts(page, 3)
                starts.append(1000 * (time.perf_counter() - began))
                page.wait_for_selector(IDLE)
                whole.append(1000 * (time.perf_counter() - began))
                page.close()
        with server() as address:
            page = launched.new_page(viewport={"width": 1440, "height": 1000})
            page.goto(address)
            drawn(page, charts=3)
            pill = '[data-testid="stSidebar"] button'
            fresh = waits(page, pill, ["prod", "staging", "dev", "prod", "staging"])
            again = waits(page, pill, ["staging", "prod", "dev"] * 7)
            for name in MENUS:
                page_switch(page, name)
            switch = [page_switch(page, name) for name in [*MENUS] * 6]
    good = [
        report("cold start to the charts", starts),
        report("cold start to the whole page", whole),
        report("filter change, never asked before", fresh),
        report("filter change", again),
        report("page switch", switch),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
