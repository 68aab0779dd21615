"""Serves the app over a bill in memory: `python -m tests.browser.serve partial 8502`."""

from __future__ import annotations

import sys
from typing import Any

from streamlit.web import cli

from finops.web import session
from finops.workspace import Workspace
from tests.app.fakes import SOURCES, TODAY


def main(name: str, port: str) -> None:
    """Serve the bill of that name on that port of this machine."""
    bill = SOURCES[name]()

    def workspace(*_: Any, **__: Any) -> Workspace:
        return Workspace(bill, TODAY)

    vars(session)["open_workspace"] = workspace
    options = ["--server.port", port, "--server.address", "127.0.0.1"]
    cli.main(["run", "app.py", *options])


if __name__ == "__main__":
    main(*sys.argv[1:])
