"""The command about what could be saved: `recommend`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import scope_line, scope_options

if TYPE_CHECKING:
    from finops.recommendations import Recommendation
    from finops.workspace import Scope
    from finops.workspace.recommendations import Recommendations, Status

EFFORTS: Final = {
    "quick_win": "quick win",
    "moderate": "moderate",
    "project": "project",
}


@click.command()
@click.option(
    "--min-savings",
    type=click.FloatRange(min=0),
    help="Only what saves at least this much a month.",
)
@click.option(
    "--export",
    "exports",
    multiple=True,
    metavar="FILE",
    help="Add the rightsizing recommendations that Cost Explorer exported as CSV.  "
    "[default: RECOMMENDATION_EXPORTS]",
)
@click.option(
    "--most",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="How many to show; JSON has them all.",
)
@scope_options
@click.pass_obj
def recommend(
    app: App,
    /,
    min_savings: float | None,
    exports: tuple[str, ...],
    most: int,
    **scope_asked: Any,
) -> None:
    """Show what could be saved, the largest saving first.

    The total counts what overlaps once: the best that can be done to a resource,
    and purchases only beyond that.
    """
    from finops.workspace.recommendations import (  # noqa: PLC0415 - loads pandas
        statuses,
        still_to_save,
    )

    answer = looked_up(app, exports, scope_asked)
    found = [one for one in answer.found if _worth(one, min_savings)]
    status = statuses(found, app.tracker)
    counted = still_to_save(found, status, currency=answer.currency)
    if app.as_json:
        app.print_json(
            answer.scope,
            answer.currency,
            replace(answer.costs, problems=(*answer.costs.problems, *answer.unread)),
            recommendations=[
                _as_json(one, status[one.fingerprint], counted) for one in found
            ],
            total_monthly_savings=sum(counted.values()),
        )
    else:
        source = app.workspace.source.name
        line = scope_line(answer.scope, answer.currency, source, answer.costs)
        click.echo(f"{line}\n\n{_text(answer, found, status, counted, most)}")
    app.tell_problems(answer.costs)
    for problem in answer.unread:
        app.tell(f"Not looked into: {problem}")


def looked_up(
    app: App, exports: tuple[str, ...], scope_asked: dict[str, Any]
) -> Recommendations:
    """What could be saved, from the bill, the accounts and AWS's exports."""
    return could_save(app, app.scope(**scope_asked), exports=exports)


def could_save(
    app: App, scope: Scope, *, exports: tuple[str, ...] = ()
) -> Recommendations:
    """The same for a scope; looked up once in a run, since accounts answer slowly."""
    from finops.workspace.recommendations import (  # noqa: PLC0415 - loads pandas
        recommendations,
    )

    asked = (scope, exports or app.settings.recommendation_exports)
    if asked not in app.looked_up:
        app.looked_up[asked] = recommendations(
            app.workspace,
            scope,
            exports=asked[1],
            live=(lambda: app.live) if app.settings.kind == "aws" else None,
            progress=app.progress,
        )
    return app.looked_up[asked]


def _worth(one: Recommendation, least: float | None) -> bool:
    saving = one.estimated_monthly_savings
    return least is None or (saving is not None and saving >= least)


def _as_json(
    one: Recommendation, status: Status, counted: Mapping[str, float]
) -> dict[str, Any]:
    return {
        "id": one.fingerprint,
        "kind": one.kind,
        "action": one.action,
        "title": one.title,
        "account": one.account,
        "account_id": one.account_id,
        "region": one.region,
        "service": one.service,
        "resource_id": one.resource_id,
        "estimated_monthly_savings": one.estimated_monthly_savings,
        "counted_monthly_savings": counted.get(one.fingerprint),
        "currency": one.currency,
        "risk": one.risk,
        "effort": one.effort,
        "source": one.source,
        "evidence": [asdict(fact) for fact in one.evidence],
        "facts": dict(one.facts),
        "status": status,
    }


def _text(
    answer: Recommendations,
    found: Sequence[Recommendation],
    status: Mapping[str, Status],
    counted: Mapping[str, float],
    most: int,
) -> str:
    from finops.workspace.recommendations import OPEN  # noqa: PLC0415 - loads pandas

    if not found:
        return f"Nothing was found to save.{output.incomplete(answer.costs)}"
    still = sum(status[one.fingerprint] in OPEN for one in found)
    known = sum(counted.values()) if counted or not still else None
    total = formats.money(known, answer.currency)
    count = formats.plural(still, "recommendation")
    decided = len(found) - still
    without = f", without {decided:,} done or rejected" if decided else ""
    lines = [["A month", "Account", "Region", "Risk", "Effort", "Status", "What"]]
    lines += [
        [
            formats.money(one.estimated_monthly_savings, one.currency),
            one.account,
            one.region or "",
            one.risk,
            EFFORTS[one.effort],
            status[one.fingerprint],
            one.title,
        ]
        for one in found[:most]
    ]
    left = len(found) - most
    parts = [
        f"{total} a month in {count}, overlaps counted once{without}"
        f"{output.incomplete(answer.costs)}",
        output.table(lines, align="><<<<<<"),
        *([f"  and {left:,} more"] if left > 0 else []),
    ]
    return f"{parts[0]}\n\n" + "\n".join(parts[1:])
