"""Asking Claude: one question, one answer of the shape that was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

import anthropic
from anthropic.types import Message, MessageParam, ToolParam

from finops.commentary.briefs import Answer, Brief, Said, kept_answer, read
from finops.commentary.failures import FAILURES, explained, unusable
from finops.commentary.ledger import Ledger
from finops.commentary.prices import Tokens, name_on
from finops.commentary.redact import Masker

CUT_OFF: Final = ("cut", "Claude's answer was cut off.")

STOPPED: Final = {
    "model_context_window_exceeded": ("too_large", "The question was too large."),
    "refusal": ("declined", "Claude declined to answer."),
}
"""What an answer that stopped early means; any other was cut off."""

Tell = Callable[[int], None]
"""Hears how many characters have arrived."""

Sdk = anthropic.Anthropic | anthropic.AnthropicBedrock


class Claude:
    """Asks Claude, books what it costs, and keeps what it said.

    Attributes:
        model: The model that writes.
        ledger: Where calls are booked.
    """

    def __init__(self, sdk: Sdk, model: str, ledger: Ledger) -> None:
        self.model = model
        self.ledger = ledger
        self._sdk = sdk

    def with_model(self, model: str) -> Claude:
        """The same way to another model."""
        on_bedrock = isinstance(self._sdk, anthropic.AnthropicBedrock)
        name = name_on("bedrock" if on_bedrock else "anthropic", model)
        return Claude(self._sdk, name, self.ledger)

    def close(self) -> None:
        """Hang up."""
        self._sdk.close()

    def answer(self, brief: Brief[Answer], *, tell: Tell | None = None) -> Said[Answer]:
        """The answer to `brief`; one that was given before costs nothing.

        Raises:
            ClaudeError: If there is none that can be used.
        """
        if said := kept_answer(brief, self.model, self.ledger):
            return said
        masker = Masker()
        message, dollars = self.turn(
            task=brief.task,
            system=brief.system,
            messages=[{"role": "user", "content": brief.prompt(masker)}],
            schema=brief.schema,
            effort=brief.effort,
            longest_answer=brief.longest_answer,
            tell=tell,
        )
        text = masker.unmasked(text_of(message))
        read(brief.shape, text)
        kept = self.ledger.keep(brief.key(self.model), text, dollars)
        return Said.of(brief, kept, self.model, fresh=True)

    def turn(
        self,
        *,
        task: str,
        system: str,
        messages: list[MessageParam],
        schema: dict[str, Any],
        effort: str = "low",
        longest_answer: int = 8000,
        tools: Iterable[ToolParam] = (),
        tell: Tell | None = None,
    ) -> tuple[Message, float | None]:
        """One message of Claude, with what it cost.

        Raises:
            ClaudeError: If there is none that can be used; what it cost is booked.
        """
        asked: dict[str, Any] = {
            "model": self.model,
            "max_tokens": longest_answer,
            "system": system,
            "messages": messages,
            "thinking": {"type": "between_tools" if tools else "adaptive"},
            "output_config": {
                "effort": effort,
                "format": {"type": "json_schema", "schema": schema},
            },
        }
        if tools:
            asked["tools"] = list(tools)
        letters = len(json.dumps(asked, default=str))
        most = estimate_tokens(letters, longest_answer)
        number = self.ledger.reserve(task, self.model, most)
        message = self._asked(number, asked, tell)
        dollars = self.ledger.book(number, self.model, tokens_of(message))
        if message.stop_reason not in ("end_turn", "tool_use"):
            cause, msg = STOPPED.get(message.stop_reason or "", CUT_OFF)
            raise unusable(msg, cause=cause)
        return message, dollars

    def _asked(self, number: int, asked: dict[str, Any], tell: Tell | None) -> Message:
        """What came back; a call that used nothing is taken out of the ledger."""
        begun: list[Message] = []
        try:
            message = self._sent(asked, tell, begun)
        except FAILURES as error:
            self._settle(number, begun)
            raise explained(error) from error
        if not isinstance(message, Message) or not isinstance(message.content, list):
            self._settle(number, begun)
            raise explained(TypeError("no message"))
        return message

    def _settle(self, number: int, begun: list[Message]) -> None:
        """Book what a stream that broke off had used by then."""
        if begun:
            self.ledger.book(number, self.model, tokens_of(begun[-1]))
        else:
            self.ledger.release(number)

    def _sent(
        self, asked: dict[str, Any], tell: Tell | None, begun: list[Message]
    ) -> object:
        try:
            return self._received(asked, tell, begun)
        except anthropic.BadRequestError as error:
            if isinstance(self._sdk, anthropic.Anthropic) or not _unformatted(error):
                raise
            return self._received(_with_schema_in_words(asked), tell, begun)

    def _received(
        self, asked: dict[str, Any], tell: Tell | None, begun: list[Message]
    ) -> object:
        """The message, or whatever the SDK made of an answer that is none."""
        if tell is None:
            return self._sdk.messages.create(**asked)
        letters = 0
        with self._sdk.messages.stream(**asked) as stream:
            for piece in stream.text_stream:
                begun[:] = [stream.current_message_snapshot]
                letters += len(piece)
                tell(letters)
            return stream.get_final_message()


def text_of(message: Message) -> str:
    """All that was written, without what was thought."""
    return "".join(block.text for block in message.content if block.type == "text")


def tokens_of(message: Message) -> Tokens:
    """What a message used."""
    usage = message.usage
    return Tokens(
        usage.input_tokens,
        usage.output_tokens,
        usage.cache_creation_input_tokens or 0,
        usage.cache_read_input_tokens or 0,
    )


def estimate_tokens(letters: int, longest_answer: int) -> Tokens:
    """The most that a call of so many characters can use."""
    # JSON escapes and foreign alphabets make tokens of as little as two letters.
    return Tokens(answer=longest_answer, cache_write=letters // 2)


def _unformatted(error: anthropic.BadRequestError) -> bool:
    return "output_config" in f"{error.api_message} {error.body}"


def _with_schema_in_words(asked: dict[str, Any]) -> dict[str, Any]:
    """The same request to a model that takes no schema beside the prompt."""
    schema = json.dumps(asked["output_config"]["format"]["schema"])
    words = f"Answer with one JSON object alone, of this JSON schema:\n{schema}"
    rest = {name: said for name, said in asked.items() if name != "output_config"}
    return rest | {"system": f"{asked['system']}\n\n{words}"}
