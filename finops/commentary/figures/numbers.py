"""Which numbers does a text state, with currency, scale, unit and precision?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finops.commentary.facts import Per
from finops.commentary.figures.figure import Figure, Kind
from finops.commentary.figures.masks import HIDDEN
from finops.commentary.figures.surroundings import (
    hedge_after,
    hedge_before,
    nouns_after,
    nouns_before,
    period_after,
    period_before,
)

SCALES: Final = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mm": 1e6,
    "mn": 1e6,
    "mil": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "trillion": 1e12,
}
SYMBOLS: Final = {
    "$": "USD",
    "us$": "USD",
    "dollar": "USD",
    "us dollar": "USD",
    "buck": "USD",
    "cent": "USD",
    "¢": "USD",
    "€": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "pound": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "₹": "INR",
    "rupee": "INR",
    "a$": "AUD",
    "c$": "CAD",
}
CODES: Final = "USD|EUR|GBP|JPY|INR|CHF|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|CNY|BRL|SGD|HKD|KRW|MXN|ZAR"
CENTS: Final = ("cent", "¢")
PER_CENT: Final = 0.01

_BEFORE = rf"(?:US\$|A\$|C\$|[$€£¥₹]|\b(?:{CODES})(?![A-Za-z]))"
_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ ']\d{3})+(?![\d,])(?:\.\d+)?"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_SCALE = (
    r"(?:[ -]?(?:thousand|million|billion|trillion|bn|mn|mil|MM|[kKMB])(?![A-Za-z])"
    r"|m(?![A-Za-z]))"
)
_PERCENT = r"(?:[ -]?(?:%|percentage[ -]points?|per ?cent\b|pp\b|pts\b|pct\b|bps\b|basis points?\b))"
_AFTER = (
    rf"(?:[ -]?(?:(?:{CODES})\b|US dollars?\b|dollars?\b|euros?\b|pounds?\b|yen\b|"
    r"rupees?\b|cents?\b|bucks\b|[€£¥¢]))"
)
_TO = r"(?P<to>\s?(?:-|to|and|through)\s?(?=[$€£¥₹\d.A-Z]))"

NUMBER: Final = re.compile(
    rf"(?P<sign>[+-])?(?P<cur>{_BEFORE})?\s?(?P<inner>[+-])?(?P<num>{_NUMBER})"
    rf"(?P<scale>{_SCALE})?(?P<pct>{_PERCENT})?(?P<cur_after>{_AFTER})?"
    rf"(?:{_TO}(?P<b_cur>{_BEFORE})?\s?(?P<b_num>{_NUMBER})(?P<b_scale>{_SCALE})?"
    rf"(?P<b_pct>{_PERCENT})?(?P<b_cur_after>{_AFTER})?)?"
    r"(?P<times>[ -]?(?:x(?![A-Za-z\d])|times\b(?! (?:an?|per|each|every) )|fold\b))?",
)

DURATIONS: Final = ("day", "week", "fortnight", "month", "year", "hour", "minute")
"""The nouns that make a number a length of time."""

KINDS_OF_DAY: Final = [
    "consecutive",
    "calendar",
    "full",
    "complete",
    "more",
    "further",
    "business",
    "working",
    "whole",
    "straight",
    "additional",
    "successive",
]
"""What may stand between the number and the noun of a length of time."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """One end of a range, or a number that stands alone."""

    start: int
    end: int
    digits: str
    scale: str
    percent: str
    currency: str


def numbers_in(text: str) -> Iterator[Figure]:
    """Each number of `text`, which has neither dates nor names in it any more."""
    for found in NUMBER.finditer(text):
        if not _inside_a_word(text, found.start("num")):
            yield from _figures(text, found)


def _inside_a_word(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    if before == "." and text[at - 2 : at - 1].isdigit():
        return True
    return bool(re.match(rf"[A-Za-z_{HIDDEN}]", before)) and not re.search(
        rf"(?:{CODES})$", text[max(0, at - 3) : at]
    )


def _figures(text: str, found: re.Match[str]) -> Iterator[Figure]:
    first = _amount(found, "")
    if found["b_num"] is None:
        yield _figure(text, found, first, found.end())
        return
    second = _amount(found, "b_")
    money = first.currency or second.currency
    joined = found["to"].strip() != "and" or bool(
        re.search(r"\bbetween\s?$", text[: found.start()], re.IGNORECASE)
    )
    if joined:
        percent = second.percent if not first.currency else first.percent
        scale = first.scale or _borrowed(first.digits, second)
        first = _with(first, scale=scale, percent=first.percent or percent)
        if not (first.percent or second.percent):
            first = _with(first, currency=first.currency or money)
            second = _with(second, currency=second.currency or money)
    end = found.end() if joined else first.end
    yield _figure(text, found, first, end)
    yield _figure(text, None, second, found.end())


def _with(amount: _Amount, **changed: str) -> _Amount:
    said = {name: getattr(amount, name) for name in _Amount.__slots__}
    return _Amount(**(said | changed))


def _borrowed(digits: str, second: _Amount) -> str:
    """The scale of the second end, where `2.75-2.95K` means it for both."""
    return second.scale if _value(digits) <= _value(second.digits) else ""


def _amount(found: re.Match[str], which: str) -> _Amount:
    parts = [f"{which}{name}" for name in ("cur", "num", "scale", "pct", "cur_after")]
    said = [found[name] or "" for name in parts]
    places = [found.span(name) for name in parts if found[name]]
    currency = _currency(said[0] or said[4])
    scale = said[2].strip(" -").lower()
    start, end = min(places)[0], max(places)[1]
    return _Amount(start, end, said[1], scale, said[3].strip(" -").lower(), currency)


def _currency(written: str) -> str:
    word = written.strip(" -")
    if word.upper() in CODES.split("|"):
        return word.upper()
    name = word.lower().removesuffix("s") if len(word) > 1 else word
    return ("cent" if name in CENTS else SYMBOLS.get(name, "")) if word else ""


def _figure(
    text: str, found: re.Match[str] | None, amount: _Amount, end: int
) -> Figure:
    """The figure that `amount` is; `end` is where what qualifies both ends begins."""
    start = min(amount.start, found.start("num")) if found else amount.start
    value, quantum, coarse = _measure(amount)
    hedge = hedge_before(text, found.start() if found else start)
    kind = _kind(found, amount)
    per = period_after(text, end) if kind in ("money", "count") else None
    nouns: tuple[str, ...] = ()
    if kind == "count" and per is None:
        nouns = nouns_after(text, end) or nouns_before(text, start)
        per = _late_period(text, end)
        lasting = tuple(noun for noun in nouns if noun not in KINDS_OF_DAY)
        if lasting and lasting[0] in DURATIONS:
            kind, per, nouns = "duration", None, lasting
    return Figure(
        start=start,
        end=amount.end,
        text="",
        kind=kind,
        value=value,
        quantum=quantum,
        coarse=coarse,
        hedge=hedge or hedge_after(text, end),
        currency="USD" if amount.currency == "cent" else amount.currency,
        per=per,
        rhythm=period_before(text, start) if kind == "money" else None,
        nouns=nouns,
        sign=_sign(text, found) if found else 0,
    )


def _kind(found: re.Match[str] | None, amount: _Amount) -> Kind:
    if amount.percent:
        return "percent"
    if amount.currency:
        return "money"
    return "times" if found and found["times"] else "count"


def _late_period(text: str, at: int) -> Per | None:
    """The time in `10 million requests per day`, after the noun."""
    found = re.match(
        r"[ -]?[A-Za-z][A-Za-z -]{0,30}?(?= per |/| an? (?:day|hour|month|week|year)\b)",
        text[at : at + 40],
    )
    return period_after(text, at + found.end()) if found else None


def _measure(amount: _Amount) -> tuple[float, float, float]:
    """The value, its written precision, and that without its trailing zeros."""
    scale = SCALES.get(amount.scale, 1.0)
    if amount.currency == "cent" or amount.percent.startswith(("bps", "basis")):
        scale *= PER_CENT
    digits = _plain_digits(amount.digits)
    _, _, decimals = digits.partition(".")
    quantum = scale * 10.0 ** -len(decimals)
    zeros = len(digits) - len(digits.rstrip("0"))
    coarse = quantum if decimals else scale * 10.0**zeros
    return float(digits) * scale, quantum, coarse


def _value(digits: str) -> float:
    return float(_plain_digits(digits))


def _plain_digits(written: str) -> str:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d{1,2}", written):
        return written.replace(".", "").replace(",", ".")
    return re.sub(r"[, ']", "", written)


def _sign(text: str, found: re.Match[str]) -> int:
    mark = found["sign"] or found["inner"]
    before = text[max(0, found.start() - 1) : found.start()]
    if not mark or (found["sign"] and re.match(r"[\w%)]", before)):
        return 0  # a hyphen in a word or a range
    return -1 if mark == "-" else 1
