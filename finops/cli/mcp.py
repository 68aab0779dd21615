"""The command that an AI client starts: `mcp`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import click

from finops.cli.context import App
from finops.errors import ConfigurationError

if TYPE_CHECKING:
    from finops.workspace import Scope, Workspace
    from finops.workspace.recommendations import Recommendations


@dataclass(slots=True)
class Days:
    """The workspace of each day, since a client keeps the server for weeks.

    Attributes:
        found: What could be saved, as it was looked up on that day.
    """

    app: App
    opened: dict[date, Workspace] = field(default_factory=dict)
    found: dict[Scope, Recommendations] = field(default_factory=dict)

    def __call__(self) -> Workspace:
        """The workspace as of today."""
        from finops.workspace import open_workspace  # noqa: PLC0415 - loads pandas

        today = self.app.now().date()
        if today not in self.opened:
            self.opened.clear()
            self.found.clear()
            self.opened[today] = open_workspace(
                self.app.settings, now=self.app.now, as_of=self.app.as_of
            )
        return self.opened[today]

    def recommend(self, scope: Scope) -> Recommendations:
        """What could be saved; looked up once a day, since accounts answer slowly."""
        from finops.workspace.recommendations import (  # noqa: PLC0415 - loads pandas
            recommendations,
        )

        settings, space = self.app.settings, self()
        if scope not in self.found:
            self.found[scope] = recommendations(
                space,
                scope,
                exports=settings.recommendation_exports,
                live=(lambda: self.app.live) if settings.kind == "aws" else None,
            )
        return self.found[scope]


@click.command()
@click.pass_obj
def mcp(app: App, /) -> None:
    """Serve read-only tools to an AI client over stdin and stdout (MCP).

    For the configuration of a client, not for a person to type. Needs what is
    listed in requirements-mcp.txt.
    """
    try:
        from finops.mcp.desk import Desk  # noqa: PLC0415 - an extra
        from finops.mcp.server import build_server  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        msg = "The MCP server is not installed."
        hint = "Run: .venv/bin/pip install -r requirements-mcp.txt"
        raise ConfigurationError(msg, hint=hint) from error
    days = Days(app)
    desk = Desk(days, app.settings, days.recommend, app.tracker)
    build_server(desk).run("stdio")
