"""A question about the bill, answered from what tools found, and from nothing else.

The loop is our own: each tool that Claude calls is looked up here, what it
finds becomes facts with ids, and the answer has to cite them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import BaseModel, ValidationError

from finops.commentary.briefs import GROUND_RULES, read
from finops.commentary.facts import documented
from finops.commentary.forecast_text import Claim
from finops.commentary.lookups import Lookup, Reply, Tool, facts_of
from finops.commentary.narrative import sentence
from finops.commentary.redact import Masker, cleaned, every_text
from finops.errors import ClaudeError, FinOpsError

if TYPE_CHECKING:
    from anthropic.types import Message, MessageParam, ToolParam, ToolUseBlock

    from finops.commentary.claude import Claude

MOST_TURNS: Final = 6

MOST_LETTERS: Final = 150_000
"""Characters of one conversation, about 50,000 tokens: beyond, it is broken off."""

LONGEST_QUESTION: Final = 500

LONGEST_ANSWER: Final = 3000
"""Tokens of one turn."""

USUAL_LETTERS: Final = 25_000
"""Characters that a question usually sends, in all its turns together."""

USUAL_ANSWER: Final = 900
"""Tokens that Claude usually writes for one question, in all its turns together."""

ROLE: Final = (
    "You answer questions about an AWS bill for the person who pays it. Look things up "
    "with the tools; they are read-only. Each answers with a document of facts, whose "
    "ids you cite. If the tools cannot answer, say so in unanswerable and leave "
    "sentences empty. Two to five sentences, the answer first."
)


class AnswerDraft(BaseModel):
    """What Claude writes as an answer."""

    sentences: list[Claim]
    unanswerable: str | None


@dataclass(slots=True)
class _Talk:
    """A conversation as far as it has got."""

    tools: Mapping[str, Tool]
    masker: Masker = field(default_factory=Masker)
    messages: list[MessageParam] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)
    dollars: float | None = 0.0

    @property
    def letters(self) -> int:
        """How much has been said."""
        return len(json.dumps(self.messages, default=str))


def converse(
    question: str,
    claude: Claude,
    tools: Sequence[Tool],
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Reply:
    """The answer to `question` by Claude, from what the tools found.

    Raises:
        ClaudeError: If there is none.
    """
    talk = _Talk({tool.name: tool for tool in tools})
    asked = talk.masker.masked(cleaned(question, longest=LONGEST_QUESTION))
    talk.messages.append({"role": "user", "content": _quoted(asked)})
    for _ in range(MOST_TURNS):
        message = _turn(claude, talk)
        if message.stop_reason != "tool_use":
            return _reply(question, claude, talk, message)
        # Unchanged: what was thought between tools has to go back as it came.
        talk.messages.append(cast("MessageParam", message.to_param()))
        calls = [block for block in message.content if block.type == "tool_use"]
        results = [_result(talk, call, tell) for call in calls]
        talk.messages.append(cast("MessageParam", {"role": "user", "content": results}))
        if talk.letters > MOST_LETTERS:
            break
    msg = "Claude looked up too much to answer this."
    raise ClaudeError(msg, cause="turns", hint="Ask for less at once.")


def _quoted(question: str) -> str:
    written = json.dumps(question, ensure_ascii=False).replace("<", "\\u003c")
    return f"<question>\n{written}\n</question>\nAnswer the question."


def _turn(claude: Claude, talk: _Talk) -> Message:
    from anthropic import transform_schema  # noqa: PLC0415 - slow to load

    message, dollars = claude.turn(
        task="assistant",
        system=f"{ROLE}\n\n{GROUND_RULES}",
        messages=talk.messages,
        schema=transform_schema(AnswerDraft),
        longest_answer=LONGEST_ANSWER,
        tools=[_declared(tool) for tool in talk.tools.values()],
    )
    unknown = dollars is None or talk.dollars is None
    talk.dollars = None if unknown else (talk.dollars or 0) + (dollars or 0)
    return message


def _declared(tool: Tool) -> ToolParam:
    from anthropic import transform_schema  # noqa: PLC0415 - as above

    return {
        "name": tool.name,
        "description": tool.description,
        "input_schema": transform_schema(tool.arguments),
        "strict": True,
    }


def _result(
    talk: _Talk, call: ToolUseBlock, tell: Callable[[str], None]
) -> dict[str, Any]:
    """What one call found, or one sentence that says why it found nothing."""
    answer = {"type": "tool_result", "tool_use_id": call.id}
    tool = talk.tools.get(call.name)
    if tool is None:
        return answer | {"content": "There is no such tool.", "is_error": True}
    try:
        arguments = tool.arguments.model_validate(call.input)
        found = tool.look_up(arguments)
    except ValidationError:
        told = "These arguments do not fit the tool."
        return answer | {"content": told, "is_error": True}
    except FinOpsError as error:
        told = talk.masker.masked(cleaned(f"{error} {error.hint}"))
        return answer | {"content": told, "is_error": True}
    name = f"q{len(talk.lookups) + 1}"
    given = arguments.model_dump(mode="json")
    lookup = Lookup(name, tool.name, given, found)
    talk.lookups.append(lookup)
    tell(found.label)
    return answer | {"content": _document(lookup, talk.masker)}


def _document(lookup: Lookup, masker: Masker) -> str:
    document = {
        "looked_up": lookup.found.label,
        "facts": documented(facts_of([lookup])),
    }
    seen = every_text(document, lambda text: masker.masked(cleaned(text)))
    return json.dumps(seen, ensure_ascii=False).replace("<", "\\u003c")


def _reply(question: str, claude: Claude, talk: _Talk, message: Message) -> Reply:
    from finops.commentary.claude import text_of  # noqa: PLC0415 - as above

    draft = read(AnswerDraft, talk.masker.unmasked(text_of(message)))
    facts = facts_of(talk.lookups)
    judged = [sentence(claim, facts) for claim in draft.sentences]
    good = tuple(each for each in judged if each is not None)
    reply = Reply(
        question=question,
        source="claude",
        sentences=good,
        lookups=tuple(talk.lookups),
        model=claude.model,
        dollars=talk.dollars,
    )
    return replace(reply, reason=_reason(len(judged) - len(good), len(judged)))


def _reason(left_out: int, written: int) -> str:
    if not written:
        return "The bill does not tell."
    if left_out == written:
        return (
            "Claude's answer had figures that your data does not back, so it is not "
            "shown; what was looked up is."
        )
    if left_out:
        return (
            f"{left_out} of {written} sentences left out: their figures are not backed "
            "by your data."
        )
    return ""
