"""What the stand-in can answer with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Block = dict[str, Any]

KINDS_OF_ERROR = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: a message of Claude, or a bare HTTP response.

    Attributes:
        body: Of a bare response; None for a message.
        seconds: How long to wait before answering.
        breaks_after: How many events of a stream are sent; None for all.
        breaks_by: How a stream ends early: with an error event, or in silence.
    """

    content: tuple[Block, ...] = ()
    stop: str = "end_turn"
    details: Block | None = None
    usage: dict[str, int] = field(default_factory=dict)
    status: int = 200
    body: str | None = None
    media: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    breaks_after: int | None = None
    breaks_by: Literal["error", "silence"] = "error"


def message(*content: Block, stop: str = "end_turn", **usage: int) -> Reply:
    """A message of Claude, with the tokens it used."""
    return Reply(content, stop=stop, usage=usage)


def text(written: str, *, stop: str = "end_turn", **usage: int) -> Reply:
    """A message of one text."""
    return message({"type": "text", "text": written}, stop=stop, **usage)


def as_json(answer: object, **usage: int) -> Reply:
    """A message whose text is JSON."""
    return Reply(({"type": "text", "text": json.dumps(answer)},), usage=usage)


def calls(*tools: tuple[str, Block], **usage: int) -> Reply:
    """A message that calls tools, each with its input, all in one turn."""
    blocks = (
        {"type": "tool_use", "id": f"toolu_{n:02d}", "name": name, "input": given}
        for n, (name, given) in enumerate(tools)
    )
    return message(*blocks, stop="tool_use", **usage)


def declined(why: str = "declined") -> Reply:
    """A refusal by the model itself."""
    details = {"type": "refusal", "category": None, "explanation": why}
    return Reply(stop="refusal", details=details)


def refused(status: int, *, code: str | None = None, **headers: object) -> Reply:
    """An HTTP error, such as 429 with `retry_after=3600`."""
    error: Block = {"type": KINDS_OF_ERROR.get(status, "api_error"), "message": "no"}
    if code:
        error["details"] = {"error_code": code}
    return Reply(
        status=status,
        body=json.dumps({"type": "error", "error": error}),
        headers={name.replace("_", "-"): str(said) for name, said in headers.items()},
    )


def unreadable(
    body: str = "<html>bad gateway</html>", *, media: str = "text/html"
) -> Reply:
    """A 200 that is not the API's."""
    return Reply(body=body, media=media)


def delayed(seconds: float, reply: Reply) -> Reply:
    """A reply that takes its time."""
    return replace(reply, seconds=seconds)


def broken_off(
    reply: Reply, *, after: int, by: Literal["error", "silence"] = "error"
) -> Reply:
    """A stream that ends after some events."""
    return replace(reply, breaks_after=after, breaks_by=by)
