"""A message as Slack shows it, and its way there.

Everything is plain text, which Slack shows as it is: a name from outside can
neither mention a channel nor pretend to be a link.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from finops.errors import FinOpsError
from finops.notify.message import Message, Notice

Block = dict[str, Any]

LONGEST_HEADER: Final = 150
LONGEST_TEXT: Final = 3000
MOST_FIELDS: Final = 10
LONGEST_FIELD: Final = 2000
MOST_BLOCKS: Final = 50
"""Limits of Slack's Block Kit; it refuses a message that passes one of them."""

MARKS: Final = {"high": "High", "medium": "Medium", "low": "Low"}

TIMEOUT: Final = 10
"""Seconds to wait for Slack."""


class SlackError(FinOpsError):
    """Slack did not take the message."""

    code = "slack"


def blocks(message: Message) -> list[Block]:
    """The message in Slack's Block Kit: a header, the figures, the notices."""
    head: list[Block] = [
        {"type": "header", "text": _plain(message.subject, LONGEST_HEADER)},
        {"type": "context", "elements": [_plain(message.scope, LONGEST_TEXT)]},
    ]
    figures = [
        _plain(f"{label}: {text}", LONGEST_FIELD) for label, text in message.figures
    ]
    fields = [
        {"type": "section", "fields": figures[first : first + MOST_FIELDS]}
        for first in range(0, len(figures), MOST_FIELDS)
    ]
    notices = [_notice(notice) for notice in message.notices]
    return _within_limit([*head, *fields, *notices])


def post(webhook_url: str, message: Message) -> None:
    """Send the message to the channel of an incoming webhook.

    Raises:
        SlackError: If Slack was not reached, or refused it.
    """
    from slack_sdk.webhook import WebhookClient  # noqa: PLC0415 - seldom needed

    try:
        answer = WebhookClient(webhook_url, timeout=TIMEOUT).send(
            text=message.subject, blocks=blocks(message)
        )
    except (OSError, ValueError) as error:
        msg = "Slack was not reached."
        hint = "Check SLACK_WEBHOOK_URL and the way to the network."
        raise SlackError(msg, hint=hint) from error
    if answer.status_code != HTTPStatus.OK:
        msg = f"Slack refused the message: {answer.body[:80]!r} ({answer.status_code})."
        hint = "Make a new incoming webhook and set SLACK_WEBHOOK_URL to it."
        raise SlackError(msg, hint=hint)


def _notice(notice: Notice) -> Block:
    lines = (f"{MARKS[notice.severity]}: {notice.title}", notice.text, notice.advice)
    text = "\n".join(filter(None, lines))
    return {"type": "section", "text": _plain(text, LONGEST_TEXT)}


def _within_limit(made: list[Block]) -> list[Block]:
    if len(made) <= MOST_BLOCKS:
        return made
    left_out = len(made) - MOST_BLOCKS + 1
    told = _plain(f"{left_out} more are not shown here.", LONGEST_TEXT)
    return [*made[: MOST_BLOCKS - 1], {"type": "context", "elements": [told]}]


def _plain(text: str, longest: int) -> Block:
    cut = text if len(text) <= longest else f"{text[: longest - 3]}..."
    return {"type": "plain_text", "text": cut, "emoji": False}
