"""What is done to the items of the tracker: `savings add`, `accept`, and so on."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

import click

from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import Day
from finops.recommendations import Effort, Risk

if TYPE_CHECKING:
    from finops.savings.entries import Plan, Where

FINGERPRINT: Final = 16
"""Digits of the ids that `recommend` shows; numbers of items are shorter."""

LARGEST_ID: Final = 2**63 - 1
"""The tracker's file counts no further."""

ITEM_ID: Final = click.IntRange(1, LARGEST_ID)

item_id = click.argument("rec_id", metavar="ID", type=ITEM_ID)


class PlannedDay(click.ParamType[date | Literal[""]]):
    """A day, or an empty text that takes one back."""

    name = Day.name

    def convert(
        self,
        value: str | date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date | Literal[""]:
        """The day that was typed, if one was."""
        return "" if value == "" else Day().convert(value, param, ctx)


@click.command()
@click.option("--title", required=True, help="What would be done.")
@click.option("--type", "kind", required=True, help="What kind of change it is.")
@click.option("--estimate", type=float, help="Savings a month; unknown without it.")
@click.option(
    "--risk",
    type=click.Choice(get_args(Risk)),
    default="low",
    show_default=True,
    help="What can go wrong for those who use it.",
)
@click.option(
    "--effort",
    type=click.Choice(get_args(Effort)),
    default="quick_win",
    show_default=True,
    help="What it takes.",
)
@click.option("--currency", default="USD", show_default=True, help="Of the estimate.")
@click.option("--account", help="The account's name.")
@click.option("--account-id", help="Twelve digits.")
@click.option("--region", help="Such as us-east-1.")
@click.option("--service", help="As the bill names it.")
@click.option("--resource", "resource_id", help="As the bill names it.")
@click.option("--usage-type", help="As the bill names it.")
@click.pass_obj
def add(
    app: App,
    /,
    *,
    title: str,
    kind: str,
    estimate: float | None,
    risk: Risk,
    effort: Effort,
    currency: str,
    **where: str | None,
) -> None:
    """Track what a person found; the bill is measured where it says."""
    rec_id = app.tracker.add_recommendation(
        title=title,
        recommendation_type=kind,
        estimated_savings=estimate,
        risk_level=risk,
        effort=effort,
        currency=currency,
        **cast("Where", where),
    )
    tell_item(app, rec_id, "added")


@click.command()
@click.argument("known_as", metavar="ID")
@click.option("--owner", help="Who does it.")
@click.option("--due", type=Day(), help="By when.")
@click.pass_obj
def accept(app: App, /, known_as: str, owner: str | None, due: date | None) -> None:
    """Somebody is going to do it."""
    rec_id = _tracked(app, known_as)
    app.tracker.accept(rec_id=rec_id)
    if owner:
        app.tracker.edit(rec_id=rec_id, owner=owner)
    if due:
        app.tracker.edit(rec_id=rec_id, due_on=due)
    tell_item(app, rec_id, "accepted")


@click.command()
@item_id
@click.option("--owner", help="Who does it.")
@click.option("--due", "due_on", type=PlannedDay(), help="By when.")
@click.option("--ticket", help="A link to where it is worked on.")
@click.option(
    "--snooze", "snoozed_until", type=PlannedDay(), help="Until when it may rest."
)
@click.option("--notes", help="What there is to say about it.")
@click.pass_obj
def edit(app: App, /, rec_id: int, **plan: str | date | None) -> None:
    """Change the plan for an item; an empty text takes one back."""
    given = {name: value for name, value in plan.items() if value is not None}
    app.tracker.edit(rec_id=rec_id, **cast("Plan", given))
    tell_item(app, rec_id, "edited")


@click.command()
@item_id
@click.option("--actual", type=float, help="What it saves a month, as you know it.")
@click.option("--on", "day", type=Day(), help="On which day.  [default: today]")
@click.option("--notes", help="What there is to say about it.")
@click.pass_obj
def implement(
    app: App, /, rec_id: int, actual: float | None, day: date | None, notes: str | None
) -> None:
    """It was done; once more with --actual when that is known."""
    app.tracker.mark_implemented(
        rec_id=rec_id, actual_savings=actual, implemented_on=day, notes=notes
    )
    tell_item(app, rec_id, "implemented")


@click.command()
@click.argument("known_as", metavar="ID")
@click.option("--reason", required=True, help="Why it will not be done.")
@click.pass_obj
def reject(app: App, /, known_as: str, reason: str) -> None:
    """It will not be done, and counts no more as what could be saved."""
    rec_id = _tracked(app, known_as)
    app.tracker.reject(rec_id=rec_id, reason=reason)
    tell_item(app, rec_id, "rejected")


@click.command()
@item_id
@click.pass_obj
def reopen(app: App, /, rec_id: int) -> None:
    """It is pending again: it was decided too early."""
    app.tracker.reopen(rec_id=rec_id)
    tell_item(app, rec_id, "pending")


def _tracked(app: App, known_as: str) -> int:
    """The number of an item; a recommendation is tracked by this.

    Raises:
        TrackerError: If there is no such recommendation.
    """
    if re.fullmatch(r"[0-9]+", known_as) and len(known_as) < FINGERPRINT:
        return int(known_as)
    known = {item.fingerprint: item.id for item in app.tracker.items()}
    return known.get(known_as) or _recorded(app, known_as)


def _recorded(app: App, fingerprint: str) -> int:
    from finops.errors import TrackerError  # noqa: PLC0415 - for this case alone
    from finops.workspace.recommendations import recommendations  # noqa: PLC0415

    answer = recommendations(
        app.workspace,
        app.scope(),
        exports=app.settings.recommendation_exports,
        live=(lambda: app.live) if app.settings.kind == "aws" else None,
        progress=app.progress,
    )
    wanted = [one for one in answer.found if one.fingerprint == fingerprint]
    if not wanted:
        msg = f"{fingerprint} is neither an item nor a recommendation."
        raise TrackerError(msg, hint="recommend and savings show what there is.")
    return app.tracker.record(wanted)[fingerprint]


def tell_item(app: App, rec_id: int, state: str) -> None:
    """Say what became of an item."""
    if app.as_json:
        app.print_object(id=rec_id, state=app.tracker.item(rec_id).state)
    else:
        title = output.one_line(app.tracker.item(rec_id).title)
        click.echo(f"{rec_id} {state}: {title}")
