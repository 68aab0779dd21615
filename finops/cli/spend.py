"""The commands about what was spent: `accounts`, `costs` and `changes`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, get_args

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.focus import (
    COSTS,
    DATE_COLUMN,
    METRIC_NAMES,
    Charges,
    Granularity,
    Metric,
    dimension_label,
    dimension_named,
)
from finops.periods import DAY, ChargePeriod

if TYPE_CHECKING:
    from finops.workspace import AccountsSummary, Changes, Scope

P = ParamSpec("P")
R = TypeVar("R")

DATE = click.DateTime(["%Y-%m-%d"])

CHARGES_TEXT = {
    "usage": "usage and purchases",
    "all": "all charges with taxes and credits",
}


def scope_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that say what is counted."""
    options = [
        click.option("--days", type=click.IntRange(1, 3660), help="The last N days."),
        click.option("--start", type=DATE, help="The first day."),
        click.option("--end", type=DATE, help="The first day no longer counted."),
        click.option("--metric", type=click.Choice(get_args(Metric))),
        click.option(
            "--charges",
            type=click.Choice(get_args(Charges)),
            default="usage",
            show_default=True,
            help="usage: usage and purchases; all: taxes, credits, adjustments too.",
        ),
        click.option(
            "--where",
            multiple=True,
            metavar="DIM=VALUE",
            help="Only charges with this value; nothing after = means none.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@scope_options
@click.pass_obj
def accounts(app: App, /, **scope_asked: Any) -> None:
    """Compare what each account cost, and what stands out."""
    scope = app.scope(**scope_asked)
    summary = app.workspace.accounts_summary(scope, progress=app.progress)
    if app.as_json:
        app.print_json(
            scope, summary.currency, summary.costs, **_accounts_json(summary)
        )
    else:
        click.echo(_accounts_text(summary, app.workspace.source.name))
    app.tell_problems(summary.costs)


def _accounts_json(summary: AccountsSummary) -> dict[str, Any]:
    return {
        "total": summary.total,
        "before": summary.before,
        "accounts": [output.as_dict(account) for account in summary.accounts],
        "insights": [output.as_dict(insight) for insight in summary.insights],
    }


def _accounts_text(summary: AccountsSummary, source: str) -> str:
    currency = summary.currency
    marked = "" if summary.costs.complete else "  (incomplete: see below)"
    rows = [
        [
            account.name,
            formats.money(account.cost, currency),
            formats.percent(account.share) if account.cost is not None else "",
            output.bar(account.share),
            _services_text(account.services, account.top_service, account.status),
        ]
        for account in summary.accounts
    ]
    parts = [
        scope_line(summary.scope, currency, source),
        f"Total {formats.money(summary.total, currency)}{marked}"
        + _against(summary.total, summary.before, summary.scope),
        output.table(rows, align="<>><<"),
    ]
    if summary.insights:
        told = [f"  {i.text}\n    {i.advice}" for i in summary.insights]
        parts.append("\n".join(["Insights", *told]))
    return "\n\n".join(parts)


def _services_text(count: int, top: str | None, status: str) -> str:
    if status != "read":
        return f"not read: {status}"
    return formats.plural(count, "service") + (f", most on {top}" if top else "")


def _against(total: float, before: float | None, scope: Scope) -> str:
    if before is None or before <= 0:
        return ""
    share = formats.percent((total - before) / before, signed=True)
    return f", {share} against {formats.days(scope.period.before())}"


@click.command()
@click.option(
    "--by",
    default="service",
    show_default=True,
    metavar="DIM[,DIM]",
    help="Group by account, service, region, resource, usage_type, tag/KEY or "
    "any FOCUS column that the source has.",
)
@click.option(
    "--granularity",
    type=click.Choice(get_args(Granularity)),
    default="total",
    show_default=True,
)
@scope_options
@click.pass_obj
def costs(app: App, /, by: str, granularity: Granularity, **scope_asked: Any) -> None:
    """Show what was spent, by any dimension."""
    scope = app.scope(**scope_asked)
    dimensions = _dimensions(by)
    found = app.workspace.cost_by(
        scope, *dimensions, granularity=granularity, progress=app.progress
    )
    currency = output.currency(found.table)
    if app.as_json:
        totals = {m: output.total(found.table, m) for m in COSTS}
        app.print_json(
            scope, currency, found, rows=output.rows(found.table), totals=totals
        )
    else:
        click.echo(scope_line(scope, currency, app.workspace.source.name) + "\n")
        shown = found.table
        if granularity == "total":
            shown = shown.sort_values(scope.metric, ascending=False, kind="stable")
        keys = [key for key in found.query.keys if key in (*dimensions, DATE_COLUMN)]
        click.echo(output.cost_rows(shown, keys, scope.metric, currency))
    app.tell_problems(found)


@click.command()
@click.option("--by", default="account,service", show_default=True, metavar="DIM[,DIM]")
@click.option("--from", "start_of_before", type=DATE, help="First day to compare with.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True)
@scope_options
@click.pass_obj
def changes(
    app: App,
    /,
    by: str,
    start_of_before: datetime | None,
    most: int,
    **scope_asked: Any,
) -> None:
    """Show what moved against an equally long period before."""
    scope = app.scope(**scope_asked)
    before = None
    if start_of_before:
        first = start_of_before.date()
        before = ChargePeriod(first, first + scope.period.days * DAY)
    found = app.workspace.changes(
        scope, *_dimensions(by), before=before, progress=app.progress
    )
    if app.as_json:
        app.print_json(scope, found.currency, found.costs, **_changes_json(found))
    else:
        click.echo(_changes_text(found, app.workspace.source.name, most))
    app.tell_problems(found.costs)


def _changes_json(found: Changes) -> dict[str, Any]:
    moved = found.variance
    return {
        "before_period": {
            "start": moved.before_period.start,
            "end": moved.before_period.end,
        },
        "before": moved.before,
        "after": moved.after,
        "change": moved.change,
        "rows": output.rows(moved.rows),
    }


def _changes_text(found: Changes, source: str, most: int) -> str:
    moved, currency = found.variance, found.currency
    relative = formats.percent(moved.relative, signed=True)
    dimensions = [str(c) for c in moved.rows if c not in ("before", "after", "change")]
    figures = moved.rows.head(most)
    rows = [["Before", "After", "Change", *map(dimension_label, dimensions)]]
    rows += [
        [
            formats.money(before, currency),
            formats.money(after, currency),
            formats.change(change, currency),
            *map(output.label, labels),
        ]
        for before, after, change, *labels in figures[
            ["before", "after", "change", *dimensions]
        ].itertuples(index=False)
    ]
    return "\n\n".join(
        [
            scope_line(found.scope, currency, source),
            f"{formats.money(moved.before, currency)} in "
            f"{formats.days(moved.before_period)}, "
            f"{formats.money(moved.after, currency)} after: "
            f"{formats.change(moved.change, currency)} ({relative})",
            output.table(rows, align=">>>" + "<" * len(dimensions)),
        ]
    )


def scope_line(scope: Scope, currency: str, source: str) -> str:
    """What the figures below count, in one line."""
    return (
        f"{formats.days(scope.period)} ({formats.plural(scope.period.days, 'day')}), "
        f"{METRIC_NAMES[scope.metric].lower()}, {CHARGES_TEXT[scope.charges]}, "
        f"{currency}, {source}"
    )


def _dimensions(by: str) -> list[str]:
    return [dimension_named(part.strip()) for part in by.split(",") if part.strip()]
