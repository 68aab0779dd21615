"""The commands about the savings tracker: `savings`, and what is done to its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from finops.cli import output
from finops.cli.context import App
from finops.cli.savings_files import export, import_
from finops.cli.savings_items import (
    ITEM_ID,
    accept,
    add,
    edit,
    implement,
    item_id,
    reject,
    reopen,
    tell_item,
)
from finops.cli.savings_text import (
    NOT_ASKED,
    dashboard,
    groups_json,
    history_text,
    item_json,
    summary_json,
)

if TYPE_CHECKING:
    from finops.analysis.realization import MeasuredSaving, NotMeasurable
    from finops.workspace.realization import Change
    from finops.workspace.savings import Savings


@click.group(invoke_without_command=True)
@click.option(
    "--measure/--no-measure",
    default=True,
    show_default=True,
    help="Look into the bill for what each implemented item saves.",
)
@click.pass_context
def savings(ctx: click.Context, *, measure: bool) -> None:
    """Show what was saved: estimated, claimed and measured.

    Its commands take the number of an item; accept and reject also take the id
    of a recommendation, and track it.
    """
    if ctx.invoked_subcommand is not None:
        return
    app: App = ctx.obj
    found = _found(app, measure=measure)
    app.tell(f"Tracker: {app.tracker.path}{_whose(app)}")
    if app.as_json:
        app.print_object(
            **_head(app, found, measure=measure),
            summary=summary_json(found.summary),
            **groups_json(found),
            items=[item_json(saving) for saving in found.items],
        )
    else:
        click.echo(dashboard(found, app.settings.metric, app.now().date()))
    for problem in found.problems:
        app.tell(f"Missing: {problem}")


def _found(app: App, *, measure: bool) -> Savings:
    from finops.analysis.realization import NotMeasurable  # noqa: PLC0415 - pandas
    from finops.workspace.realization import measured_saving  # noqa: PLC0415 - as above
    from finops.workspace.savings import savings as look_up  # noqa: PLC0415 - as above

    def measured(change: Change) -> MeasuredSaving | NotMeasurable:
        if not measure:
            return NotMeasurable(NOT_ASKED)
        return measured_saving(
            app.workspace, change, metric=app.settings.metric, progress=app.progress
        )

    return look_up(app.tracker.items(), measured)


def _head(app: App, found: Savings, *, measure: bool) -> dict[str, Any]:
    """What every answer says about itself; without the bill where it is not read."""
    read = measure and not found.problems
    as_of = app.workspace.as_of if read else app.as_of or app.now().date()
    extent = app.workspace.extent if read else None
    return {
        "as_of": as_of,
        "period": {"start": extent.start, "end": extent.end} if extent else None,
        "currency": found.summary.currency,
        "metric": app.settings.metric,
        "source": app.workspace.source.name if read else app.settings.source,
        "complete": not found.problems,
        "problems": [output.as_dict(problem) for problem in found.problems],
    }


def _whose(app: App) -> str:
    from finops.workspace.savings import is_demo  # noqa: PLC0415 - loads pandas

    if not is_demo(app.settings):
        return ""
    return " (the demo company's: what you change in it is forgotten tomorrow)"


@savings.command()
@item_id
@click.pass_obj
def verify(app: App, /, rec_id: int) -> None:
    """Keep what the bill shows, if it shows a saving."""
    from finops.workspace.savings import verify as keep  # noqa: PLC0415 - pandas

    app.tracker.item(rec_id)
    [saving] = [s for s in _found(app, measure=True).items if s.item.id == rec_id]
    keep(app.tracker, saving)
    tell_item(app, rec_id, "verified")


@savings.command()
@click.argument("rec_id", metavar="[ID]", type=ITEM_ID, required=False)
@click.pass_obj
def history(app: App, /, rec_id: int | None) -> None:
    """Show who did what, the latest first."""
    events = app.tracker.events(rec_id)
    if app.as_json:
        app.print_object(events=[output.as_dict(event) for event in events])
    else:
        click.echo(history_text(events))


for command in (add, accept, edit, implement, reject, reopen, export, import_):
    savings.add_command(command)
