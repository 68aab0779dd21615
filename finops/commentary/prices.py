"""What does it cost to ask Claude, before and after?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from finops.settings import AiProvider

CHEAP_MODEL: Final = "claude-haiku-5-5"
"""Writes single sentences: a twentieth of the price of its larger sister."""

CHECKED_ON: Final = date(2026, 11, 23)
"""When these prices were last compared with Anthropic's price list."""

PER_MILLION: Final = 1_000_000

LETTERS_PER_TOKEN: Final = 3.2
"""Characters of JSON and English per token, for an estimate made offline."""


@dataclass(frozen=True, slots=True)
class Price:
    """Dollars for a million tokens.

    Attributes:
        cache_write: For tokens that are kept for five minutes.
        cache_read: For tokens that were kept.
    """

    prompt: float
    answer: float
    cache_write: float
    cache_read: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """How many tokens a call used; what is kept between calls counts apart."""

    prompt: int = 0
    answer: int = 0
    cache_write: int = 0
    cache_read: int = 0

    @property
    def read(self) -> int:
        """All that the model read, kept or not."""
        return self.prompt + self.cache_write + self.cache_read

    def __add__(self, other: Tokens) -> Tokens:
        return Tokens(
            self.prompt + other.prompt,
            self.answer + other.answer,
            self.cache_write + other.cache_write,
            self.cache_read + other.cache_read,
        )


PRICES: Final = {
    "claude-sonnet-5-5": Price(2.00, 10.00, 2.50, 0.10),
    "claude-haiku-5-5": Price(0.10, 0.50, 0.125, 0.01),
    "claude-opus-5-5": Price(4.00, 20.00, 5.00, 0.20),
}
"""Per million tokens, as of `CHECKED_ON`."""

LONG_PROMPT: Final = 100_000
"""Prompts of more tokens than this make every token of Haiku dearer."""

LONG_PRICES: Final = {"claude-haiku-5-5": Price(0.50, 2.50, 0.625, 0.05)}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a call will cost: probably, and at most. None where nobody knows."""

    expected: float | None
    at_most: float | None


def price_of(model: str, *, prompt: int = 0) -> Price | None:
    """The price of a model, also by its name on Bedrock; None where not known."""
    name = re.sub(r"^(?:[a-z-]+\.)*anthropic\.", "", model)
    if prompt > LONG_PROMPT and name in LONG_PRICES:
        return LONG_PRICES[name]
    return PRICES.get(name)


def name_on(provider: AiProvider | None, model: str) -> str:
    """What a model is called there; Bedrock wants to know from where it may run."""
    if provider == "bedrock" and "." not in model:
        return f"global.anthropic.{model}"
    return model


def cost(model: str, tokens: Tokens) -> float | None:
    """The dollars that a call has cost; None where the price is not known."""
    price = price_of(model, prompt=tokens.read)
    if price is None:
        return None
    dollars = (
        tokens.prompt * price.prompt
        + tokens.answer * price.answer
        + tokens.cache_write * price.cache_write
        + tokens.cache_read * price.cache_read
    )
    return dollars / PER_MILLION


def estimate(
    model: str, *, prompt_letters: int, expected_answer: int, longest_answer: int
) -> Estimate:
    """What a call will cost, for a prompt of so many characters."""
    prompt = int(prompt_letters / LETTERS_PER_TOKEN)
    return Estimate(
        expected=cost(model, Tokens(prompt, expected_answer)),
        at_most=cost(model, Tokens(answer=longest_answer, cache_write=prompt)),
    )


def dearest(tokens: Tokens) -> float:
    """The most that a call may have cost, whichever model we know."""
    return max(cost(model, tokens) or 0.0 for model in PRICES)
