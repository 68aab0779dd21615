"""What can be looked up, what was found, and the answer that rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from finops.commentary.facts import Fact, Facts
from finops.commentary.narrative import Sentence, Source


class NoArguments(BaseModel):
    """What a tool takes that needs no telling."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found.

    Attributes:
        label: What was looked up, in words: what is counted, and when.
        facts: Its figures, each with an id of its own.
        columns: The heads of its rows.
        rows: The same as a table, for the reader.
        currency: Of the amounts in the rows.
    """

    label: str
    facts: Facts
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that can be looked up: typed, read-only, its rows capped."""

    name: str
    description: str
    arguments: type[BaseModel]
    look_up: Callable[[Any], Found]


@dataclass(frozen=True, slots=True)
class Lookup:
    """One call of a tool, and what it found: where figures come from.

    Attributes:
        name: The first part of the ids of its facts.
    """

    name: str
    tool: str
    arguments: Mapping[str, Any]
    found: Found


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of which each figure can be traced to the look-up that made it.

    Attributes:
        reason: Why rules answered, what was left out, or why there is no answer.
        dollars: What it cost; None where nobody knows.
    """

    question: str
    source: Source
    sentences: tuple[Sentence, ...]
    lookups: tuple[Lookup, ...]
    reason: str = ""
    model: str | None = None
    dollars: float | None = 0.0

    @property
    def facts(self) -> dict[str, Fact]:
        """All that was found."""
        return facts_of(self.lookups)

    def cited(self, lookup: Lookup) -> bool:
        """Whether the answer rests on a look-up."""
        return any(
            each.startswith(f"{lookup.name}.")
            for one in self.sentences
            for each in one.fact_ids
        )


def facts_of(lookups: Iterable[Lookup]) -> dict[str, Fact]:
    """The facts of all look-ups; each starts with the name of its own."""
    return {
        f"{lookup.name}.{name}": fact
        for lookup in lookups
        for name, fact in lookup.found.facts.items()
    }
