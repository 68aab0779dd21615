"""Which days, months, quarters and years does a text name?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from finops.commentary.figures.figure import Day
from finops.periods import LONGEST_MONTH

MONTHS: Final = {
    word: n % 12 + 1
    for n, word in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "jan",
            "feb",
            "mar",
            "apr",
            "may",
            "jun",
            "jul",
            "aug",
            "sep",
            "oct",
            "nov",
            "dec",
        ]
    )
} | {"sept": 9}
WEEKDAYS: Final = {
    word: n
    for n, word in enumerate(
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    )
}
ORDER: Final = {
    word: n
    for n, words in enumerate(
        ("first 1st 1", "second 2nd 2", "third 3rd 3", "fourth 4th 4"), start=1
    )
    for word in words.split()
}
DECEMBER: Final = 12
CENTURY: Final = 2000
PARTS: Final = {
    "early": (1, 11),
    "start of": (1, 8),
    "beginning of": (1, 8),
    "mid": (10, 20),
    "middle of": (10, 20),
    "late": (19, 31),
    "end of": (23, 31),
}
"""Which days of its month `mid-December` may be."""

_MONTH = (
    "(?:" + "|".join(sorted((m.title() for m in MONTHS), key=len, reverse=True)) + ")"
)
_YEAR = r"(?:20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:st|nd|rd|th)?"
_WEEKDAY = "(?:" + "|".join(w.title() for w in WEEKDAYS) + ")"
_TO = r"\s?(?:-|to|and|through|until)\s?(?:the )?"
_PART = (
    r"(?:[Ee]arly|[Mm]id|[Ll]ate|[Ee]nd of|[Ss]tart of|[Bb]eginning of|[Mm]iddle of)"
)

PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?P<year>{_YEAR})[-/.](?P<month>0\d|1[0-2])[-/.](?P<day>[0-3]\d)(?:T[\d:.]+Z?)?(?!\d)",
        rf"(?<![\d/])(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<year>{_YEAR})(?!\d)",
        rf"\b(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?![\d-])",
        r"(?<![\d/.$])(?P<a>0?[1-9]|1[0-2])/(?P<b>1[3-9]|2\d|3[01])(?![\d/])",
        r"(?<![\d/.$])(?P<a>1[3-9]|2\d|3[01])/(?P<b>0?[1-9]|1[0-2])(?![\d/])",
        rf"\bQ(?P<quarter>[1-4])(?:[ -]?(?P<year>{_YEAR})|[ ]?'(?P<short>\d\d))?\b",
        rf"\b(?P<year>{_YEAR})[ -]?Q(?P<quarter>[1-4])\b",
        rf"\bH(?P<half>[12])(?: (?P<year>{_YEAR}))?\b",
        rf"\b(?P<nth_quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th)[ -]quarter\b"
        rf"(?:(?: of)? (?P<year>{_YEAR}))?",
        rf"\b(?P<nth_half>[Ff]irst|[Ss]econd)[ -]half of (?P<year>{_YEAR})\b",
        rf"(?:\b(?P<weekday>{_WEEKDAY}),? (?:the )?)?\b(?P<month>{_MONTH})\.? (?:the )?"
        rf"(?P<day>{_DAY}){_NTH}(?!\d|,\d|[.]\d|\s?%|:\d)"
        rf"(?:{_TO}(?P<last>{_DAY}){_NTH}(?!\d|,\d|[.]\d|\s?%))?(?:,? (?P<year>{_YEAR})\b)?",
        rf"(?:\b(?P<weekday>{_WEEKDAY}),? (?:the )?)?"
        rf"(?:(?<![\d.,$-])(?P<from>{_DAY}){_NTH}{_TO})?(?<![\d.,$])\b(?P<day>{_DAY}){_NTH}"
        rf"(?: of)? (?P<month>{_MONTH})\b\.?(?:,? (?P<year>{_YEAR})\b)?",
        rf"\b(?P<part>{_PART})[ -](?:the )?(?P<month>{_MONTH})\b\.?(?:,? (?P<year>{_YEAR})\b)?",
        rf"\b(?P<month>{_MONTH})\b\.?(?:,? (?:of )?(?P<year>{_YEAR})\b| ?'(?P<short>\d\d)\b)",
        r"(?<![$€£\d.,])\b(?:FY ?'?)?(?P<year>20[2-4]\d)\b"
        r"(?![.,]\d|\s?%|-\d|\s?(?:USD|EUR|GBP|dollars|percent|[KMGT]i?B\b))",
        r"\bFY ?'?(?P<short>\d\d)\b",
        rf"\b(?:on|by|until|before|since|after|from) the (?P<day>{_DAY})(?:st|nd|rd|th)\b"
        rf"(?! (?:day|week|month|account|service|instance|largest|most|percentile))",
        r"\b(?P<lone>[Ii]n|[Bb]y|[Uu]ntil|[Ss]ince|[Dd]uring|[Ff]or|[Oo]f|[Bb]efore|"
        rf"[Aa]fter|[Tt]his|[Ll]ast|[Nn]ext|[Tt]hroughout) (?P<month>{_MONTH})\b(?! \d)",
        rf"\b(?P<lone>)(?P<month>(?!May|Mar\b|March){_MONTH})\b(?! \d)",
        r"(?P<clock>\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?)(?!\d)",
    )
)
"""From the most to the least exact: what one has read, the next cannot."""

_NAMED = re.compile(r"\(\?P<(\w+)>")


def dates_in(text: str) -> Iterator[tuple[int, int, Day | None, bool]]:
    """Each date with its place and whether it is a lone month; None is a clock time."""
    for pattern in PATTERNS:
        places = []
        for found in pattern.finditer(text):
            days = _days(found)
            if days is None:
                continue
            places.append(found.span())
            lone = "lone" in pattern.groupindex
            start = found.start("month") if lone else found.start()
            for day in days:
                yield start, found.end(), day, lone
        for start, end in places:
            text = text[:start] + "\x00" * (end - start) + text[end:]


def _days(found: re.Match[str]) -> list[Day | None] | None:
    """What was found; two for a range, and None where it is no date after all."""
    said = {name: text for name, text in found.groupdict().items() if text}
    if "clock" in said:
        return [None]
    year = int(said["year"]) if "year" in said else None
    if "short" in said:
        year = CENTURY + int(said["short"])
    if "a" in said:
        return _either_order(int(said["a"]), int(said["b"]), year)
    return [*_stretch(said, year)] or [*_single_days(said, year)]


def _stretch(said: Mapping[str, str], year: int | None) -> Iterator[Day]:
    """The quarter, the half of a year or the part of a month that is named."""
    if "part" in said:
        first, last = PARTS[said["part"].lower()]
        yield Day(year=year, month=_month(said["month"]), first=first, last=last)
    if nth := said.get("nth_quarter") or said.get("quarter"):
        yield Day(year=year, quarter=ORDER[nth.lower()])
    if nth := said.get("nth_half") or said.get("half"):
        yield Day(year=year, half=ORDER[nth.lower()])


def _single_days(said: Mapping[str, str], year: int | None) -> Iterator[Day]:
    """The days that are named; a month or a year where no day is."""
    month = _month(said["month"]) if "month" in said else None
    weekday = WEEKDAYS.get(said.get("weekday", "").lower())
    ends: list[int | None] = [
        int(said[end]) for end in ("from", "day", "last") if end in said
    ]
    for end in ends or [None]:
        yield Day(year=year, month=month, first=end, last=end, weekday=weekday)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else MONTHS[text.lower()]


def _either_order(a: int, b: int, year: int | None) -> list[Day | None] | None:
    """`12/28/2026` and `28/12/2026`; where both could be, the American order."""
    month, day = (a, b) if a <= DECEMBER else (b, a)
    if not 1 <= month <= DECEMBER or not 1 <= day <= LONGEST_MONTH:
        return None
    return [Day(year=year, month=month, first=day, last=day)]
