"""Who is told what the checks have found, once per event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from finops import formats
from finops.analysis.budgeting import Severity as FoundSeverity
from finops.errors import FinOpsError, Problem
from finops.notify import Channels, Message, Notice, Severity, Told, deliver
from finops.settings import Settings
from finops.workspace.executive import Executive
from finops.workspace.findings import Checkup, Finding
from finops.workspace.next_steps import next_steps
from finops.workspace.report import figures, scope_text

SEVERITIES: Final[dict[FoundSeverity, Severity]] = {
    "critical": "high",
    "high": "high",
    "medium": "medium",
    "low": "low",
    "unknown": "low",
    "none": "low",
}

URGENCY: Final[tuple[Severity, ...]] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Telling:
    """What was told.

    Attributes:
        news: What was told now; empty where there was nothing to tell.
        known: How many notices had been told before.
        failures: The ways that were closed.
    """

    news: tuple[Notice, ...]
    known: int
    failures: tuple[FinOpsError, ...] = ()


def channels_of(settings: Settings) -> Channels:
    """Where the settings say that people are told."""
    return Channels(
        slack_webhook_url=settings.slack_webhook_url,
        smtp_url=settings.smtp_url,
        recipients=settings.alert_emails,
        sender=settings.alert_sender,
    )


def told_by(settings: Settings) -> Told:
    """What this installation has told before, of this source."""
    about = sha256(settings.source.encode()).hexdigest()  # a URL may hold a password
    return Told(settings.cache_dir / "told.db", about=about)


def notices(found: Checkup) -> list[Notice]:
    """What somebody should know of a checkup, the most urgent first."""
    unread = found.costs.problems  # each tells itself why a budget is not known
    urgent = [
        _finding(each)
        for each in found.findings
        if each.needs_attention and not (unread and each.severity == "unknown")
    ]
    missing = [_problem(each, "could not be read") for each in found.costs.problems]
    failed = [_problem(each, "could not be checked") for each in found.failed]
    every = [*urgent, *missing, *failed]
    return sorted(every, key=lambda notice: URGENCY.index(notice.severity))


def tell_news(
    found: Checkup, channels: Channels, told: Told, *, scope: str, now: datetime
) -> Telling:
    """Tell what was not told before; nothing is sent where there is no news.

    Args:
        found: What the checks have found.
        channels: Where people are told.
        told: What was told before.
        scope: What the figures count, in a line.
        now: The time in UTC.

    Raises:
        ConfigurationError: If there is news and no channel.
        NotDeliveredError: If the news reached nobody; it is told again.
    """
    every = notices(found)
    with told.news(every, now=now) as news:
        failures: list[FinOpsError] = []
        if news:
            failures = deliver(_message(news, scope), channels, now=now)
    return Telling(tuple(news), len(every) - len(news), tuple(failures))


def _message(news: list[Notice], scope: str) -> Message:
    rest = len(news) - 1
    more = f", and {formats.plural(rest, 'more thing')}" if rest else ""
    return Message(subject=f"{news[0].title}{more}", scope=scope, notices=tuple(news))


def _finding(finding: Finding) -> Notice:
    return Notice(
        key=f"{finding.check}/{finding.subject}/{finding.event}",
        severity=SEVERITIES[finding.severity],
        title=_title(finding),
        text=finding.text,
    )


def _title(finding: Finding) -> str:
    match finding.check:
        case "budget" if finding.severity == "unknown":
            return f"Budget could not be checked: {finding.subject}"
        case "budget":
            return f"Budget at risk: {finding.subject}"
        case "anomalies":
            return f"Unusual cost: {finding.subject}"
        case "savings":
            return f"Savings that did not come: {finding.subject}"
        case "accounts":
            return f"No costs from {finding.subject}"
        case "data age":
            return f"Costs are late: {finding.subject}"


def _problem(problem: Problem, what: str) -> Notice:
    subject = problem.account or "A check"
    return Notice(
        key=f"problem/{problem.account}/{problem.code}",
        severity="medium",
        title=f"{subject} {what}",
        text=problem.message,
        advice=problem.hint,
    )


def digest(found: Executive) -> Message:
    """The executive summary as a message: the figures, and what to do next."""
    spent = formats.money(found.accounts.total, found.currency)
    lacking = "" if found.complete else " (incomplete)"
    steps = next_steps(found)
    return Message(
        subject=f"AWS costs: {spent}{lacking}, {formats.days(found.scope.period)}",
        scope=scope_text(found),
        figures=tuple(
            (
                figure.label,
                f"{figure.text} ({figure.note})" if figure.note else figure.text,
            )
            for figure in figures(found)
        ),
        notices=tuple(
            Notice(key=f"next/{place}", severity="low", title=step.text)
            for place, step in enumerate(steps)
        ),
    )
