"""The change that carries out a recommendation, if code for it can be right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from finops.errors import FactsError
from finops.recommendations import Recommendation
from finops.remediation import advice
from finops.remediation.change import Change
from finops.remediation.facts import Facts, checked
from finops.remediation.generating import with_owner
from finops.remediation.kinds import KINDS, Kind
from finops.remediation.state import State

SAME: Final[Mapping[str, str]] = {
    "db_instance": "db_identifier",
    "function": "function_name",
    "table": "table_name",
    "instance_id": "instance_ids",
}
"""What checks call a fact, and what a kind may call it."""

REASONS: Final = 2
"""The first lines of the evidence are the rule, and what was seen."""


def change_for(
    recommendation: Recommendation,
    *,
    today: date,
    extra: Mapping[str, Any] | None = None,
    state: State | None = None,
) -> Change:
    """How `recommendation` is carried out: as code, by a runbook, or in words.

    Args:
        recommendation: What to do.
        today: The day that is written into the files.
        extra: Facts that the recommendation does not know.
        state: What the user's own Terraform manages.

    Raises:
        FactsError: If a fact of `extra` is unknown or malformed.
    """
    known = dict(recommendation.facts) | dict(extra or {})
    about = _about(recommendation)
    kind = kind_of(recommendation)
    given = _given(kind, known, about) if kind else {}
    if kind is None or not _says_which(kind, given):
        return advice.by_hand(recommendation, Facts(**about), today)
    given |= dict(extra or {})
    try:
        facts = checked(kind.facts, given, kind=kind.name)
    except FactsError as error:
        if extra:
            raise
        return advice.incomplete(
            recommendation,
            Facts(**about),
            today,
            kind=kind.name,
            missing=str(error),
            asks=_asks(kind, given),
        )
    return with_owner(kind, facts, today, state=state, tags=known)


def kind_of(recommendation: Recommendation) -> Kind | None:
    """The kind of change that carries out a recommendation; None for words."""
    asked = recommendation.kind
    return KINDS.get(asked) or next(
        (kind for kind in KINDS.values() if asked in kind.answers), None
    )


def _about(recommendation: Recommendation) -> dict[str, Any]:
    """What every recommendation knows, where it is what it should be."""
    reasons = [one.text for one in recommendation.evidence[:REASONS]]
    account, region = recommendation.account_id or "", recommendation.region or ""
    return {
        "account": recommendation.account,
        "account_id": account if re.fullmatch("[0-9]{12}", account) else None,
        "region": region if re.fullmatch("[a-z]{2}(-[a-z]+)+-[0-9]", region) else None,
        "reason": ". ".join(text.rstrip(".") for text in reasons),
        "estimated_monthly_savings": recommendation.estimated_monthly_savings,
        "currency": recommendation.currency,
        "risk": recommendation.risk,
    }


def _given(
    kind: Kind, known: Mapping[str, str], about: Mapping[str, Any]
) -> dict[str, Any]:
    """The facts that `kind` can use, by the names that it has for them."""
    fields = kind.facts.model_fields
    renamed = {SAME[name]: value for name, value in known.items() if name in SAME}
    told = {name: value for name, value in (renamed | dict(known)).items() if value}
    given = {name: value for name, value in told.items() if name in fields}
    return given | {name: value for name, value in about.items() if value is not None}


def _says_which(kind: Kind, given: Mapping[str, Any]) -> bool:
    """Whether the object is known, or can be found out."""
    return not kind.identity or kind.identity in given or kind.identity in kind.ask


def _asks(kind: Kind, given: Mapping[str, Any]) -> tuple[str, ...]:
    """How to find out the facts that are missing."""
    return tuple(
        f"`{command.format_map(given)}` tells `{fact}`."
        for fact, command in kind.ask.items()
        if fact not in given and _can_be_asked(command, given)
    )


def _can_be_asked(command: str, given: Mapping[str, Any]) -> bool:
    return all(name in given for name in re.findall(r"{(\w+)}", command))
