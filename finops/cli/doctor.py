"""The command that finds out what is missing: `doctor`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App

if TYPE_CHECKING:
    from finops.aws.doctor import Check


@click.command()
@click.pass_obj
def doctor(app: App) -> None:
    """Check each account: who we are there, and what we may read.

    Nothing that AWS charges for is asked. The exit code is 1 where no account
    can be read.
    """
    if app.settings.kind == "aws":
        _check_accounts(app)
    else:
        _check_source(app)


def _check_accounts(app: App) -> None:
    checks = app.live.checks(tell=app.progress)
    spent, limit = app.live.paid_today(), app.settings.daily_limit
    if app.as_json:
        answer = {
            "source": "aws",
            "checks": [asdict(check) for check in checks],
            "paid_today": float(spent),
            "daily_limit": float(limit),
        }
        click.echo(json.dumps(answer, indent=2))
    else:
        click.echo(_checks_text(checks))
        for sentence in app.live.listed.problems:
            click.echo(f"\n  {output.one_line(sentence)}")
        paid = formats.money(float(spent))
        click.echo(f"\nPaid requests today: {paid} of {formats.money(float(limit))}.")
    if not any(check.ok for check in checks if check.feature == "costs"):
        sys.exit(1)


def _checks_text(checks: tuple[Check, ...]) -> str:
    rows = [
        [
            "ok" if check.ok else "FAILS",
            check.account,
            check.account_id or "unknown id",
            check.feature,
            " ".join(f"{check.message} {check.hint}".split()),
        ]
        for check in checks
    ]
    return output.table(rows, align="<<<<<")


def _check_source(app: App) -> None:
    space = app.workspace
    known, dimensions = space.extent, space.source.dimensions
    if app.as_json:
        answer = {
            "source": space.source.name,
            "extent": {"start": str(known.start), "end": str(known.end)},
            "dimensions": list(dimensions),
            "checks": [],
        }
        click.echo(json.dumps(answer, indent=2))
        return
    click.echo(
        f"{output.one_line(space.source.name)} can be read.\n"
        f"  Days        {formats.days(known)}\n"
        f"  Dimensions  {output.one_line(', '.join(dimensions))}"
    )
