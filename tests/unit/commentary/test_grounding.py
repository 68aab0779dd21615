"""Every figure in a text is a fact that it cites, or it is found out."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from finops.commentary.facts import Fact, Facts, fill
from finops.commentary.grounding import check
from tests.unit.commentary.sentences import Sentence, facts_of, sentences

OTHERWISE = (
    (" %", " USD"),
    (" %", " days"),
    ("$", "€"),
    ("$", ""),
    ("a day", "a month"),
    ("a month", "a year"),
    ("a year", "a day"),
    ("an hour", "a day"),
    (" up ", " down "),
    (" down ", " up "),
    ("days", "weeks"),
    ("instances", "volumes"),
)
"""Another unit, another time, another direction, another thing."""

DIGITS = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


@pytest.mark.parametrize("sentence", sentences(), ids=str)
def test_exactly_the_wrong_figures_are_found(sentence: Sentence) -> None:
    report = check(
        sentence.text,
        sentence.facts,
        cited=sentence.cites,
        derivations=sentence.follows,
        names=sentence.names,
    )

    found = [mention.text for mention in report.bad]
    missed = [
        wrong
        for wrong in sentence.wrong
        if not any(text in wrong or wrong in text for text in found)
    ]
    assert missed == []
    assert len(found) == len(sentence.wrong)


@pytest.mark.parametrize(
    ("text", "cited", "status"),
    [
        ("It costs $95.00 a day.", ["daily"], "grounded"),
        ("It costs $95.00 a month.", ["daily"], "wrong_unit"),
        ("It costs €95.00 a day.", ["daily"], "wrong_unit"),
        ("RDS rose by 8.2 %.", ["rds"], "wrong_direction"),
        ("It costs $95.00 a day.", ["rds"], "miscited"),
        ("It costs $97.00 a day.", ["daily"], "ungrounded"),
    ],
)
def test_a_wrong_figure_says_what_is_wrong_with_it(
    text: str, cited: list[str], status: str
) -> None:
    [mention] = check(text, facts_of("formats"), cited=cited).mentions

    assert mention.status == status


def test_a_figure_stands_where_the_text_has_it() -> None:
    text = "Two thousand nine hundred dollars, and seven volumes."

    report = check(text, facts_of("formats"), cited=[])

    places = [mention.figure for mention in report.mentions]
    assert [text[each.start : each.end] for each in places] == [
        "Two thousand nine hundred dollars",
        "seven",
    ]


def stated(name: str, facts: Facts) -> str:
    """A right sentence about one fact."""
    fact = facts[name]
    text = fill(f"{{{{{name}}}}}", facts).text
    if fact.signed:
        return f"It went {'up' if fact.number > 0 else 'down'} by {text}."
    return f"It happens on {text}." if fact.unit == "date" else f"It comes to {text}."


def corrupted(sentence: str, fact: Fact, facts: Facts) -> Iterator[str]:
    """The sentence with one thing wrong in it, in every way we can think of."""
    if isinstance(fact.value, date):
        for days in (1, 7, 31, 365):
            other = Fact(value=fact.value + timedelta(days=days), unit="date")
            yield sentence.replace(fact.shown, other.shown)
        return
    found = DIGITS.search(sentence)
    assert found
    digits = found[0].replace(",", "")
    decimals = len(digits.partition(".")[2])
    for number in other_numbers(digits, fact, facts):
        written = f"{number:,.{decimals}f}"
        if written != f"{float(digits):,.{decimals}f}":
            yield f"{sentence[: found.start()]}{written}{sentence[found.end() :]}"
    for said, wrong in OTHERWISE:
        if said in sentence:
            yield sentence.replace(said, wrong)


def other_numbers(digits: str, fact: Fact, facts: Facts) -> Iterator[float]:
    """Numbers near the right one, far from it, and those of other facts."""
    number = float(digits)
    yield from (number * factor for factor in (1.03, 0.97, 1.1, 0.9, 10, 0.1, 2))
    for place, digit in enumerate(digits):
        for other in "0123456789" if digit.isdigit() else "":
            yield float(digits[:place] + other + digits[place + 1 :])
    for other_fact in facts.values():
        if other_fact.unit == fact.unit and not isinstance(other_fact.value, date):
            yield abs(other_fact.number)


def test_one_wrong_figure_in_a_right_sentence_is_caught() -> None:
    facts = {
        f"{collection}.{name}": fact
        for collection in ("forecast", "quarter", "formats")
        for name, fact in facts_of(collection).items()
        if not (fact.is_money and fact.number < 0)
    }
    chance = random.Random(7)  # noqa: S311 - not a secret
    caught = alarms = tried = 0
    for name, fact in facts.items():
        sentence = stated(name, facts)
        alarms += len(check(sentence, facts, cited=[name]).bad)
        wrong = sorted(set(corrupted(sentence, fact, facts)))
        for text in chance.sample(wrong, min(len(wrong), 60)):
            tried += 1
            caught += bool(check(text, facts, cited=[name]).bad)

    assert alarms == 0
    assert tried > 3000
    assert caught / tried > 0.995
