"""The command that writes the executive report: `report`."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from finops.cli.context import App
from finops.cli.recommend import could_save
from finops.cli.scope import scope_options
from finops.errors import ConfigurationError, FinOpsError

if TYPE_CHECKING:
    from finops.workspace.executive import Executive, Installation, Step

FORMATS: Final = ("md", "html", "csv")


@click.command()
@click.option(
    "--format",
    "report_format",
    type=click.Choice(FORMATS),
    help="Markdown, one HTML file with its charts, or a table for a spreadsheet.  "
    "[default: as the file of --out is called, else md]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write, in place of stdout.",
)
@click.option("--send", is_flag=True, help="Send the figures to Slack and by e-mail.")
@scope_options
@click.pass_obj
def report(
    app: App,
    /,
    report_format: str | None,
    out: Path | None,
    *,
    send: bool,
    **scope_asked: Any,
) -> None:
    """Write the executive report: one page of figures, causes and next steps."""
    from finops.report import write  # noqa: PLC0415 - loads pandas
    from finops.workspace import report as made  # noqa: PLC0415 - as above
    from finops.workspace.executive import executive  # noqa: PLC0415 - as above

    found = executive(
        installation(app), app.scope(**scope_asked), tell=lambda step: said(app, step)
    )
    if send:
        _send(app, found)
    elif app.as_json:
        app.print_json(
            found.scope, found.currency, found.accounts.costs, **executive_json(found)
        )
    else:
        wanted: Any = report_format or _format_of(out)
        text = write(made.report(found), wanted)
        if out:
            _write(out, text)
            app.tell(f"Written: {out}")
        else:
            click.echo(text, nl=False)
    tell_failed(app, found)


def installation(app: App) -> Installation:
    """Whom the report asks."""
    from finops.workspace.executive import Installation  # noqa: PLC0415 - loads pandas

    return Installation(
        space=app.workspace,
        settings=app.settings,
        tracker=app.tracker,
        recommend=partial(could_save, app),
        progress=app.progress,
    )


def said(app: App, step: Step) -> None:
    """Tell on a terminal which question is asked."""
    from finops.workspace.executive import TITLES  # noqa: PLC0415 - loads pandas

    app.progress("", TITLES[step])


def executive_json(found: Executive) -> dict[str, Any]:
    """The executive summary for programs."""
    from finops.workspace.next_steps import next_steps  # noqa: PLC0415 - loads pandas
    from finops.workspace.report import figures  # noqa: PLC0415 - as above

    return {
        "complete": found.complete,
        "figures": [asdict(figure) for figure in figures(found)],
        "next_steps": [step.text for step in next_steps(found)],
        "failed": [
            {"step": step, **asdict(problem)} for step, problem in found.failed.items()
        ],
    }


def tell_failed(app: App, found: Executive) -> None:
    """Name on stderr who is missing, and what could not be answered."""
    from finops.workspace.executive import TITLES  # noqa: PLC0415 - loads pandas

    app.tell_problems(found.accounts.costs)
    for step, problem in found.failed.items():
        app.tell(f"Not answered: {TITLES[step]}. {problem}")


def _format_of(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else "md"
    if ending not in FORMATS:
        msg = f"{out} ends in none of {', '.join(FORMATS)}."
        raise ConfigurationError(msg, hint="Say which with --format.")
    return ending


def _write(out: Path, text: str) -> None:
    """Write the whole file, or leave the one that is there as it is."""
    partial = out.with_name(f".{out.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(out)
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror}."
        raise ConfigurationError(msg, hint="Choose another place for --out.") from error


def _send(app: App, found: Executive) -> None:
    from finops.notify import deliver  # noqa: PLC0415 - seldom needed
    from finops.workspace import alerts  # noqa: PLC0415 - loads pandas

    message = alerts.digest(found)
    failures: list[FinOpsError] = deliver(
        message, alerts.channels_of(app.settings), now=app.now()
    )
    app.tell(f"Sent: {message.subject}")
    for failure in failures:
        app.tell(f"Not sent on every way: {failure} {failure.hint}")
