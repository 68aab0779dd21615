"""What is written into the tracker, checked before it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, TypedDict, get_args

from finops.errors import TrackerError
from finops.recommendations import Effort, Recommendation, Risk
from finops.savings.items import Event, cents

LONGEST: Final = 2000
"""Characters of a text; nobody types more, and a file may hold anything."""


class Where(TypedDict, total=False):
    """The part of the bill that a recommendation concerns, as far as it is known."""

    account: str | None
    account_id: str | None
    region: str | None
    service: str | None
    resource_id: str | None
    usage_type: str | None


class Plan(TypedDict, total=False):
    """What people agree on about an item; None takes back what was agreed."""

    owner: str | None
    due_on: date | None
    ticket: str | None
    snoozed_until: date | None
    notes: str | None


def by_hand(
    *,
    title: str,
    recommendation_type: str,
    estimated_savings: float | None,
    risk: Risk,
    effort: Effort,
    currency: str,
    where: Where,
) -> dict[str, Any]:
    """The row of a recommendation that a person adds."""
    return {
        "title": required(title, what="A title"),
        "recommendation_type": required(recommendation_type, what="A type"),
        "estimated_cents": cents(estimated_savings, what="The estimate"),
        "risk": one_of(risk, get_args(Risk), what="risk_level"),
        "effort": one_of(effort, get_args(Effort), what="effort"),
        "currency": required(currency, what="A currency").upper(),
        **{column: text(value) for column, value in _known(where, Where).items()},
    }


def found(recommendation: Recommendation) -> dict[str, Any]:
    """The row of a recommendation that a check made."""
    return {
        "fingerprint": recommendation.fingerprint,
        "title": required(recommendation.title, what="A title"),
        "recommendation_type": recommendation.kind,
        "action": recommendation.action,
        "account": recommendation.account,
        "account_id": recommendation.account_id,
        "region": recommendation.region,
        "service": recommendation.service,
        "resource_id": recommendation.resource_id,
        "usage_type": dict(recommendation.facts).get("usage_type"),
        "estimated_cents": cents(recommendation.estimated_monthly_savings),
        "currency": recommendation.currency,
        "risk": recommendation.risk,
        "effort": recommendation.effort,
    }


def identity(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    """What tells an item from all others, in any tracker."""
    if row["fingerprint"]:
        return (row["fingerprint"],)
    return (row["title"], row["recommendation_type"], row["added_at"])


def plan(agreed: Plan) -> dict[str, Any]:
    """The columns that a plan changes."""
    return {
        column: link(value) if column == "ticket" else _kept(value)
        for column, value in _known(agreed, Plan).items()
    }


def link(written: str | None) -> str | None:
    """An address that a browser may open; None for none.

    Raises:
        TrackerError: If it is something else: it will be clicked.
    """
    kept = text(written)
    if kept and not kept.lower().startswith(("https://", "http://")):
        msg = f"{kept!r} is no link."
        raise TrackerError(msg, hint="Begin it with https://.")
    return kept


def _kept(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else text(value)


def event(row: Mapping[str, Any]) -> Event:
    """The entry of the log that a row of the database holds."""
    return Event(
        id=row["id"],
        item_id=row["item_id"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        what=row["what"],
        changes=json.loads(row["changes"]),
    )


def day(when: date | None, *, not_after: date) -> str | None:
    """A day in the past, as it is kept.

    Raises:
        TrackerError: If it lies ahead.
    """
    if when is None:
        return None
    if when > not_after:
        msg = f"{when} lies ahead."
        raise TrackerError(msg, hint="Say so on the day it is implemented.")
    return when.isoformat()


def text(written: str | None) -> str | None:
    """What was written, without room around it; None for nothing."""
    kept = (written or "").strip()[:LONGEST]
    # Half a character, which a file can hold and the database cannot.
    return kept.encode(errors="replace").decode().replace("\0", "") or None


def required(written: str | None, *, what: str) -> str:
    """What was written.

    Raises:
        TrackerError: If it is nothing.
    """
    if kept := text(written):
        return kept
    msg = f"{what} is needed."
    raise TrackerError(msg)


def one_of(value: str, known: tuple[str, ...], *, what: str) -> str:
    """`value`, which is one of `known`.

    Raises:
        TrackerError: If it is not.
    """
    if value in known:
        return value
    msg = f"{what} is {value!r}."
    raise TrackerError(msg, hint=f"Use {', '.join(known)}.")


def _known(given: Mapping[str, Any], kind: type) -> Mapping[str, Any]:
    unknown = sorted(set(given) - set(kind.__annotations__))
    if unknown:
        msg = f"The tracker has no {' or '.join(unknown)} to set."
        raise TrackerError(msg)
    return given
