"""The narrative of a forecast: its sections, and which sentences may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, Protocol

from finops.commentary.facts import PLACEHOLDER, Facts, fill, names_in
from finops.commentary.figures import figures_in
from finops.commentary.grounding import check
from finops.commentary.prose import inert

Source = Literal["claude", "rules"]

SectionName = Literal[
    "predicted_spend",
    "trend_analysis",
    "risk_factors",
    "budget_alert",
    "recommendations",
    "early_warnings",
    "cost_controls",
]

TITLES: Final[Mapping[SectionName, str]] = {
    "predicted_spend": "Predicted spend",
    "trend_analysis": "Trend analysis",
    "risk_factors": "Risk factors",
    "budget_alert": "Budget alert",
    "recommendations": "Recommendations",
    "early_warnings": "Early warning signs",
    "cost_controls": "Cost control measures",
}
"""The sections in the order they are read, and what they are called."""

ESSENTIAL: Final[Mapping[str, tuple[str, ...]]] = {
    "predicted_spend": ("forecast.total", "forecast.low"),
    "budget_alert": ("budget.limit",),
}
"""What a section is not worth having without, as far as it is known."""

MOST_BAD: Final = 0.2
"""A section of which more sentences than this part are wrong is not trusted."""

MOST_SENTENCES: Final = 7

Basis = Literal["fact", "inference"]


class Claimed(Protocol):
    """One sentence as it was written, with the facts that it relies on."""

    text: str
    fact_ids: list[str]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence of our own."""

    text: str
    basis: Basis = "fact"

    @property
    def fact_ids(self) -> list[str]:
        """The facts that it asks for."""
        return list(dict.fromkeys(PLACEHOLDER.findall(self.text)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that may be shown.

    Attributes:
        fact_ids: What it relies on.
        basis: Whether it states facts, or judges from them.
    """

    text: str
    fact_ids: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a narrative, and who wrote it."""

    name: str
    title: str
    source: Source
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text about costs of which every figure is a fact.

    Attributes:
        source: Who wrote most of it.
        model: None where rules wrote it.
        reason: Why rules wrote it, or what was left out; empty where there is
            nothing to say.
        facts: What its sentences rely on.
        dollars: What it cost; None where rules wrote it, or nobody knows.
    """

    source: Source
    model: str | None
    reason: str
    sections: tuple[Section, ...]
    facts: Facts
    made_at: datetime | None = None
    dollars: float | None = None


def sentence(
    claim: Claimed, facts: Facts, *, cites_something: bool = True
) -> Sentence | None:
    """The sentence that `claim` is, with its figures; None where it may not stand.

    It may not where it asks for a fact that there is not, relies on nothing,
    states a figure that none of its facts is, or tells a figure of one thing of
    another.
    """
    if re.search(r"[{}]", PLACEHOLDER.sub("", claim.text)):
        return None
    filled = fill(claim.text, facts)
    relied_on = tuple(dict.fromkeys([*filled.used, *claim.fact_ids]))
    unknown = [name for name in relied_on if name not in facts]
    if filled.unknown or unknown or (cites_something and not relied_on):
        return None
    typed = figures_in(PLACEHOLDER.sub("it", claim.text), names_in(facts))
    cited = relied_on if typed else filled.used
    if check(filled.text, facts, cited=cited).bad:
        return None
    if told_of_another(filled.text, filled.used, facts):
        return None
    return Sentence(inert(filled.text), relied_on, claim.basis)


def told_of_another(text: str, used: Iterable[str], facts: Facts) -> bool:
    """Whether a figure stands in a text that names other things, and not its own.

    `service.1.total` is a figure of what `service.1.name` says.
    """
    owners = {
        str(facts[owner].value)
        for name in used
        if (owner := f"{name.rpartition('.')[0]}.name") in facts and owner != name
    }
    names = {str(fact.value) for name, fact in facts.items() if name.endswith(".name")}
    named = {name for name in names if name in text}
    return bool(named) and not all(
        any(owner in name or name in owner for name in named) for owner in owners
    )


def section(
    name: SectionName,
    claims: Sequence[Claimed],
    facts: Facts,
    *,
    otherwise: Section,
) -> tuple[Section, int]:
    """What Claude wrote of one section, or the rules' own, and how much was left out."""
    judged = [
        sentence(claim, facts) if _allowed(name, claim) else None
        for claim in claims[:MOST_SENTENCES]
    ]
    good = tuple(each for each in judged if each is not None)
    bad = len(judged) - len(good)
    if (
        not good
        or bad > MOST_BAD * len(judged)
        or not _has_essentials(name, good, facts)
    ):
        return otherwise, bad
    return Section(name, TITLES[name], "claude", good), bad


def _allowed(name: str, claim: Claimed) -> bool:
    """Whether a sentence may stand in a section: advice comes from findings alone."""
    if name != "recommendations":
        return True
    cited = [*claim.fact_ids, *PLACEHOLDER.findall(claim.text)]
    return any(each.startswith(("finding.", "savings.")) for each in cited)


def _has_essentials(name: str, good: Sequence[Sentence], facts: Facts) -> bool:
    wanted = [each for each in ESSENTIAL.get(name, ()) if each in facts]
    told = {each for one in good for each in one.fact_ids}
    return not wanted or bool(told & set(wanted))


def by_rules(
    written: Mapping[SectionName, Iterable[Template]], facts: Facts, *, reason: str
) -> Narrative:
    """The narrative that the rules write; a sentence whose facts are missing is not."""
    sections = tuple(
        Section(name, TITLES[name], "rules", tuple(told(templates, facts)))
        for name, templates in written.items()
    )
    return Narrative("rules", None, reason, sections, facts)


def told(templates: Iterable[Template], facts: Facts) -> Iterator[Sentence]:
    """Our own sentences, as far as their facts are known."""
    for template in templates:
        if all(name in facts for name in template.fact_ids):
            text = fill(template.text, facts).text
            yield Sentence(inert(text), tuple(template.fact_ids), template.basis)


def problems(narrative: Narrative) -> list[str]:
    """The figures in a narrative that are none of the facts it cites."""
    return [
        f"{each.text}: {mention.text} is {mention.status}"
        for part in narrative.sections
        for each in part.sentences
        for mention in check(each.text, narrative.facts, cited=each.fact_ids).bad
    ]


def with_reason(narrative: Narrative, reason: str) -> Narrative:
    """The same narrative, for another reason."""
    return replace(narrative, reason=reason)
