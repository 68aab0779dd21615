"""One question, one answer: by Claude where it may be asked, else by rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from finops.commentary.conversation import (
    LONGEST_ANSWER,
    MOST_TURNS,
    USUAL_ANSWER,
    USUAL_LETTERS,
    converse,
)
from finops.commentary.lookups import Lookup, Reply
from finops.commentary.narrative import told as told_of
from finops.commentary.prices import Estimate, estimate
from finops.errors import FinOpsError
from finops.settings import Settings
from finops.workspace.assistant.canned import CANNED, Canned, meant_by, sentences_for
from finops.workspace.assistant.desk import Desk
from finops.workspace.assistant.tools import tools_of
from finops.workspace.commentary import way_to_claude
from finops.workspace.scope import Scope
from finops.workspace.workspace import Workspace

BY_RULES: Final = "Answered by fixed rules."

NO_KEY: Final = (
    f"{BY_RULES} Free questions need Claude: set ANTHROPIC_API_KEY or "
    "AI_PROVIDER=bedrock."
)

Tell = Callable[[str], None]


def ask(
    space: Workspace,
    scope: Scope,
    question: str,
    settings: Settings,
    *,
    now: Callable[[], datetime],
    canned: Canned | None = None,
    tell: Tell = lambda _: None,
) -> Reply:
    """The answer to `question`, with the look-ups that its figures come from.

    Args:
        space: Whose bill it is about.
        scope: How costs are counted.
        question: What somebody typed.
        settings: Whether Claude may be asked.
        now: The time in UTC.
        canned: One of the questions that rules answer, where it was picked: they
            answer it at once, and for nothing.
        tell: Is told what is looked up.

    Raises:
        FinOpsError: If rules are to answer, and the bill cannot be read.
    """
    desk = Desk(space, settings, scope, now)
    if canned or settings.ai_provider is None:
        return _by_rules(desk, question, canned or meant_by(question), NO_KEY)
    try:
        with way_to_claude(settings, now=now) as claude:
            if claude:
                return converse(question, claude, tools_of(desk), tell=tell)
    except FinOpsError as error:
        reason = f"{error} {error.hint} {BY_RULES}"
        return _by_rules(desk, question, meant_by(question), reason)
    return _by_rules(desk, question, meant_by(question), NO_KEY)


def question_price(settings: Settings) -> Estimate:
    """What a question to Claude usually costs, and at most."""
    usual = estimate(
        settings.ai_model,
        prompt_letters=USUAL_LETTERS,
        expected_answer=USUAL_ANSWER,
        longest_answer=MOST_TURNS * LONGEST_ANSWER,
    )
    return Estimate(usual.expected, usual.at_most)


def _by_rules(desk: Desk, question: str, canned: Canned | None, reason: str) -> Reply:
    if canned is None:
        known = " ".join(each.question for each in CANNED)
        why = reason.replace(BY_RULES, "").strip()
        told = f"{why} Fixed rules can answer these: {known}"
        return Reply(question, "rules", (), (), told)
    [tool] = [each for each in tools_of(desk) if each.name == canned.tool]
    found = tool.look_up(tool.arguments.model_validate(canned.arguments))
    lookup = Lookup("q1", tool.name, canned.arguments, found)
    reply = Reply(question, "rules", (), (lookup,), reason)
    sentences = tuple(told_of(sentences_for(lookup), reply.facts))
    return Reply(question, "rules", sentences, (lookup,), reason)
