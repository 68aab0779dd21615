"""The command about what was out of the ordinary: `anomalies`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from finops import formats
from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import scope_line, scope_options

if TYPE_CHECKING:
    from finops.analysis.anomalies import Anomaly
    from finops.workspace.anomalies import AnomaliesFound


@click.command()
@scope_options
@click.pass_obj
def anomalies(app: App, /, **scope_asked: Any) -> None:
    """Find when a service left its usual cost, and what caused it.

    Costs are compared with the days around them, the newest days with those
    before them. Fees of the first of a month are usual.
    """
    from finops.workspace.anomalies import anomalies as find  # noqa: PLC0415 - slow

    scope = app.scope(**scope_asked)
    found = find(app.workspace, scope, progress=app.progress)
    if app.as_json:
        rows = [_json(each, found.currency) for each in found.anomalies]
        app.print_json(scope, found.currency, found.costs, anomalies=rows)
    else:
        click.echo(_text(found, app.workspace.source.name))
    app.tell_problems(found.costs)


def _json(anomaly: Anomaly, currency: str) -> dict[str, Any]:
    from finops.analysis.anomalies import sentence  # noqa: PLC0415 - slow

    return {
        "start": anomaly.period.start,
        "end": anomaly.period.end,
        "cost": anomaly.cost,
        "expected": anomaly.expected,
        "impact": anomaly.impact,
        "score": anomaly.score,
        "direction": anomaly.direction,
        "ending": anomaly.ending,
        "cause": {**anomaly.cause.dimensions, "share": anomaly.cause.share},
        "text": sentence(anomaly, currency),
    }


def _text(found: AnomaliesFound, source: str) -> str:
    head = scope_line(found.scope, found.currency, source, found.costs)
    days = formats.days(found.history)
    if found.costs.table.empty:
        return f"{head}\n\nNothing was charged, so nothing can be judged{output.incomplete(found.costs)}."
    if not found.anomalies:
        nothing = f"Nothing was out of the ordinary, judged by {days}"
        return f"{head}\n\n{nothing}{output.incomplete(found.costs)}."
    count = len(found.anomalies)
    told = "1 anomaly" if count == 1 else f"{count} anomalies"
    whole = f"{told}, judged by {days}{output.incomplete(found.costs)}"
    return "\n\n".join([head, whole, *_entries(found)])


def _entries(found: AnomaliesFound) -> list[str]:
    from finops.analysis.anomalies import what, whose, why  # noqa: PLC0415 - slow

    impacts = [formats.change(each.impact, found.currency) for each in found.anomalies]
    width = max(map(len, impacts))
    indent = " " * (width + 4)
    return [
        f"  {impact:>{width}}  {output.one_line(whose(each))}\n"
        f"{indent}{output.one_line(f'It {what(each, found.currency)}')}\n"
        f"{indent}{output.one_line(why(each))}"
        for impact, each in zip(impacts, found.anomalies, strict=True)
    ]
