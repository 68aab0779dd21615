"""The command that finds out what is missing: `doctor`."""

from __future__ import annotations

import click

from finops.cli.context import App


@click.command()
@click.pass_obj
def doctor(app: App) -> None:
    """Check each account: who we are there, and what we may read."""
    click.echo(app.workspace.source.name)
