"""Is a figure in a text the same as a fact?"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from finops.commentary.facts import Fact
from finops.commentary.figures import Figure
from finops.commentary.figures.surroundings import singular

Match = Literal["grounded", "wrong_unit", "wrong_direction"]

SLACK: Final = 0.05
"""`More than $2,800` may be said of amounts up to this part above it."""

SAID_OF_MORE: Final = 1.5
"""`More than half` may be said of parts up to this many times as large."""

SAID_OF_LESS: Final = 0.8
"""`Nearly half` may be said of parts from this many times on."""

LOOSE_MULTIPLE: Final = 0.05
"""By which part of it `doubled` may be off."""

TELLING: Final = 3
"""A count of this many digits says enough without the right noun."""

DAYS_IN: Final = {
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": 30.44,
    "year": 365.25,
    "hour": 1 / 24,
}
BYTES: Final = {
    name: power
    for power, letter in enumerate("kmgtp", start=1)
    for name in (f"{letter}b", f"{letter}ib")
}
COUNTED: Final = frozenset(
    [
        "request",
        "call",
        "invocation",
        "instance",
        "volume",
        "snapshot",
        "bucket",
        "function",
        "cluster",
        "database",
        "node",
        "gateway",
        "address",
        "account",
        "service",
        "region",
        "user",
        "vcpu",
        "core",
        "anomaly",
        "alert",
    ]
) | frozenset(BYTES)
"""Nouns that a count is a count of, whether or not some fact counts them."""

_UP = (
    r"rose|rise[sn]?|rising|increas\w*|grew|grow\w*|climb\w*|jump\w*|spik\w*|surg\w*|"
    r"up|higher|above|added|more|gain\w*|expan\w+|accelerat\w*|over|extra|additional|"
    r"soar\w*|worse\w*|exceed\w*|bigger|larger|greater|dearer|pricier|balloon\w*|swell\w*|"
    r"swollen|doubl\w*|tripl\w*"
)
_DOWN = (
    r"fell|fall\w*|drop\w*|decreas\w*|declin\w*|shr[aiu]nk\w*|down|lower|below|cheaper|"
    r"sav\w*|reduc\w*|halv\w*|less|lost|cut\w*|slid\w*|dip\w*|eas\w+|under|plung\w*|"
    r"plummet\w*|slump\w*|off|contract(?:ed|ing|s)|fewer|improv\w*|smaller|lighter|sank|"
    r"sink\w*|retreat\w*|ebb\w*"
)
_VERB = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_VERB_NEXT = re.compile(rf"\s*(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;,:)\n](?!\d)| and ")
_CLAUSE_START = re.compile(r"[.;:(\n](?!\d)|, (?:and|but|while) ")
FAR: Final = 60


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares the figures of one text with facts.

    Attributes:
        nouns: What the facts count.
    """

    text: str
    nouns: Set[str]

    def match(self, figure: Figure, fact: Fact) -> Match | None:
        """How `figure` is `fact`; None where they are not the same."""
        if figure.kind == "date" or isinstance(fact.value, date | str):
            return _same_day(figure, fact)
        if figure.kind == "duration":
            return _same_length(figure, fact)
        if figure.kind == "count" and _counts_bytes(figure, fact):
            return _same_bytes(figure, fact)
        if not _fits(figure, _target(figure, fact)):
            return None
        return self._same_amount(figure, fact)

    def _same_amount(self, figure: Figure, fact: Fact) -> Match | None:
        """How a figure of the right size is `fact`."""
        if fact.unit not in _units(figure) and not self._is_money(figure, fact):
            return "wrong_unit"
        if figure.kind == "count" and not self._right_noun(figure, fact):
            return None
        if _other_time(figure, fact):
            return "wrong_unit"
        return "grounded" if self._right_direction(figure, fact) else "wrong_direction"

    def _is_money(self, figure: Figure, fact: Fact) -> bool:
        return figure.kind == "money" and fact.unit == (figure.currency or "USD")

    def _right_noun(self, figure: Figure, fact: Fact) -> bool:
        if not figure.nouns or not fact.noun or fact.unit == "ratio":
            return True
        heads = {singular(word) for word in fact.noun.split()}
        if heads & set(figure.nouns):
            return True
        digits = f"{figure.value:g}".replace(".", "").strip("0")
        known = bool((self.nouns | COUNTED) & set(figure.nouns))
        return not known and len(digits) >= TELLING

    def _right_direction(self, figure: Figure, fact: Fact) -> bool:
        """Whether a change is not told the other way round.

        The written sign decides, then the nearest verb of the clause.
        """
        value = fact.number
        verb = self._verb(figure)
        if figure.sign and (fact.signed or value < 0 or verb != "down"):
            return value * figure.sign >= 0
        if not fact.signed or verb is None:
            return True
        return (value >= 0) == (verb == "up")

    def _verb(self, figure: Figure) -> Literal["up", "down"] | None:
        right = _CLAUSE_END.split(self.text[figure.end : figure.end + FAR // 2])[0]
        left = _CLAUSE_START.split(self.text[: figure.start])[-1][-FAR:]
        after = _VERB_NEXT.match(right)
        near = [after] if after else list(_VERB.finditer(left))
        if not near:
            return None
        return "up" if near[-1]["up"] else "down"


def _target(figure: Figure, fact: Fact) -> float:
    """The fact's value on the scale that the figure is written in."""
    value = fact.number
    if figure.kind == "percent":
        if fact.unit == "times":
            return abs(value - 1) * 100
        return abs(value) * (100 if fact.unit == "ratio" else 1)
    if figure.kind == "times" and fact.unit == "%":
        return 1 + value / 100
    return abs(value)


def _units(figure: Figure) -> tuple[str, ...]:
    match figure.kind:
        case "percent":
            return ("%", "ratio", "times")
        case "times":
            return ("times", "%", "ratio")
        case "count":
            return ("count",) if figure.nouns else ("count", "ratio")
        case _:
            return ()


def _fits(figure: Figure, target: float) -> bool:
    """Whether `target` may be written as `figure` is.

    What is written decides how exact it is. `About` takes its trailing zeros
    for rounding, and `more than` allows what a round figure leaves out; neither
    by more than a twentieth.
    """
    value = figure.value
    close = 1e-9 * max(1.0, value)
    if figure.loose:
        return _fits_loosely(figure, target)
    half = figure.quantum / 2 + close
    slack = min(figure.coarse, max(figure.quantum, SLACK * value))
    match figure.hedge:
        case "at_least":
            return -half <= target - value < max(slack - close, half)
        case "at_most":
            return -half <= value - target < max(slack - close, half)
        case "about":
            width = max(figure.quantum / 2, min(figure.coarse / 2, SLACK * value))
            return abs(target - value) <= width + close
        case _:
            return abs(target - value) <= half


def _fits_loosely(figure: Figure, target: float) -> bool:
    value = figure.value
    if figure.hedge == "at_least":
        return value <= target <= value * SAID_OF_MORE
    if figure.hedge == "at_most":
        return value * SAID_OF_LESS <= target <= value
    loose = LOOSE_MULTIPLE if figure.kind == "times" else figure.loose
    return abs(target - value) <= loose * value


def _other_time(figure: Figure, fact: Fact) -> bool:
    """Whether an amount is told for another time than it is for."""
    if figure.per:
        return figure.per != fact.per
    return bool(figure.rhythm and fact.per and figure.rhythm != fact.per)


def _same_day(figure: Figure, fact: Fact) -> Match | None:
    if figure.day is None or not isinstance(fact.value, date):
        return None
    return "grounded" if figure.day.holds(fact.value) else None


def _same_length(figure: Figure, fact: Fact) -> Match | None:
    unit = figure.nouns[0]
    if fact.unit == "days" and unit in DAYS_IN:
        days = figure.value * DAYS_IN[unit]
        # `13 weeks` for 92 days, and `3 months`: the nearest whole ones.
        within = {"day": 0.0, "hour": 0.0, "week": 3.5, "fortnight": 3.5}.get(unit)
        slack = SLACK * days + 1 if within is None else within
        hedged = SLACK * days if figure.hedge else 0.0
        same = abs(days - fact.number) <= max(slack, hedged) + 1e-9
    else:
        same = fact.noun == unit and _fits(figure, abs(fact.number))
    return "grounded" if same else None


def _counts_bytes(figure: Figure, fact: Fact) -> bool:
    counted = (fact.noun or "").lower()
    return counted in BYTES and bool(set(figure.nouns) & set(BYTES))


def _same_bytes(figure: Figure, fact: Fact) -> Match | None:
    """8,423 GB may be told as 8.4 TB, of 1000 or of 1024 GB."""
    written = next(BYTES[noun] for noun in figure.nouns if noun in BYTES)
    steps = written - BYTES[(fact.noun or "").lower()]
    same = any(_fits(figure, fact.number / k**steps) for k in (1000, 1024))
    return "grounded" if same and figure.per in (None, fact.per) else None
