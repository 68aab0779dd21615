"""What do the words around a number say: how exactly, per when, of what?"""

from __future__ import annotations

import re
from typing import Final

from finops.commentary.facts import Per
from finops.commentary.figures.figure import Hedge
from finops.commentary.figures.masks import HIDDEN

PERIODS: Final[dict[str, Per]] = {
    "hour": "hour",
    "hourly": "hour",
    "hr": "hour",
    "h": "hour",
    "day": "day",
    "daily": "day",
    "d": "day",
    "week": "week",
    "weekly": "week",
    "wk": "week",
    "month": "month",
    "monthly": "month",
    "mo": "month",
    "mth": "month",
    "year": "year",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "annum": "year",
    "yr": "year",
    "y": "year",
}

_TIME = r"(?P<time>day|month|mo|mth|week|wk|year|yr|annum|hour|hr|[dhy])"
_LY = r"(?P<ly>daily|weekly|monthly|yearly|annually|hourly)"
TAIL: Final = re.compile(
    rf"\s?(?:/\s?|per |an? |each |every |-(?:a|per)-)(?:calendar |single )?{_TIME}\b"
    rf"|[ -]{_LY}\b(?! (?:budget|limit|average|run))",
    re.IGNORECASE,
)
HEAD: Final = re.compile(
    r"\b(?P<ly>daily|weekly|monthly|yearly|annual|hourly) "
    r"(?:(?!the\b|a\b|and\b|of\b|in\b|for\b)[a-z]+ ){0,2}[a-z]+"
    r"(?: (?:of|is|was|at|to|by|stands at|comes to|averages|above|below|over|under|"
    r"exceeds|reaches|passes))?:?\s?$",
    re.IGNORECASE,
)
"""`the daily run rate is `, right before a number."""

ABOUT: Final = (
    r"about|around|approximately|approx\.?|roughly|close to|some|circa|c\.|"
    r"in the region of|or so|[~=]"
)
AT_LEAST: Final = (
    r"more than|over|above|at least|exceed(?:s|ed|ing)?|beyond|greater than|"
    r"higher than|in excess of|north of|upwards? of|pass(?:es|ed|ing)?|past|topp?(?:s|ed)|"
    r"a minimum of|>=?"
)
AT_MOST: Final = (
    r"under|below|less than|fewer than|lower than|at most|no more than|up to|within|"
    r"nearly|almost|just short of|not quite|as much as|as many as|a maximum of|<=?"
)
_NOT_ABOVE: Final = r"no more than|not more than|no higher than|not above"
_NOT_BELOW: Final = r"no less than|not less than|no fewer than|no lower than"
_QUALIFIED: Final[tuple[tuple[str, Hedge], ...]] = (
    (_NOT_ABOVE, "at_most"),
    (_NOT_BELOW, "at_least"),
    (AT_LEAST, "at_least"),
    (AT_MOST, "at_most"),
    (ABOUT, "about"),
)
HEDGES: Final = tuple(
    (re.compile(rf"(?:(?<!\w)(?:{words}))\s*$", re.IGNORECASE), hedge)
    for words, hedge in _QUALIFIED
)
LOOK_BACK: Final = 22

STOP: Final = re.compile(
    r"[.;,:()\n\[\]|?]|\b(?:and|or|of|in|at|to|for|with|on|from|by|per|an?|is|are|was|"
    r"were|has|have|had|will|would|that|which|than|as|but|while|each|every|the)\b",
    re.IGNORECASE,
)
WORDS: Final = re.compile(r"[A-Za-z]+")
MOST_NOUNS: Final = 5
FAR: Final = 60


def hedge_before(text: str, at: int) -> Hedge:
    """How the words right before `at` qualify what stands there."""
    before = text[max(0, at - LOOK_BACK) : at]
    for pattern, hedge in HEDGES:
        if pattern.search(before):
            return hedge
    return ""


def hedge_after(text: str, at: int) -> Hedge:
    """How what follows qualifies: `$2,800+`, `7 or more`, `or so`."""
    after = text[at : at + LOOK_BACK].lower()
    if re.match(r"\+(?!\d)|-plus\b| (?:or|and) (?:more|above|over|higher)\b", after):
        return "at_least"
    if re.match(r" or (?:less|fewer|lower|below)\b", after):
        return "at_most"
    return "about" if re.match(r" or so\b|-ish\b", after) else ""


def period_after(text: str, at: int) -> Per | None:
    """The time that an amount is paid for, as said right after it."""
    found = TAIL.match(text, at)
    return PERIODS[(found["time"] or found["ly"]).lower()] if found else None


def period_before(text: str, at: int) -> Per | None:
    """The time that an amount is paid for, as said right before it."""
    found = HEAD.search(text[max(0, at - FAR) : at])
    return PERIODS[found["ly"].lower()] if found else None


def nouns_after(text: str, at: int) -> tuple[str, ...]:
    """The words that follow a number up to the next stop, in the singular."""
    rest = text[at : at + FAR].replace(HIDDEN, "")
    phrase = STOP.split(rest.lstrip(" -"), maxsplit=1)[0]
    words = WORDS.findall(phrase)[:MOST_NOUNS]
    return tuple(singular(word) for word in words)


def nouns_before(text: str, at: int) -> tuple[str, ...]:
    """The words of `Idle instances: 7`, right before the number, or of `day 7`."""
    before = text[max(0, at - FAR) : at].replace(HIDDEN, "")
    found = re.search(r"([A-Za-z][A-Za-z -]*?)(?::|\s\(|\s=)\s?$", before)
    found = found or re.search(r"\b([Dd]ay) $", before)
    if not found:
        return ()
    words = WORDS.findall(found[1])[-MOST_NOUNS:]
    return tuple(singular(word) for word in words)


def singular(word: str) -> str:
    """An English noun in the singular, in lower case."""
    word = word.lower()
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
