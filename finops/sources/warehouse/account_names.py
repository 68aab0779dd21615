"""What is an account called that was renamed?

A bill has the name that an account had on each day. Grouped by it, one account
would be two: the one would seem to have ended, and the other to be new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from finops.sources.warehouse.bills import Value
from finops.sources.warehouse.parts import Part

ID, NAME = "SubAccountId", "SubAccountName"


def newest_names(parts: Iterable[Part]) -> Mapping[str, str]:
    """The last name of each account that had several, by its id."""
    names: dict[str, dict[str, datetime]] = {}
    for part in parts:
        if part.has(ID) and part.has(NAME):
            for row in _named(part).to_pyarrow().to_pylist():
                seen = names.setdefault(row["id"], {})
                seen[row["name"]] = max(row["last"], seen.get(row["name"], row["last"]))
    return {
        account: max(seen, key=lambda name: (seen[name], name))
        for account, seen in names.items()
        if len(seen) > 1
    }


def renamed(part: Part, names: Mapping[str, str]) -> dict[str, Value]:
    """What fills the account's name in `part`, where accounts had several."""
    if not names or not part.has(ID):
        return {}
    return {NAME: part.value(ID).cases(*names.items(), else_=part.value(NAME))}


def _named(part: Part) -> Value:
    """Each id with each of its names, and when it was last charged by it."""
    charges = part.bill.lines.select(
        id=part.value(ID), name=part.value(NAME), start=part.value("ChargePeriodStart")
    )
    charges = charges.filter(charges.id.notnull(), charges.name.notnull())
    return charges.group_by(["id", "name"]).aggregate(last=charges.start.max())
