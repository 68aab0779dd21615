"""The way to the stand-in for the Claude API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from finops.commentary.claude import Claude
from finops.commentary.client import open_claude
from finops.settings import Settings
from tests.fake_claude import FakeClaude

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)

Opens = Callable[..., Claude]


@pytest.fixture
def api() -> Iterator[FakeClaude]:
    with FakeClaude() as fake:
        yield fake


@pytest.fixture
def opens(api: FakeClaude, tmp_path: Path) -> Iterator[Opens]:
    """Opens the way to the stand-in, with the settings that a test gives."""
    ways: list[Claude] = []

    def opened(**changed: object) -> Claude:
        environ = {"ANTHROPIC_API_KEY": "sk-ant-test", "AI_DAILY_LIMIT": "5.00"}
        given = {name: str(said) for name, said in changed.items()}
        folder = {"FINOPS_CACHE_DIR": str(tmp_path)}
        settings = Settings.from_env(environ | folder | given)
        claude = open_claude(settings, now=lambda: NOW, base_url=api.url)
        assert claude is not None
        ways.append(claude)
        return claude

    yield opened
    for way in ways:
        way.close()


@pytest.fixture
def claude(opens: Opens) -> Claude:
    return opens()
