"""What is known: figures that we computed, each with an id that a text can cite."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from finops import formats

Per = Literal["hour", "day", "week", "month", "year"]
"""The time that an amount is paid for; none where it is a total."""

PLACEHOLDER: Final = re.compile(r"\{\{\s*([A-Za-z][\w.\-]*)\s*\}\}")
"""Where a text asks for a fact: `{{forecast.total}}`."""

ARTICLES: Final = {"hour": "an"}

WHOLE: Final = 1000.0
"""Amounts from here on are shown without cents."""

MISSING: Final = "[unknown figure]"
"""Stands where a text asks for a fact that there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure, day or name, and what it stands for.

    Attributes:
        unit: A currency such as USD, `%`, `ratio` (0.42 is 42 %), `times` (9.0 is
            9.0x), `days`, `count`, `date`, or `text` for a name.
        noun: What a count counts, in the singular.
        signed: Whether the sign is part of what it says: a change.
        label: What it is, in a few words.
    """

    value: float | date | str
    unit: str
    per: Per | None = None
    noun: str | None = None
    signed: bool = False
    label: str = ""

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return len(self.unit) == len("USD") and self.unit.isupper()

    @property
    def number(self) -> float:
        """The value of a fact that is a number."""
        if isinstance(self.value, str | date):
            msg = f"{self.value!r} is not a number."
            raise TypeError(msg)
        return float(self.value)

    @property
    def shown(self) -> str:
        """The fact as it stands in a sentence; a change without its sign."""
        if isinstance(self.value, date):
            return formats.day(self.value)
        if isinstance(self.value, str):
            return self.value
        size = abs(self.value) if self.signed else self.value
        if self.is_money:
            text = formats.money(size, self.unit, cents=abs(size) < WHOLE)
        elif self.unit in ("%", "ratio"):
            text = formats.percent(size / 100 if self.unit == "%" else size)
        elif self.unit == "times":
            text = f"{size:,.1f}x"
        else:
            text = _counted(size, "day" if self.unit == "days" else self.noun or "")
        return f"{text} {ARTICLES.get(self.per, 'a')} {self.per}" if self.per else text


Facts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its facts put in.

    Attributes:
        used: The ids that were put in.
        unknown: The ids that were asked for and do not exist.
    """

    text: str
    used: tuple[str, ...]
    unknown: tuple[str, ...]


def fill(template: str, facts: Facts) -> Filled:
    """`template` with every `{{id}}` replaced by the fact as it is shown.

    In one pass: a name that itself holds braces is not expanded again.
    """
    asked = PLACEHOLDER.findall(template)
    text = PLACEHOLDER.sub(
        lambda found: facts[found[1]].shown if found[1] in facts else MISSING, template
    )
    return Filled(
        text,
        tuple(dict.fromkeys(i for i in asked if i in facts)),
        tuple(dict.fromkeys(i for i in asked if i not in facts)),
    )


def names_in(facts: Facts) -> list[str]:
    """The names among the facts, which may hold digits that are no figures."""
    return [fact.value for fact in facts.values() if isinstance(fact.value, str)]


def documented(
    facts: Facts, ids: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """The facts, or some of them, as a model reads them: what each says, and how."""
    return [
        {"id": name, "is": fact.label or name, "shown_as": fact.shown}
        | ({"direction": _direction(fact)} if fact.signed else {})
        for name, fact in facts.items()
        if ids is None or name in ids
    ]


def _direction(fact: Fact) -> str:
    return "up" if fact.number > 0 else "down" if fact.number < 0 else "unchanged"


def _counted(size: float, noun: str) -> str:
    number = f"{size:,.0f}" if size == round(size) else f"{size:,.1f}"
    if not noun:
        return number
    plural = noun if size == 1 or not noun.islower() else _plural(noun)
    return f"{number} {plural}"


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
