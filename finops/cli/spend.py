"""The commands about what was spent: `accounts`, `costs` and `changes`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import Day, dimensions, scope_line, scope_options
from finops.focus import DATE_COLUMN, Costs, Granularity, Metric, dimension_label
from finops.periods import DAY, ChargePeriod

if TYPE_CHECKING:
    from finops.analysis.variance import Variance
    from finops.workspace import AccountsSummary, Changes

NOTHING: Final = "Nothing was charged in this period."


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
    rows = [
        [
            account.name,
            formats.money(account.cost, currency),
            formats.percent(account.share) if account.share is not None else "",
            output.bar(account.share),
            _services_text(account.services, account.top_service, account.status),
        ]
        for account in summary.accounts
    ]
    parts = [
        scope_line(summary.scope, currency, source, summary.costs),
        output.one_line(
            f"Total {formats.money(summary.total, currency)}{_against(summary)}"
            f"{output.incomplete(summary.costs)}"
        ),
        output.table(rows, align="<>><<") if rows else NOTHING,
    ]
    if summary.insights:
        told = [
            f"  {output.one_line(i.text)}\n    {i.advice}" for i in summary.insights
        ]
        parts.append("\n".join(["Insights", *told]))
    return "\n\n".join(parts)


def _services_text(count: int, top: str | None, status: str) -> str:
    if status != "read":
        return f"not read: {status}"
    return formats.plural(count, "service") + (f", most on {top}" if top else "")


def _against(summary: AccountsSummary) -> str:
    if summary.relative is None:
        return ""
    share = formats.percent(summary.relative, signed=True)
    return f", {share} against {formats.days(summary.scope.period.before())}"


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
    help="One figure for the whole period, or for each day or month of it.",
)
@scope_options
@click.pass_obj
def costs(app: App, /, by: str, granularity: Granularity, **scope_asked: Any) -> None:
    """Show what was spent, by any dimension."""
    scope = app.scope(**scope_asked)
    keys = dimensions(by)
    found = app.workspace.cost_by(
        scope, *keys, granularity=granularity, progress=app.progress
    )
    if granularity == "month":
        found = replace(found, notes=(*found.notes, *_parts_of_months(scope.period)))
    paid_in = output.currencies(found.table)
    if app.as_json:
        app.print_json(
            scope,
            paid_in[0] if len(paid_in) == 1 else None,
            found,
            rows=output.rows(found.table),
            totals=output.totals(found.table),
        )
    else:
        source = app.workspace.source.name
        click.echo(scope_line(scope, " and ".join(paid_in), source, found) + "\n")
        click.echo(_costs_text(found, keys, scope.metric))
    app.tell_problems(found)


def _parts_of_months(period: ChargePeriod) -> Iterator[str]:
    """That the first and the last month are counted in part, where they are."""
    for counted in period.months():
        month = ChargePeriod.month_of(counted.start)
        if counted != month:
            yield f"Of {formats.period_name(month)}, {formats.days(counted)} is counted."


def _costs_text(found: Costs, keys: Sequence[str], metric: Metric) -> str:
    if found.table.empty:
        return NOTHING + output.incomplete(found)
    shown = found.table
    if found.query.granularity == "total":
        shown = shown.sort_values(metric, ascending=False, kind="stable")
    columns = [key for key in found.query.keys if key in (*keys, DATE_COLUMN)]
    return output.cost_rows(shown, columns, metric) + output.incomplete(found)


@click.command()
@click.option(
    "--by", metavar="DIM[,DIM]", help="Group as in costs.  [default: account,service]"
)
@click.option(
    "--from",
    "start_of_before",
    type=Day(),
    help="The first day to compare with.  [default: the like-for-like period before]",
)
@click.option(
    "--most",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many of the changes to show; JSON has them all.",
)
@scope_options
@click.pass_obj
def changes(
    app: App,
    /,
    by: str | None,
    start_of_before: date | None,
    most: int,
    **scope_asked: Any,
) -> None:
    """Show what moved against an equally long period before."""
    keys = _default_keys(app) if by is None else dimensions(by)
    if not keys:
        msg = "--by names no dimension."
        raise click.UsageError(msg)
    scope = app.scope(**scope_asked)
    before = None
    if start_of_before:
        end = start_of_before + scope.period.days * DAY
        before = ChargePeriod(start_of_before, end)
    found = app.workspace.changes(scope, *keys, before=before, progress=app.progress)
    if before and before.end > scope.period.start:
        msg = (
            f"--from {before.start} leads to {formats.days(before)}, which is not "
            f"before {formats.days(scope.period)}."
        )
        raise click.UsageError(msg)
    if app.as_json:
        app.print_json(scope, found.currency, found.costs, **_changes_json(found))
    else:
        click.echo(_changes_text(found, app.workspace.source.name, most))
    app.tell_problems(found.costs)


def _default_keys(app: App) -> list[str]:
    """The account, if the source tells accounts apart, and the service."""
    known = app.workspace.source.dimensions
    accounts = [key for key in ("SubAccountName", "SubAccountId") if key in known]
    return [*accounts[:1], "ServiceName"]


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
    parts = [
        scope_line(found.scope, currency, source, found.costs),
        output.one_line(
            f"{formats.money(moved.before, currency)} in "
            f"{formats.days(moved.before_period)}, "
            f"{formats.money(moved.after, currency)} after: "
            f"{formats.change(moved.change, currency)}{_relative(moved.relative)}"
            f"{output.incomplete(found.costs)}"
        ),
        _moves(moved, currency, most),
    ]
    return "\n\n".join(parts)


def _relative(relative: float | None) -> str:
    if relative is None:
        return ""
    return f" ({formats.percent(relative, signed=True)})"


def _moves(moved: Variance, currency: str, most: int) -> str:
    if moved.rows.empty:
        return "Nothing was charged in either period."
    sums = ["before", "after", "change"]
    keys = [str(column) for column in moved.rows if column not in sums]
    lines = [["Before", "After", "Change", *map(dimension_label, keys)]]
    lines += [
        [
            formats.money(before, currency),
            formats.money(after, currency),
            formats.change(change, currency),
            *map(output.label, labels),
        ]
        for before, after, change, *labels in moved.rows.head(most)[
            [*sums, *keys]
        ].itertuples(index=False)
    ]
    text = output.table(lines, align=">>>" + "<" * len(keys))
    left = len(moved.rows) - most
    return (
        f"{text}\n  and {formats.plural(left, 'smaller change')}" if left > 0 else text
    )
