"""The command that compares a plan with what was reviewed: `guard-plan`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click

from finops.cli import output
from finops.cli.context import App

UNSAFE: Final = 1
"""The exit code for a plan that does what was not reviewed."""


@click.command("guard-plan")
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument(
    "expected", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.pass_obj
def guard_plan(app: App, /, plan: Path, expected: Path) -> None:
    """Refuse a plan of Terraform's that does what was not reviewed.

    PLAN is what `terraform show -json` prints of it, EXPECTED the
    expected-plan.json of the reviewed change. The exit code is 1 if they differ.
    """
    from finops.remediation import expected_plan, guard  # noqa: PLC0415 - loads pydantic

    reviewed = expected_plan.read(output.text_of(expected))
    verdict = guard.judged(guard.read(output.text_of(plan)), reviewed)
    if app.as_json:
        told = {"agrees": verdict.agrees, **output.as_dict(verdict)}
        click.echo(json.dumps(told, indent=2))
    else:
        lines = [*verdict.refusals, *verdict.notes]
        if verdict.agrees:
            lines.append("The plan does what was reviewed, and nothing else.")
        click.echo("\n".join(map(output.one_line, lines)))
    if not verdict.agrees:
        sys.exit(UNSAFE)
