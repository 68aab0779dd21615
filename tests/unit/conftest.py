"""Unit tests see none of the settings of the machine they run on."""

from __future__ import annotations

import os

import pytest

OURS = ("AWS_", "FINOPS_", "COST_", "PYTHON_DOTENV_")


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clear what the app reads, and keep it from reading a `.env` file."""
    for name in os.environ:  # noqa: TID251 - to keep it out of the tests
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
