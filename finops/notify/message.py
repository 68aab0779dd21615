"""What is told: one message of a few notices, the same on every channel."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Severity = Literal["high", "medium", "low"]
"""How soon a person should look: today, this week, some day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event that a person should know of, in plain words.

    Attributes:
        key: The same for the same event on every run, so that it is told once.
        title: One line: what happened.
        text: What is known of it, with its figures.
        advice: What to do next; empty where there is nothing to advise.
    """

    key: str
    severity: Severity
    title: str
    text: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent, whatever it is sent through.

    Attributes:
        subject: One line that says what it is about.
        scope: What the figures count: source, period, metric, currency.
        notices: The events, the most urgent first.
        figures: Labelled figures, such as the lines of a digest.
    """

    subject: str
    scope: str
    notices: tuple[Notice, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


def as_text(message: Message) -> str:
    """The message as plain text, as it stands in an e-mail."""
    blocks = [message.scope]
    if message.figures:
        widest = max(len(label) for label, _ in message.figures)
        lines = [
            f"{label + ':':<{widest + 1}}  {text}" for label, text in message.figures
        ]
        blocks.append("\n".join(lines))
    blocks += [
        "\n".join(filter(None, (_headline(notice), notice.text, notice.advice)))
        for notice in message.notices
    ]
    return "\n\n".join(blocks) + "\n"


def one_line(text: str) -> str:
    """`text`, which may hold names from outside, without control characters."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
    )
    return " ".join(kept.split())


def _headline(notice: Notice) -> str:
    return f"[{notice.severity}] {notice.title}"
