"""A message as an e-mail, in text and in HTML, and its way there."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from finops.errors import ConfigurationError, FinOpsError
from finops.notify.message import Message, Notice, as_text, one_line

PORTS: Final = {"smtp": 587, "smtps": 465}
"""With STARTTLS where the server offers it, or encrypted from the start."""

TIMEOUT: Final = 15
"""Seconds to wait for the mail server."""

COLOURS: Final = {"high": "#b42318", "medium": "#b54708", "low": "#475467"}

CELL: Final = "padding:2px 24px 2px 0"


class EmailError(FinOpsError):
    """The mail server did not take the message."""

    code = "email"


def email(
    message: Message, *, sender: str, recipients: Sequence[str], now: datetime
) -> EmailMessage:
    """The message with a text and an HTML part.

    Raises:
        ConfigurationError: If an address is none.
    """
    mail = EmailMessage()
    mail["Subject"] = one_line(message.subject)
    mail["From"] = _address(sender)
    mail["To"] = [_address(recipient) for recipient in recipients]
    mail["Date"] = format_datetime(now)
    mail.set_content(as_text(message))
    mail.add_alternative(as_html(message), subtype="html")
    return mail


def send(smtp_url: str, mail: EmailMessage) -> None:
    """Hand the e-mail to the server of `smtp_url`: `smtps://user:password@host`.

    Raises:
        ConfigurationError: If the URL names no mail server.
        EmailError: If the server was not reached, or refused it.
    """
    url = _server(smtp_url)
    try:
        with _connected(url) as server:
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(mail)
    except (OSError, smtplib.SMTPException) as error:
        msg = f"The mail server {url.hostname} did not take the message."
        hint = f"Check SMTP_URL and ALERT_EMAILS: {one_line(str(error))[:120]}"
        raise EmailError(msg, hint=hint) from error


def as_html(message: Message) -> str:
    """The message as one HTML page without anything to fetch."""
    figures = "".join(
        f"<tr><td style='{CELL};color:#475467'>{escape(label)}</td>"
        f"<td style='{CELL}'><b>{escape(text)}</b></td></tr>"
        for label, text in message.figures
    )
    table = f"<table style='border-collapse:collapse'>{figures}</table>"
    return (
        "<!doctype html><html lang='en'><body style='font:15px/1.5 sans-serif'>"
        f"<h2 style='margin:0'>{escape(message.subject)}</h2>"
        f"<p style='color:#475467;margin-top:4px'>{escape(message.scope)}</p>"
        f"{table if figures else ''}"
        f"{''.join(map(_notice, message.notices))}"
        "</body></html>\n"
    )


def _notice(notice: Notice) -> str:
    colour = COLOURS[notice.severity]
    lines = [f"<b>{escape(notice.title)}</b>", escape(notice.text)]
    if notice.advice:
        lines.append(f"<span style='color:#475467'>{escape(notice.advice)}</span>")
    text = "<br>".join(filter(None, lines))
    return f"<p style='border-left:3px solid {colour};padding-left:12px'>{text}</p>"


def _server(smtp_url: str) -> SplitResult:
    url = urlsplit(smtp_url)
    if url.scheme not in PORTS or not url.hostname:
        msg = "SMTP_URL names no mail server."
        hint = "Write smtps://user:password@mail.example.com, or smtp:// for STARTTLS."
        raise ConfigurationError(msg, hint=hint)
    return url


def _connected(url: SplitResult) -> smtplib.SMTP:
    host, port = url.hostname or "", url.port or PORTS[url.scheme]
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
    elif url.username:
        server.close()
        msg = "it offers no encryption, and the password was not sent"
        raise smtplib.SMTPException(msg)
    return server


def _address(text: str) -> Address:
    try:
        return Address(addr_spec=text.strip())
    except (ValueError, IndexError) as error:
        msg = f"{text!r} is not an e-mail address."
        hint = "List addresses in ALERT_EMAILS with commas between."
        raise ConfigurationError(msg, hint=hint) from error
