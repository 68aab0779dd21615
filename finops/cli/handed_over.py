"""A change as `remediate` tells it, to a person and to a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from finops.cli import output

if TYPE_CHECKING:
    from finops.recommendations import Recommendation
    from finops.remediation.change import Change
    from finops.remediation.checks import Check


@dataclass(frozen=True, slots=True)
class Told:
    """A change with what is said about it."""

    change: Change
    recommendation: Recommendation | None
    checks: tuple[Check, ...]
    folder: str | None

    @property
    def id(self) -> str | None:
        """The recommendation's; None for a change from plain facts."""
        return self.recommendation.fingerprint if self.recommendation else None


def as_json(told: Told) -> dict[str, Any]:
    """All of it, with the texts of its files."""
    change, facts = told.change, told.change.facts
    return {
        "id": told.id,
        "kind": change.kind,
        "form": change.form,
        "action_class": change.procedure.action_class,
        "title": _plain(change.procedure.title),
        "effect": _plain(change.procedure.effect),
        "owner": _plain(change.owner) or None,
        "account": facts.account or None,
        "account_id": facts.account_id,
        "region": facts.region,
        "estimated_monthly_savings": facts.estimated_monthly_savings,
        "currency": facts.currency,
        "risk": facts.risk,
        "checks": [output.as_dict(check) for check in told.checks],
        "folder": told.folder,
        "files": dict(change.files),
    }


def as_text(told: Told) -> str:
    """What it does, what was checked, and its files, a line each."""
    from finops.remediation.change import ACTION_CLASSES  # noqa: PLC0415 - as above

    change, facts = told.change, told.change.facts
    files = ", ".join(sorted(change.files))
    place = f"Written to {told.folder}" if told.folder else "Would write"
    lines = [
        f"{ACTION_CLASSES[change.procedure.action_class]}; risk {facts.risk}; "
        f"estimated saving {facts.saving}",
        _plain(change.procedure.effect),
        *(map(_plain, change.procedure.before) if change.form == "advice" else ()),
        *(f"{check.name}: {check.state}. {check.text}" for check in told.checks),
        f"{place}: {files}",
    ]
    head = f"{told.id or ''}  {_plain(change.procedure.title)}"
    return "\n  ".join(map(output.one_line, [head, *lines]))


def _plain(text: str) -> str:
    from finops.remediation.markdown import plain  # noqa: PLC0415 - as above

    return plain(text)
