"""One item of a file, checked before it enters the tracker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, get_args

from finops.errors import TrackerError
from finops.recommendations import Effort, Risk
from finops.savings.entries import link, one_of, required, text
from finops.savings.items import COLUMNS, DAYS, IMPLEMENTED, State, cents

MONEY: Final[Mapping[str, str]] = {
    "estimated_cents": "estimated_savings",
    "actual_cents": "actual_savings",
    "measured_cents": "measured_savings",
    "measured_low_cents": "measured_low",
    "measured_high_cents": "measured_high",
}
"""What amounts are called in a file, where they are whole units a month."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "state": get_args(State),
    "risk": get_args(Risk),
    "effort": get_args(Effort),
}

NEEDED: Final = ("title", "recommendation_type", "currency")


def checked(found: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The row of an item, if everything in it makes sense together.

    Raises:
        TrackerError: If it does not; it names `where`.
    """
    try:
        row = {column: _value(column, found) for column in COLUMNS if column != "id"}
        _require_sense(row)
    except (TrackerError, ValueError) as error:
        msg = f"{where}: {error}"
        raise TrackerError(msg, hint="Nothing was imported.") from error
    return row


def _value(column: str, found: Mapping[str, Any]) -> Any:
    given = found.get(MONEY.get(column, column))
    written = "" if given is None else str(given).strip()
    if column in CHOICES:
        return one_of(written, CHOICES[column], what=column)
    if column == "currency":
        return required(written, what="A currency").upper()
    if column in NEEDED:
        return required(written, what=f"A {column.replace('_', ' ')}")
    return READ.get(column, text)(written) if written else None


def _day(written: str) -> str:
    return date.fromisoformat(written).isoformat()


def _moment(written: str) -> str:
    moment = datetime.fromisoformat(written)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


READ: Final[Mapping[str, Callable[[str], Any]]] = {
    **dict.fromkeys(MONEY, cents),
    **dict.fromkeys(DAYS, _day),
    "added_at": _moment,
    "ticket": link,
}
"""How columns are read that hold no plain text."""


def _require_sense(row: Mapping[str, Any]) -> None:
    """Check what must go together.

    Raises:
        TrackerError: If something does not.
    """
    state = row["state"]
    measured = [row[column] for column in MONEY if column.startswith("measured")]
    rules = (
        ("reason", state == "rejected", [row["reason"]]),
        ("implemented_on", state in IMPLEMENTED, [row["implemented_on"]]),
        ("measured saving with its interval", state == "verified", measured),
    )
    for what, wanted, values in rules:
        if any((value is not None) != wanted for value in values):
            msg = f"What is {state} has {'a' if wanted else 'no'} {what}."
            raise TrackerError(msg)
    if row["actual_cents"] is not None and state not in IMPLEMENTED:
        msg = f"What is {state} has saved nothing yet, and so no actual saving."
        raise TrackerError(msg)
    if state == "verified" and not _shows_a_saving(*measured):
        msg = "What is verified has a measured saving within an interval above 0."
        raise TrackerError(msg)


def _shows_a_saving(measured: int, low: int, high: int) -> bool:
    return 0 < low <= measured <= high
