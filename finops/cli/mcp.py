"""The command that an AI client starts: `mcp`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import click

from finops.cli.context import App
from finops.errors import ConfigurationError

if TYPE_CHECKING:
    from finops.workspace import Workspace


@dataclass(slots=True)
class Days:
    """The workspace of each day, since a client keeps the server for weeks."""

    app: App
    opened: dict[date, Workspace] = field(default_factory=dict)

    def __call__(self) -> Workspace:
        """The workspace as of today."""
        from finops.workspace import open_workspace  # noqa: PLC0415 - loads pandas

        today = self.app.now().date()
        if today not in self.opened:
            self.opened.clear()
            self.opened[today] = open_workspace(
                self.app.settings, now=self.app.now, as_of=self.app.as_of
            )
        return self.opened[today]


@click.command()
@click.pass_obj
def mcp(app: App, /) -> None:
    """Serve read-only tools to an AI client over stdin and stdout (MCP).

    For the configuration of a client, not for a person to type. Needs what is
    listed in requirements-mcp.txt.
    """
    try:
        from finops.mcp.server import build_server  # noqa: PLC0415 - an extra
        from finops.mcp.tools import Tools  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        msg = "The MCP server is not installed."
        hint = "Run: .venv/bin/pip install -r requirements-mcp.txt"
        raise ConfigurationError(msg, hint=hint) from error
    build_server(Tools(Days(app), app.settings)).run("stdio")
