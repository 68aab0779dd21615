"""The `finops` command: options that all commands share, and how errors are told.

What is printed on stdout is data; messages go to stderr. The exit code is 0
for an answer, also a partial one, 1 where nothing could be answered, 2 for a
command that was typed wrongly, 3 where `check` finds what needs attention.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, date, datetime
from typing import Any

import click
from dotenv import load_dotenv

from finops import __version__
from finops.cli import output
from finops.cli.anomalies import anomalies
from finops.cli.ask import ask
from finops.cli.check import check
from finops.cli.context import App
from finops.cli.doctor import doctor
from finops.cli.forecast import forecast
from finops.cli.guard_plan import guard_plan
from finops.cli.mcp import mcp
from finops.cli.optimize import optimize
from finops.cli.recommend import recommend
from finops.cli.remediate import remediate
from finops.cli.report import report
from finops.cli.savings import savings
from finops.cli.scope import Day
from finops.cli.spend import accounts, changes, costs
from finops.errors import FinOpsError


class FinOpsGroup(click.Group):
    """Prints our errors as one line with the remedy, and lets bugs be bugs."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FinOpsError as error:
            message = output.one_line(f"{error} {error.hint}")
            raise click.ClickException(message) from error


@click.group(cls=FinOpsGroup)
@click.option(
    "--source",
    help="demo, aws, a bill (file, glob, folder, s3://...), or an ibis URL "
    "with ?table=.  [default: COST_SOURCE]",
)
@click.option(
    "--as-of",
    type=Day(),
    help="The day to speak of.  [default: the last complete one]",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--refresh", is_flag=True, help="Read again what is cached.")
@click.version_option(version=__version__, prog_name="finops")
@click.pass_context
def cli(
    ctx: click.Context,
    source: str | None,
    as_of: date | None,
    *,
    as_json: bool,
    refresh: bool,
) -> None:
    """See, forecast and reduce AWS spend."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # or a name may be unprintable there
            stream.reconfigure(errors="replace")
    load_dotenv(override=False)
    ctx.obj = App(
        environ=dict(os.environ) | ({"COST_SOURCE": source} if source else {}),
        as_of=as_of,
        as_json=as_json,
        refresh=refresh,
        now=lambda: datetime.now(UTC),
    )


for command in (
    accounts,
    costs,
    changes,
    forecast,
    recommend,
    remediate,
    guard_plan,
    anomalies,
    ask,
    check,
    report,
    optimize,
    doctor,
    mcp,
):
    cli.add_command(command)
cli.add_command(savings)
