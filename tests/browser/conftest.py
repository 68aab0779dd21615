"""A real server, and the machine's own browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

ROOT: Final = Path(__file__).parents[2]

BROWSERS: Final = ("chromium", "google-chrome", "chromium-browser", "chrome")

FLAGS: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)

HARMLESS: Final = "_stcore"
"""A deep link makes Streamlit look for itself below the page; it then finds itself."""

ENVIRONMENT: Final = {
    name: value
    for name, value in os.environ.items()  # noqa: TID251 - for the server
    if not name.startswith(("AWS_", "COST_", "FINOPS_", "MONTHLY_", "BUDGETS"))
}

CACHE: Final = TemporaryDirectory(prefix="finops-browser-")
"""The demo's tracker of these tests is nobody else's; gone when they end."""

DEMO_ENVIRONMENT: Final = ENVIRONMENT | {
    "COST_SOURCE": "demo",
    "FINOPS_CACHE_DIR": CACHE.name,
    "PYTHON_DOTENV_DISABLED": "1",
}
"""Of the app on demo data."""

expect.set_options(timeout=20_000)  # a busy machine draws late

Opened = Callable[..., Page]

Over = Callable[[str], str]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark all tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def executable() -> str:
    """Where Chromium or Chrome is; on a machine without, these tests are left out."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and ENVIRONMENT.get("CI"):
        pytest.fail("There is no Chromium or Chrome, and CI leaves nothing out.")
    if found is None:
        pytest.skip("There is no Chromium or Chrome here: nothing was driven.")
    return found


@pytest.fixture(scope="module")
def browser(executable: str) -> Iterator[Browser]:
    """The machine's browser, closed before other files' tests run.

    While it is open, an event loop runs in this thread, which tests of
    asyncio, and Python's own parser, do not bear.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=[*FLAGS])
        yield launched
        launched.close()


@contextmanager
def serving(*command: str, **environment: str) -> Iterator[str]:
    """The app, started anew by a command that takes a port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    process = subprocess.Popen(
        [sys.executable, "-m", *(part.format(port=port) for part in command)],
        cwd=ROOT,
        env=DEMO_ENVIRONMENT | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


DEMO: Final = (
    *("streamlit", "run", "app.py"),
    *("--server.port", "{port}", "--server.address", "127.0.0.1"),
)


@pytest.fixture(scope="session")
def demo(executable: str) -> Iterator[str]:
    """The address of the app on demo data."""
    with serving(*DEMO) as address:
        yield address


@pytest.fixture(scope="session")
def over() -> Iterator[Over]:
    """Starts the app over a bill in memory, once per bill; its address."""
    with ExitStack() as stack:
        addresses: dict[str, str] = {}

        def address(name: str) -> str:
            if name not in addresses:
                command = ("tests.browser.serve", name, "{port}")
                addresses[name] = stack.enter_context(serving(*command))
            return addresses[name]

        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """Opens an address in a fresh window; nothing may go wrong in its console."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_address(
            address: str, *, width: int = 1440, height: int = 1000, dark: bool = False
        ) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
            )
            stack.callback(context.close)
            page = context.new_page()
            page.on("console", lambda message: complaints.extend(_errors(message)))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.goto(address)
            return page

        yield open_address
    assert complaints == []


def _errors(message: ConsoleMessage) -> list[str]:
    if message.type != "error" or HARMLESS in message.location.get("url", ""):
        return []
    return [message.text]


def _wait_until_healthy(address: str, *, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"No answer from {address}.")
