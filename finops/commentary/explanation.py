"""Why is that so? One thing on the bill, in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel

from finops.commentary.briefs import Brief, Said
from finops.commentary.facts import Facts, documented
from finops.commentary.forecast_text import NOT_ASKED, Claim
from finops.commentary.narrative import Narrative, Section, Template, sentence, told
from finops.errors import ClaudeError

if TYPE_CHECKING:
    from finops.commentary.claude import Claude

MOST: Final = 3

ROLE: Final = (
    "You explain one thing on an AWS bill to the person who pays it: what happened, "
    "what most likely stands behind it as far as the facts show, and what to look at."
)


class ExplanationDraft(BaseModel):
    """What Claude writes about one thing."""

    sentences: list[Claim]


def explanation_brief(subject: str, facts: Facts) -> Brief[ExplanationDraft]:
    """The question for an explanation of `subject`."""
    return Brief(
        task="explain",
        version=1,
        role=ROLE,
        document={"subject": subject, "facts": documented(facts)},
        asked="Explain the subject in one or two sentences, or three at most.",
        shape=ExplanationDraft,
        longest_answer=1500,
        usual_answer=350,
    )


def explained_by_rules(
    subject: str, facts: Facts, ruled: Iterable[Template], *, reason: str = NOT_ASKED
) -> Narrative:
    """What the rules say of it."""
    part = Section("explanation", subject, "rules", tuple(told(ruled, facts)))
    return Narrative("rules", None, reason, (part,), facts)


def explain(
    subject: str, facts: Facts, ruled: Iterable[Template], claude: Claude
) -> Narrative:
    """What Claude says of it; what the rules say, where that fails."""
    own = list(ruled)
    try:
        said = claude.answer(explanation_brief(subject, facts))
    except ClaudeError as error:
        reason = f"{error} This is written by fixed rules instead."
        return explained_by_rules(subject, facts, own, reason=reason)
    return checked(subject, facts, own, said)


def checked(
    subject: str,
    facts: Facts,
    ruled: Iterable[Template],
    said: Said[ExplanationDraft],
) -> Narrative:
    """What Claude said, without the sentences whose figures are no facts."""
    written = said.answer.sentences[:MOST]
    judged = [sentence(claim, facts) for claim in written]
    good = tuple(each for each in judged if each is not None)
    left_out = len(judged) - len(good)
    why = (
        ""
        if not left_out
        else (
            f"{left_out} of {len(written)} sentences left out: their figures are not "
            "backed by your data."
        )
    )
    if not good:
        return explained_by_rules(subject, facts, ruled, reason=f"{NOT_ASKED} {why}")
    part = Section("explanation", subject, "claude", good)
    return Narrative(
        "claude", said.model, why, (part,), facts, said.made_at, said.dollars
    )
