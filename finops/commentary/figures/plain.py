"""A text with its numbers in digits, and where in the original each character was.

`seven instances` is read as `7 instances`, `two thousand` as `2000`, and the
many spaces, dashes and digits of Unicode as their ASCII likenesses, so that
what reads figures has one way of writing to know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

SPACES: Final = "\u00a0\u202f\u2009\u2007\u2002\u2003\u2008\u200a\u3000"
DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63\uff0d"
MINUS: Final = "\u2212"

LIKENESS: Final = str.maketrans(
    dict.fromkeys(SPACES, " ")
    | dict.fromkeys(DASHES, "-")
    | {
        MINUS: "-",
        "\u2044": "/",
        "\u2019": "'",
        "\u2018": "'",
        "\u00d7": "x",
        "\u00b1": "~",
        "\u2248": "~",
        "\u2265": ">",
        "\u2264": "<",
    }
)
"""Characters that look alike, and mean the same, one for one."""

UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS: Final = [
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
SMALL: Final = {word: n for n, word in enumerate(UNITS)} | {
    word: n for n, word in enumerate(TENS, start=2) for n in (n * 10,)
}
WITH_UNITS: Final = range(20, 100, 10)
"""The numbers that another may follow in the same word: `twenty-five`."""

MULTIPLES: Final = {"hundred": 100, "thousand": 1000, "dozen": 12}
LARGE: Final = ("million", "billion", "trillion")

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_NUMBER_WORD = rf"(?:{_SMALL}|hundred|thousand|dozen)"
SPELLED: Final = re.compile(
    rf"\b(?:(?:a|half a) (?:hundred|thousand|dozen)"
    rf"|(?:{_SMALL})(?:(?:[ -]| and )(?:{_NUMBER_WORD})\b)*)"
    rf"(?: point (?:{_SMALL})(?:[ ](?:{_SMALL}))*| and a half)?\b",
    re.IGNORECASE,
)
"""A number in words: `seven`, `one hundred and twenty`, `three point five`."""

HALF: Final = " and a half"

SCALED_ARTICLE: Final = re.compile(
    rf"\b(?P<half>half )?an? (?={'|'.join(LARGE)}|per ?cent)", re.IGNORECASE
)
"""The article of `a million`, which is one of them."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain digits, and the way back.

    Attributes:
        origin: For each character of `text`, from where to where in the original
            what it was made from stands.
    """

    text: str
    origin: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the original `text[start:end]` was."""
        return self.origin[start][0], self.origin[end - 1][1]


def plain(text: str) -> Plain:
    """`text` in plain digits."""
    folded = "".join(_folded(character) for character in text)
    start = Plain(folded, tuple((place, place + 1) for place in range(len(folded))))
    scaled = _replaced(start, SCALED_ARTICLE, _one_or_half)
    return _replaced(scaled, SPELLED, _in_digits)


def _folded(character: str) -> str:
    """One character for one: places must not move."""
    likeness = character.translate(LIKENESS)
    compatible = unicodedata.normalize("NFKC", likeness)
    return compatible if len(compatible) == 1 else likeness


def _replaced(
    old: Plain, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str | None]
) -> Plain:
    """`old` with what `pattern` finds replaced; None leaves it as it is."""
    pieces: list[str] = []
    origin: list[tuple[int, int]] = []
    done = 0
    for found in pattern.finditer(old.text):
        written = by(found)
        if written is None:
            continue
        pieces += [old.text[done : found.start()], written]
        origin += old.origin[done : found.start()]
        origin += [old.span(*found.span())] * len(written)
        done = found.end()
    return Plain("".join([*pieces, old.text[done:]]), (*origin, *old.origin[done:]))


def _one_or_half(found: re.Match[str]) -> str:
    return "0.5 " if found["half"] else "1 "


def _in_digits(found: re.Match[str]) -> str | None:
    words = found[0].lower()
    if words == "one":
        return None  # a pronoun far more often than a figure
    whole, _, decimals = words.removesuffix(HALF).partition(" point ")
    value = _value(whole)
    if value is None:
        return None
    digits = "".join(str(SMALL[word]) for word in decimals.split())
    if words.endswith(HALF):
        digits = "5"
    return f"{value}.{digits}" if digits else str(value)


def _value(words: str) -> int | None:
    """The number that `words` spell; None where they are several numbers."""
    if words == "half a dozen":
        return MULTIPLES["dozen"] // 2
    total = group = 0
    last: int | None = None
    for word in re.split(r"[ -]", words.replace(" and ", " ")):
        if word in ("a", "half"):
            group = 1
            continue
        if word in MULTIPLES:
            group = max(group, 1) * MULTIPLES[word]
            if word == "thousand":
                total, group = total + group, 0
            last = None
            continue
        value = SMALL[word]
        if last is not None and not (last in WITH_UNITS and value in range(1, 10)):
            return None
        group, last = group + value, value
    return total + group
