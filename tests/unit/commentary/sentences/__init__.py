"""Sentences about costs, with what is right and wrong in them, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from finops.commentary.facts import Fact, Facts

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, what it relies on, and the figures in it that are wrong.

    Attributes:
        cites: The ids of its facts; None where it may rely on all of them.
        follows: Expressions of facts that it may state as well, by name.
    """

    name: str
    text: str
    cites: tuple[str, ...] | None
    follows: Mapping[str, str]
    wrong: tuple[str, ...]
    facts: Facts = field(repr=False)
    names: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return self.name


def facts_of(collection: str) -> Facts:
    """The facts that the sentences of one collection are about."""
    written = _read(collection)["facts"]
    return {name: _fact(said) for name, said in written.items()}


def sentences() -> list[Sentence]:
    """Every sentence of every collection."""
    return [each for file in sorted(FOLDER.glob("*.json")) for each in _in(file.stem)]


def _in(collection: str) -> list[Sentence]:
    written = _read(collection)
    facts = facts_of(collection)
    return [
        Sentence(
            name=f"{collection}-{place}",
            text=said["text"],
            cites=tuple(said["cites"]) if "cites" in said else None,
            follows=said.get("follows", {}),
            wrong=tuple(said.get("wrong", ())),
            facts=facts,
            names=tuple(written["names"]),
        )
        for place, said in enumerate(written["sentences"], start=1)
    ]


def _read(collection: str) -> dict[str, Any]:
    text = (FOLDER / f"{collection}.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def _fact(said: dict[str, Any]) -> Fact:
    if said["unit"] == "date":
        return Fact(**said | {"value": date.fromisoformat(said["value"])})
    return Fact(**said)
