"""What may a month cost? The limits that people set, and how they write them.

`MONTHLY_BUDGET` is for the whole bill; `BUDGETS` for parts of it:
`prod:1500,service/Amazon RDS:400,tag/team=web:900`.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass
from typing import Final, Literal

from finops.errors import ConfigurationError

BudgetKind = Literal["whole", "account", "service", "tag"]
"""Which sort of part of the bill a budget is for."""

WHOLE: Final = "All costs"
"""What the budget for everything is called."""

AMOUNT: Final = re.compile(r"(?:([A-Z]{3}|\$)\s*)?(\d+\.?\d*)(?:\s*([A-Z]{3}))?")
"""`1500`, `$1500`, `1500.00 EUR` or `EUR 1500`."""

GRAMMAR: Final = (
    "Write NAME:AMOUNT for an account, service/NAME:AMOUNT or tag/KEY=VALUE:AMOUNT, "
    "with commas between and none within an amount."
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a part of the bill may cost in a month.

    Attributes:
        limit: In `currency`, never negative.
        kind: Which sort of part it is for.
        name: The account's name or id, the service's name, or the tag's value;
            empty for everything, and for charges that do not carry the tag.
        key: The tag's key.
        currency: None for the currency of the bill, whichever that is.
    """

    limit: float
    kind: BudgetKind = "whole"
    name: str = ""
    key: str = ""
    currency: str | None = None

    @property
    def label(self) -> str:
        """What to call it on screen."""
        match self.kind:
            case "whole":
                return WHOLE
            case "tag":
                return f"{self.key} = {self.name or '(none)'}"
            case _:
                return self.name

    @property
    def target(self) -> str:
        """The part of the bill, as a person writes it; empty for everything."""
        match self.kind:
            case "whole":
                return ""
            case "tag":
                return f"tag/{self.key}={self.name}"
            case _:
                return f"{self.kind}/{self.name}"


def whole_budget(text: str, *, setting: str = "MONTHLY_BUDGET") -> Budget:
    """The budget for everything that `text`, such as `2500.00`, stands for.

    Raises:
        ConfigurationError: If it is not an amount.
    """
    limit, currency = _amount(text, setting)
    return Budget(limit, currency=currency)


def part_budgets(text: str, *, setting: str = "BUDGETS") -> tuple[Budget, ...]:
    """The budgets for parts of the bill that `text` lists.

    A name that holds a comma stands in double quotes, with its amount.

    Raises:
        ConfigurationError: If an entry cannot be read, or two are for the same.
    """
    line = ",".join(text.splitlines())
    entries = next(csv.reader([line], skipinitialspace=True), [])
    budgets = [_part(entry.strip(), setting) for entry in entries if entry.strip()]
    targets = [budget.target for budget in budgets]
    for target in targets:
        if targets.count(target) > 1:
            msg = f"{setting} has two budgets for {target}."
            raise ConfigurationError(msg, hint="Leave one of them.")
    return tuple(budgets)


def _part(entry: str, setting: str) -> Budget:
    target, colon, amount = entry.rpartition(":")
    if not colon or not target.strip():
        msg = f"{setting} has the entry {entry!r}, which is not a name and an amount."
        raise ConfigurationError(msg, hint=GRAMMAR)
    limit, currency = _amount(amount, setting)
    kind, slash, name = target.strip().partition("/")
    match kind:
        case _ if not slash:
            return Budget(limit, "account", kind, currency=currency)
        case "account" | "service" if name:
            return Budget(limit, kind, name.strip(), currency=currency)
        case "tag" if re.match(r"[^=]+=", name):
            key, _, tagged = name.partition("=")
            return Budget(limit, "tag", tagged.strip(), key.strip(), currency)
    msg = f"{setting} has a budget for {target!r}, which names no part of the bill."
    raise ConfigurationError(msg, hint=GRAMMAR)


def _amount(text: str, setting: str) -> tuple[float, str | None]:
    """The amount and its currency; None for the bill's own."""
    found = AMOUNT.fullmatch(text.strip())
    limit = float(found[2]) if found else math.inf
    if found is None or not math.isfinite(limit) or (found[1] and found[3]):
        msg = f"{setting} has the amount {text.strip()!r}."
        hint = "Write an amount a month without separators, such as 1500.00."
        raise ConfigurationError(msg, hint=hint)
    currency = "USD" if found[1] == "$" else found[1] or found[3]
    return limit, currency
