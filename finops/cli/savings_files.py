"""The tracker's items as a file, and back: `savings export` and `savings import`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from finops.cli.context import App

FORMATS: Final = ("json", "csv")


@click.command()
@click.option(
    "--format",
    "file_format",
    type=click.Choice(FORMATS),
    default="json",
    show_default=True,
    help="For programs, or for a spreadsheet.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write.  [default: stdout]",
)
@click.pass_obj
def export(app: App, /, file_format: str, out: Path | None) -> None:
    """Write all items as JSON, or as CSV that a spreadsheet may open."""
    from finops.savings.exchange import write_items  # noqa: PLC0415 - loads SQLite

    items = app.tracker.items()
    text = write_items(items, "csv" if file_format == "csv" else "json")
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror}."
        raise click.ClickException(msg) from error
    app.tell(f"{len(items)} items are in {out}.")


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(app: App, /, file: Path) -> None:
    """Add the items of an exported file, all or none.

    Items that are tracked already are left as they are.
    """
    from finops.savings.exchange import read_items  # noqa: PLC0415 - loads SQLite

    rows = read_items(file)
    added = app.tracker.import_items(rows)
    if app.as_json:
        app.print_object(added=added, left=len(rows) - added)
    else:
        click.echo(f"{added} added, {len(rows) - added} tracked already.")
