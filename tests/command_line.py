"""How a test runs the command line."""

from __future__ import annotations

from typing import Protocol

from click.testing import Result

from finops.sources import CostSource


class Run(Protocol):
    """Runs a command over a source: `run(source, "accounts", "--days", "7")`."""

    def __call__(self, source: CostSource, *arguments: str) -> Result:
        """What it printed, and its exit code."""
