"""The command for scheduled jobs: `check`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from finops.cli import output
from finops.cli.context import App
from finops.cli.scope import metric_options, scope_line

if TYPE_CHECKING:
    from finops.workspace import Scope
    from finops.workspace.alerts import Telling
    from finops.workspace.findings import Checkup, Finding

ATTENTION: Final = 3
"""The exit code for what somebody has to look at."""


@click.command()
@click.option(
    "--notify",
    is_flag=True,
    help="Tell what is news since the last time, to Slack and by e-mail, and nothing "
    "else.",
)
@metric_options
@click.pass_obj
def check(app: App, /, *, notify: bool, **counting: Any) -> None:
    """Say whether anything needs attention: budgets, anomalies, savings, data.

    For scheduled jobs. The exit code is 3 where something needs attention, also
    where a budget could not be checked; 0 where all is well, and 1 where nothing
    could be answered.
    """
    from finops.analysis.cost_table import currency_of  # noqa: PLC0415 - loads pandas
    from finops.workspace import budgets, checks  # noqa: PLC0415 - load pandas

    scope = app.scope(**counting)
    found = checks.checkup(
        app.workspace,
        scope,
        budgets.budgets_of(app.settings),
        items=app.tracker.items(),
        progress=app.progress,
    )
    currency = currency_of(found.costs.table)
    source = app.workspace.source.name
    telling = None
    if notify:
        telling = _tell(app, found, scope_line(scope, currency, source, found.costs))
    if app.as_json:
        answer = _check_json(found) | _telling_json(telling)
        app.print_json(scope, currency, found.costs, **answer)
    elif telling is None:
        click.echo(_check_text(found, scope, currency, source))
    if telling is None:
        app.tell_problems(found.costs)
        for problem in found.failed:
            app.tell(f"Not checked: {problem}")
    if found.needs_attention:
        sys.exit(ATTENTION)


def _tell(app: App, found: Checkup, scope: str) -> Telling:
    """Tell what is news; the command is silent where there is none."""
    from finops.workspace import alerts  # noqa: PLC0415 - loads pandas

    telling = alerts.tell_news(
        found,
        alerts.channels_of(app.settings),
        alerts.told_by(app.settings),
        scope=scope,
        now=app.now(),
    )
    for notice in telling.news:
        app.tell(f"Told: {notice.title}. {notice.text}")
    for failure in telling.failures:
        app.tell(f"Not told on every way: {failure} {failure.hint}")
    return telling


def _telling_json(telling: Telling | None) -> dict[str, Any]:
    if telling is None:
        return {}
    return {"told": [asdict(notice) for notice in telling.news], "known": telling.known}


def _check_json(found: Checkup) -> dict[str, Any]:
    return {
        "attention": found.needs_attention,
        "findings": [_finding_json(each) for each in found.findings],
        "failed": [asdict(problem) for problem in found.failed],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        **finding.facts,
        "check": finding.check,
        "subject": finding.subject,
        "severity": finding.severity,
        "attention": finding.needs_attention,
        "text": finding.text,
    }


def _check_text(found: Checkup, scope: Scope, currency: str, source: str) -> str:
    from finops.analysis.budget_words import severity_word  # noqa: PLC0415

    rows = [
        [
            severity_word(finding.severity).upper(),
            finding.check,
            output.one_line(finding.subject),
            output.one_line(finding.text),
        ]
        for finding in found.findings
    ]
    urgent = sum(finding.needs_attention for finding in found.findings)
    verb = "needs" if urgent == 1 else "need"
    parts = [
        scope_line(scope, currency, source, found.costs),
        output.table(rows, align="<<<<"),
        f"{urgent} of {len(found.findings)} {verb} attention.",
    ]
    return "\n\n".join(parts)
