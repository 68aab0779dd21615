"""The whole pipeline in one command: `optimize`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from finops.cli import output
from finops.cli.context import App
from finops.cli.forecast import forecast
from finops.cli.remediate import remediate
from finops.cli.report import executive_json, installation, tell_failed
from finops.cli.savings import savings
from finops.cli.scope import scope_options
from finops.cli.spend import accounts
from finops.errors import FinOpsError, Problem

if TYPE_CHECKING:
    from finops.workspace.executive import Executive

FOLDER: Final = "remediation"

NOT_ASKED: Final = (
    "Not asked for: --auto-remediate says what would be written for the quick wins at "
    "low risk, and --generate-terraform writes it."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One command of the pipeline, with its options; without one it says why."""

    title: str
    command: click.Command | None
    options: dict[str, Any] = field(default_factory=dict)


@click.command()
@click.option("--ai-forecast", is_flag=True, help="Say what the forecast means.")
@click.option(
    "--auto-remediate",
    is_flag=True,
    help="Say what would be written for the quick wins at low risk.",
)
@click.option(
    "--generate-terraform",
    is_flag=True,
    help="Write it into the folder of --out, and check it. Nothing is applied.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=FOLDER,
    show_default=True,
    help="Where --generate-terraform writes one folder for each change.",
)
@scope_options
@click.pass_context
def optimize(
    ctx: click.Context,
    /,
    out: Path,
    *,
    ai_forecast: bool,
    auto_remediate: bool,
    generate_terraform: bool,
    **scope_asked: Any,
) -> None:
    """Run everything in order, ending in the executive summary.

    Accounts and what stands out between them; the forecast and the budget; what
    was saved; what to change. A step that fails is told, and the others go on.
    """
    counting = {name: scope_asked[name] for name in ("metric", "charges", "where")}
    remediation = Step(
        "Remediation",
        remediate if auto_remediate or generate_terraform else None,
        {"auto_remediate": True, "out": out if generate_terraform else None}
        | scope_asked,
    )
    steps = [
        Step("Multi-account analysis", accounts, scope_asked),
        Step("Forecast and budget", forecast, {"ai": ai_forecast} | counting),
        Step("Savings and return", savings),
        remediation,
    ]
    app: App = ctx.obj
    answers = list(_run(ctx, app, steps))
    found = _executive(app, scope_asked)
    if app.as_json:
        app.print_json(
            found.scope,
            found.currency,
            found.accounts.costs,
            steps=answers,
            **executive_json(found),
        )
    else:
        click.echo(_summary_text(found))
    tell_failed(app, found)


def _run(ctx: click.Context, app: App, steps: list[Step]) -> Iterator[dict[str, Any]]:
    """Run each step; what it answers as JSON, or why it does not."""
    for number, step in enumerate(steps, 1):
        head = f"{number} of {len(steps)}: {step.title}"
        if app.as_json:
            app.tell(head)
        else:
            click.echo(f"{_underlined(head)}\n")
        yield {"title": step.title} | _answer(ctx, app, step)
        if not app.as_json:
            click.echo()


def _answer(ctx: click.Context, app: App, step: Step) -> dict[str, Any]:
    if step.command is None:
        if not app.as_json:
            click.echo(NOT_ASKED)
        return {"answer": None, "problem": None}
    printed = io.StringIO()
    try:
        if app.as_json:
            with redirect_stdout(printed):
                ctx.invoke(step.command, **step.options)
        else:
            ctx.invoke(step.command, **step.options)
    except FinOpsError as error:
        problem = Problem.of(error)
        app.tell(f"Not answered: {step.title}. {problem}")
        if not app.as_json:
            click.echo(output.one_line(f"This could not be answered. {problem}"))
        return {"answer": None, "problem": asdict(problem)}
    answer = json.loads(printed.getvalue()) if app.as_json else None
    return {"answer": answer, "problem": None}


def _executive(app: App, scope_asked: dict[str, Any]) -> Executive:
    from finops.workspace.executive import executive  # noqa: PLC0415 - loads pandas

    return executive(installation(app), app.scope(**scope_asked))


def _summary_text(found: Executive) -> str:
    from finops.workspace.next_steps import next_steps  # noqa: PLC0415 - loads pandas
    from finops.workspace.report import figures, scope_text  # noqa: PLC0415 - as above

    rows = [[figure.label, figure.text, figure.note] for figure in figures(found)]
    steps = [f"  {n}. {step.text}" for n, step in enumerate(next_steps(found), 1)]
    parts = [
        _underlined("Executive summary"),
        output.one_line(scope_text(found)),
        output.table(rows, align="<><"),
        "\n".join(["What to do next", *map(output.printable, steps)]) if steps else "",
    ]
    return "\n\n".join(filter(None, parts))


def _underlined(head: str) -> str:
    return f"{head}\n{'=' * len(head)}"
