"""A message as the events that the API streams it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Event = dict[str, Any]

PIECE = 12
"""Characters in one event."""


def events(message: dict[str, Any]) -> Iterator[Event]:
    """The events of one message, in order."""
    begun = message | {
        "content": [],
        "stop_reason": None,
        "usage": message["usage"] | {"output_tokens": 1},
    }
    yield {"type": "message_start", "message": begun}
    yield {"type": "ping"}
    for place, block in enumerate(message["content"]):
        yield from _block(place, block)
    stop = {name: message[name] for name in ("stop_reason", "stop_details")}
    used = {"output_tokens": message["usage"]["output_tokens"]}
    yield {"type": "message_delta", "delta": stop, "usage": used}
    yield {"type": "message_stop"}


def _block(place: int, block: dict[str, Any]) -> Iterator[Event]:
    if block["type"] == "text":
        empty, written = {"type": "text", "text": ""}, block["text"]
        piece = "text"
    else:
        empty, written = block | {"input": {}}, json.dumps(block["input"])
        piece = "partial_json"
    kind = "text_delta" if piece == "text" else "input_json_delta"
    yield {"type": "content_block_start", "index": place, "content_block": empty}
    for start in range(0, len(written), PIECE):
        delta = {"type": kind, piece: written[start : start + PIECE]}
        yield {"type": "content_block_delta", "index": place, "delta": delta}
    yield {"type": "content_block_stop", "index": place}
