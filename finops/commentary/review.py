"""What to do first about the findings, and what else is worth a look.

Claude ranks what was found and gives the reasons. What it would look into besides
is an investigation: it never comes with a saving, since nobody has worked one out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, Field

from finops.commentary.briefs import Brief, Said
from finops.commentary.facts import PLACEHOLDER, Facts, documented
from finops.commentary.forecast_text import NOT_ASKED, Claim
from finops.commentary.narrative import (
    Narrative,
    Section,
    Sentence,
    Template,
    sentence,
    told,
)
from finops.errors import ClaudeError

if TYPE_CHECKING:
    from finops.commentary.claude import Claude

FIRST, LOOK = "What to do first", "What else to look into"

MOST: Final = 5

SAVING: Final = re.compile(r"(?i)\bsav(?:e|es|ed|ing|ings)\b|\bcheaper\b|\breduc\w*")
"""What an investigation must not promise."""

RISKS: Final = {"low": 0, "medium": 1, "high": 2}

ROLE: Final = (
    "You advise the person who pays an AWS bill. You have findings with what each "
    "saves, its risk and its effort, and what the services cost."
)

ASKED: Final = """Write two things:
- first: which findings to act on first, at most five, the first one first, each with the reason: what it saves against its risk and effort, and what it depends on.
- investigations: what else is worth a look, at most four, from the costs of services that few findings are about. These are questions to look into; never say that they save anything, and cite no finding in them."""


class ReviewDraft(BaseModel):
    """What Claude writes about findings."""

    first: list[Claim] = Field(description="One sentence each, citing its finding.")
    investigations: list[Claim]


def review_brief(facts: Facts) -> Brief[ReviewDraft]:
    """The question for a review of the findings."""
    return Brief(
        task="review",
        version=1,
        role=ROLE,
        document={"facts": documented(facts)},
        asked=ASKED,
        shape=ReviewDraft,
        longest_answer=5000,
        usual_answer=1200,
    )


def reviewed_by_rules(facts: Facts, *, reason: str = NOT_ASKED) -> Narrative:
    """The findings of low risk and little effort first, the largest saving first."""
    sections = (
        Section("first", FIRST, "rules", tuple(told(_first(facts), facts))),
        Section("investigate", LOOK, "rules", tuple(told(_look(facts), facts))),
    )
    return Narrative("rules", None, reason, sections, facts)


def review(facts: Facts, claude: Claude) -> Narrative:
    """What Claude would do first; by rules, with the reason, where that fails."""
    try:
        said = claude.answer(review_brief(facts))
    except ClaudeError as error:
        reason = f"{error} This is written by fixed rules instead."
        return reviewed_by_rules(facts, reason=reason)
    return checked(said, facts)


def checked(said: Said[ReviewDraft], facts: Facts) -> Narrative:
    """What Claude wrote, without what it may not say."""
    ruled = reviewed_by_rules(facts)
    steps = [_step(claim, facts) for claim in said.answer.first[:MOST]]
    looks = [
        _investigation(claim, facts) for claim in said.answer.investigations[:MOST]
    ]
    written = len(steps) + len(looks)
    parts = []
    for own, judged in zip(ruled.sections, (steps, looks), strict=True):
        good = tuple(each for each in judged if each is not None)
        parts.append(replace(own, source="claude", sentences=good) if good else own)
    left_out = sum(each is None for each in (*steps, *looks))
    why = (
        f"{left_out} of {written} sentences left out: your data does not back them."
        if left_out
        else ""
    )
    if all(part.source == "rules" for part in parts):
        return reviewed_by_rules(facts, reason=f"{NOT_ASKED} {why}".strip())
    return Narrative(
        "claude", said.model, why, tuple(parts), facts, said.made_at, said.dollars
    )


def _step(claim: Claim, facts: Facts) -> Sentence | None:
    """A step comes from a finding."""
    cited = (*claim.fact_ids, *PLACEHOLDER.findall(claim.text))
    of_findings = any(each.startswith("finding.") for each in cited)
    return sentence(claim, facts) if of_findings else None


def _investigation(claim: Claim, facts: Facts) -> Sentence | None:
    """An investigation promises no saving, and is about none of the findings."""
    cited = (*claim.fact_ids, *PLACEHOLDER.findall(claim.text))
    promises = any(each.startswith(("finding.", "savings.")) for each in cited)
    if promises or SAVING.search(claim.text):
        return None
    return sentence(claim, facts)


def _first(facts: Facts) -> Iterator[Template]:
    names = [n for n in range(1, 1 + len(facts)) if f"finding.{n}.savings" in facts]
    easiest = sorted(names, key=lambda n: (_risk(facts, n), _effort(facts, n), n))
    for n in easiest[:MOST]:
        name = f"finding.{n}"
        yield Template(
            f"{{{{{name}.name}}}}: {{{{{name}.savings}}}} at {{{{{name}.risk}}}} risk, "
            f"{{{{{name}.effort}}}}."
        )


def _look(facts: Facts) -> Iterator[Template]:
    about = {
        str(fact.value) for name, fact in facts.items() if name.endswith(".service")
    }
    for n in range(1, MOST + 1):
        name = f"service.{n}"
        if f"{name}.name" in facts and str(facts[f"{name}.name"].value) not in about:
            yield Template(
                f"{{{{{name}.name}}}} costs {{{{{name}.cost}}}}, {{{{{name}.share}}}} of "
                "all, and no finding is about it: look at what it is used for."
            )


def _risk(facts: Facts, n: int) -> int:
    risk = facts.get(f"finding.{n}.risk")
    return RISKS.get(str(risk.value), len(RISKS)) if risk else len(RISKS)


def _effort(facts: Facts, n: int) -> bool:
    effort = facts.get(f"finding.{n}.effort")
    return effort is None or effort.value != "a quick win"
