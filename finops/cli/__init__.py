"""The `finops` command: options that all commands share, and how errors are told.

What is printed on stdout is data; messages go to stderr. The exit code is 0
for an answer, also a partial one, 1 where nothing could be answered, 2 for a
command that was typed wrongly.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import click
from dotenv import load_dotenv

from finops.cli.context import App
from finops.cli.doctor import doctor
from finops.cli.spend import accounts, changes, costs
from finops.errors import FinOpsError


class FinOpsGroup(click.Group):
    """Prints our errors as one line with the remedy, and lets bugs be bugs."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FinOpsError as error:
            message = f"{error} {error.hint}".strip()
            raise click.ClickException(message) from error


@click.group(cls=FinOpsGroup)
@click.option(
    "--source",
    help="demo, aws, a bill (file, glob, folder, s3://...), or an ibis URL "
    "with ?table=.  [default: COST_SOURCE]",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to speak of.  [default: the last complete one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--refresh", is_flag=True, help="Read again what is cached.")
@click.version_option(package_name=None, version="0.1.0", prog_name="finops")
@click.pass_context
def cli(
    ctx: click.Context,
    source: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
    refresh: bool,
) -> None:
    """See, forecast and reduce AWS spend."""
    load_dotenv(override=False)
    ctx.obj = App(
        environ=dict(os.environ) | ({"COST_SOURCE": source} if source else {}),
        as_of=as_of.date() if as_of else None,
        as_json=as_json,
        refresh=refresh,
        now=lambda: datetime.now(UTC),
    )


for command in (accounts, costs, changes, doctor):
    cli.add_command(command)
