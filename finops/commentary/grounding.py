"""Is every figure in a text one of the facts that the text cites?

A text about costs may say what it likes, but no figure that we did not compute.
Citations make the check strict: any figure is near some fact, but hardly one is
near the very facts that its own sentence names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from finops.commentary.derivations import UnclearDerivationError, derived
from finops.commentary.facts import Fact, Facts, names_in
from finops.commentary.figures import Figure, figures_in
from finops.commentary.figures.surroundings import singular
from finops.commentary.matching import Comparison

Status = Literal[
    "grounded", "derived", "miscited", "wrong_unit", "wrong_direction", "ungrounded"
]
"""How a figure stands to the facts; only the first two are right.

Miscited: it is a fact, but none that the text cites. Wrong unit: the number is
right, and its currency, unit or time is not. Wrong direction: a fall is told
as a rise. Ungrounded: it is no fact at all.
"""

GOOD: Final[frozenset[Status]] = frozenset({"grounded", "derived"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in a text, and whether it may stand there."""

    figure: Figure
    status: Status
    fact_id: str | None = None

    @property
    def text(self) -> str:
        """The figure as it is written."""
        return self.figure.text

    @property
    def ok(self) -> bool:
        """Whether the figure is right."""
        return self.status in GOOD


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of a text, in order."""

    mentions: tuple[Mention, ...]

    @property
    def bad(self) -> list[Mention]:
        """The figures that must not be shown."""
        return [mention for mention in self.mentions if not mention.ok]


def check(
    text: str,
    facts: Facts,
    *,
    cited: Collection[str] | None = None,
    derivations: Mapping[str, str] | None = None,
    names: Iterable[str] = (),
) -> Report:
    """Whether each figure in `text` is one of the cited facts.

    Args:
        text: A text with its figures put in.
        facts: All that is known.
        cited: The ids that the text relies on; None lets it rely on all.
        derivations: Expressions of facts that it may state as well, by name.
        names: Names that may hold digits; those among the facts are known.
    """
    known = [*names, *names_in(facts)]
    figures = {i: f for i, f in facts.items() if not isinstance(f.value, str)}
    pool = {i: f for i, f in figures.items() if cited is None or i in cited}
    following = _derived(derivations or {}, figures)
    nouns = {singular(f.noun.split()[-1]) for f in figures.values() if f.noun}
    compare = Comparison(text, nouns)
    dated = any(isinstance(fact.value, date) for fact in pool.values())
    mentions: list[Mention] = []
    for figure in figures_in(text, known):
        if dated or not figure.lone:
            told = {mention.fact_id for mention in mentions}
            # A fact that was told already is matched last: two may be alike.
            ordered = dict(sorted(pool.items(), key=lambda named: named[0] in told))
            mentions.append(_mention(figure, compare, ordered, following, figures))
    if cited is not None:
        mentions = _without_swaps(mentions, pool)
    return Report(tuple(mentions))


def _without_swaps(mentions: Sequence[Mention], pool: Facts) -> list[Mention]:
    """The mentions, where none stands in the place of another fact.

    A text that states one of its facts twice, and another of the same unit not
    at all, has put the one in the place of the other.
    """
    told = {mention.fact_id for mention in mentions if mention.ok}
    untold = {fact.unit for name, fact in pool.items() if name not in told}
    seen: set[str] = set()
    judged = []
    for mention in mentions:
        name = mention.fact_id or ""
        if mention.status == "grounded" and pool[name].unit in untold:
            if name in seen:
                mention = replace(mention, status="miscited")  # noqa: PLW2901
            seen.add(name)
        judged.append(mention)
    return judged


def _derived(derivations: Mapping[str, str], facts: Facts) -> dict[str, Fact]:
    """The facts that follow; an expression that is unclear grounds nothing."""
    following = {}
    for name, expression in derivations.items():
        try:
            following[name] = derived(expression, facts)
        except UnclearDerivationError:
            continue
    return following


def _mention(
    figure: Figure, compare: Comparison, pool: Facts, following: Facts, others: Facts
) -> Mention:
    nearest: Mention | None = None
    for name, fact in pool.items():
        match compare.match(figure, fact):
            case "grounded":
                return Mention(figure, "grounded", name)
            case "wrong_unit" | "wrong_direction" as wrong:
                nearest = nearest or Mention(figure, wrong, name)
    for name, fact in following.items():
        if compare.match(figure, fact) == "grounded":
            return Mention(figure, "derived", name)
    for name, fact in others.items():
        if nearest is None and compare.match(figure, fact) == "grounded":
            nearest = Mention(figure, "miscited", name)
    return nearest or Mention(figure, "ungrounded")
