"""The app in this process, over any bill in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from finops.commentary import client
from finops.web import session
from finops.workspace import Workspace
from tests.app.fakes import TODAY
from tests.fake_claude import FakeClaude
from tests.fakes import BillInMemory

ROOT = Path(__file__).parents[2]

Open = Callable[[BillInMemory], AppTest]


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's tracker is made once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch, cache_dir: Path) -> AppTest:
    """The app on demo data, before its first run."""
    st.cache_data.clear()
    st.cache_resource.clear()
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    monkeypatch.setenv("COST_SOURCE", "demo")
    monkeypatch.delenv("MONTHLY_BUDGET", raising=False)
    monkeypatch.delenv("BUDGETS", raising=False)
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(cache_dir))
    monkeypatch.delenv("SAVINGS_DB", raising=False)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def opened(app: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Puts a bill in memory behind the app, in place of what is configured."""

    def open_bill(bill: BillInMemory) -> AppTest:
        def workspace(*_: Any, **__: Any) -> Workspace:
            return Workspace(bill, TODAY)

        monkeypatch.setenv("COST_SOURCE", "bill.csv")
        if "SAVINGS_DB" not in os.environ:  # noqa: TID251 - a test may bring its own
            monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "savings_tracker.db"))
        monkeypatch.setattr(session, "open_workspace", workspace)
        return app

    return open_bill


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeClaude]:
    """A key, and the stand-in behind it."""
    real = client.open_claude
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-test")
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path))
    with FakeClaude() as fake:
        monkeypatch.setattr(
            client, "open_claude", lambda *a, **k: real(*a, **k, base_url=fake.url)
        )
        yield fake
