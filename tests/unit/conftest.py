"""Unit tests see none of the settings of the machine they run on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from finops.cli import cli
from finops.sources import CostSource
from tests.command_line import Run

settings.register_profile("unit", deadline=None)
settings.load_profile("unit")  # a busy machine is no reason to fail

OURS = (
    "AI_",
    "ALERT_",
    "ANTHROPIC_",
    "BUDGETS",
    "COST_",
    "FINOPS_",
    "MONTHLY_BUDGET",
    "PYTHON_DOTENV_",
    "RECOMMENDATION_",
    "SAVINGS_DB",
    "SLACK_",
    "SMTP_",
)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Clear what the app reads, and keep it from reading a `.env` file.

    The savings tracker is a new one.
    """
    for name in os.environ:  # noqa: TID251 - to keep it out of the tests
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "savings_tracker.db"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, over a source that a test brings along."""

    def run(source: CostSource, *arguments: str) -> Result:
        monkeypatch.setattr(
            "finops.workspace.opening.open_source", lambda *_, **__: source
        )
        return CliRunner().invoke(cli, arguments, catch_exceptions=False)

    return run
