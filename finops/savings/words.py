"""An entry of the log in words."""

from __future__ import annotations

from typing import Any, Final

from finops.savings.items import Event, units

CENTS: Final = "_cents"

NEW: Final = frozenset({"added", "imported"})


def change_text(event: Event) -> str:
    """What an event changed: `owner Ana, due on 2026-12-01`; for new items, which."""
    if event.what in NEW:
        return str(event.changes["title"])
    return ", ".join(
        f"{_name(column)} {_value(column, value)}"
        for column, value in event.changes.items()
        if column != "state"
    )


def _name(column: str) -> str:
    return column.removesuffix(CENTS).replace("_", " ")


def _value(column: str, value: Any) -> str:
    if value is None:
        return "none"
    return f"{units(value):,.2f}" if column.endswith(CENTS) else str(value)
