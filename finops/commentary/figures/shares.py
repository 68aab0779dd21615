"""Which parts and multiples does a text name in words: half, a third, doubled?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from finops.commentary.figures.figure import Figure
from finops.commentary.figures.surroundings import hedge_before

PARTS: Final = {
    "half": 2,
    "halve": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
MULTIPLES: Final = {
    "doubled": 2,
    "doubles": 2,
    "double": 2,
    "doubling": 2,
    "twice": 2,
    "twofold": 2,
    "tripled": 3,
    "triples": 3,
    "triple": 3,
    "tripling": 3,
    "trebled": 3,
    "thrice": 3,
    "threefold": 3,
    "quadrupled": 4,
    "quadruple": 4,
    "quadrupling": 4,
    "fourfold": 4,
    "quintupled": 5,
    "fivefold": 5,
    "tenfold": 10,
}
SIGNS: Final = {"\u00bd": 50.0, "\u00bc": 25.0, "\u00be": 75.0} | {
    "\u2153": 100 / 3,
    "\u2154": 200 / 3,
}

LOOSE: Final = 0.08
"""By which part of its size `a third` may be off."""

LOOSER: Final = 0.1
"""The same for `roughly a third`."""

_OF = r"(?=\s(?:of|the|that|its|this|your|our|all|as|more|less|lower|higher|cheaper)\b)"
_PART = r"(?P<part>halves|half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?"

PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<n>\d|an?|one)[ -]{_PART}\b(?! of (?:history|data|usage|a ))"
        r"(?=\s(?:of|more|less|lower|higher|cheaper|above|below|as|the|its)\b|[.,;)]|$)",
        rf"\bby (?:(?P<n>an?|one) )?{_PART}\b",
        r"\b(?P<n>[2-9])-?(?P<part>third|quarter|fifth|tenth)s\b",
        r"\b(?P<halved>halved|halving|halves)\b",
        r"\b(?:cut|cuts|slashed|split)(?: \w+){0,3} in (?P<halved>half)\b",
        rf"(?<!first )(?<!second )(?<!other )\b(?P<part>half){_OF}",
        r"\b(?P<multiple>"
        + "|".join(sorted(MULTIPLES, key=len, reverse=True))
        + r")\b(?!-| (?:an? |per |each |every |check|digit|daily|weekly|monthly|down))",
        r"(?P<over>(?<![\d/$])(?P<n>[1-9])/(?P<d>[2-9]|10)(?![\d/])(?=\s(?:of|the)\b))",
        r"(?<![.,$€£¥₹])\b(?P<in>(?:one|1|\d{1,2}) (?:in|out of) (?:every )?(?P<d>\d{1,2}))\b"
        r"(?!\d|[,.]\d|\s?%)",
        rf"(?P<sign>[{''.join(SIGNS)}])",
    )
)


def shares_in(text: str) -> Iterator[Figure]:
    """Each part or multiple in words; `doubled` is the multiple 2, `a third` 33 %."""
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            free = all(found.end() <= a or found.start() >= b for a, b in taken)
            if free and (figure := _figure(text, found)):
                taken.append(found.span())
                yield figure


def _figure(text: str, found: re.Match[str]) -> Figure | None:
    said = {name: word.lower() for name, word in found.groupdict().items() if word}
    hedge = hedge_before(text, found.start())
    if "multiple" in said:
        kind, value = "times", float(MULTIPLES[said["multiple"]])
    else:
        kind, value = "percent", _part(said)
    if not value:
        return None
    return Figure(
        start=found.start(),
        end=found.end(),
        text="",
        kind="times" if kind == "times" else "percent",
        value=value,
        loose=LOOSER if hedge == "about" else LOOSE,
        hedge=hedge,
        sign=-1 if "halved" in said else 0,
    )


def _part(said: dict[str, str]) -> float:
    """The percentage that a part in words is; 0 where it is none."""
    if "halved" in said:
        return 50.0
    if "sign" in said:
        return SIGNS[said["sign"]]
    if "in" in said:
        [n, *_] = said["in"].split()
        return _percentage(1 if n == "one" else int(n), int(said["d"]))
    if "over" in said:
        return _percentage(int(said["n"]), int(said["d"]))
    n = said.get("n", "1")
    word = said["part"]
    whole = PARTS["half" if word == "halves" else word]
    return _percentage(int(n) if n.isdigit() else 1, whole)


def _percentage(part: int, whole: int) -> float:
    return 100 * part / whole if 0 < part < whole else 0.0
