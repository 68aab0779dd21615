"""Where messages go, and what happens when a way is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from finops.errors import ConfigurationError, FinOpsError
from finops.notify.email import email, send
from finops.notify.message import Message
from finops.notify.slack import post


class NotDeliveredError(FinOpsError):
    """A message reached nobody."""

    code = "not_delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Where messages go; URLs hold passwords, so they are never shown.

    Attributes:
        sender: The From of e-mails; the first recipient unless given.
    """

    slack_webhook_url: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    recipients: tuple[str, ...] = ()
    sender: str = ""

    @property
    def any(self) -> bool:
        """Whether there is a way to anybody."""
        return bool(self.slack_webhook_url or (self.smtp_url and self.recipients))


def deliver(
    message: Message, channels: Channels, *, now: datetime
) -> list[FinOpsError]:
    """Send the message on every channel; the failures of those that were closed.

    Raises:
        ConfigurationError: If no channel is configured.
        NotDeliveredError: If every channel failed.
    """
    ways = _ways(message, channels, now)
    if not ways:
        msg = "There is nobody to tell."
        hint = "Set SLACK_WEBHOOK_URL, or SMTP_URL and ALERT_EMAILS."
        raise ConfigurationError(msg, hint=hint)
    failures: list[FinOpsError] = []
    for way in ways:
        try:
            way()
        except FinOpsError as error:
            failures.append(error)
    if len(failures) == len(ways):
        told = " ".join(f"{error} {error.hint}" for error in failures)
        msg = "The message reached nobody."
        raise NotDeliveredError(msg, hint=told) from failures[0]
    return failures


def _ways(
    message: Message, channels: Channels, now: datetime
) -> list[Callable[[], None]]:
    def to_slack() -> None:
        post(channels.slack_webhook_url, message)

    def by_email() -> None:
        sender = channels.sender or channels.recipients[0]
        mail = email(message, sender=sender, recipients=channels.recipients, now=now)
        send(channels.smtp_url, mail)

    ways: list[Callable[[], None]] = []
    if channels.slack_webhook_url:
        ways.append(to_slack)
    if channels.smtp_url and channels.recipients:
        ways.append(by_email)
    return ways
