"""The HTTP server of the stand-in."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.fake_claude.events import events
from tests.fake_claude.replies import Reply, text
from tests.fake_claude.rules import objection

OVERLOADED = {"type": "overloaded_error", "message": "Overloaded"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


class FakeClaude:
    """Answers on a free port of this machine, and remembers what it was asked.

    Attributes:
        otherwise: The reply once those in the queue are used up.
    """

    def __init__(self, otherwise: Reply | Callable[[Asked], Reply] | None = None):
        self.asked: list[Asked] = []
        self.otherwise = otherwise or text("ok")
        self._replies: deque[Reply] = deque()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def will_say(self, *replies: Reply) -> None:
        """The next replies, in order."""
        self._replies.extend(replies)

    def reply(self, asked: Asked) -> Reply:
        """What to answer: an objection, or the next reply."""
        self.asked.append(asked)
        if complaint := objection(asked.path, asked.headers, asked.body):
            error = {"type": "invalid_request_error", "message": complaint}
            body = json.dumps({"type": "error", "error": error})
            return Reply(status=400, body=body)
        if self._replies:
            return self._replies.popleft()
        return self.otherwise(asked) if callable(self.otherwise) else self.otherwise

    def __enter__(self) -> Self:
        serve = self._server.serve_forever
        threading.Thread(target=serve, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that hangs up is part of a test."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; `fake` is set by a class made for each server."""

    protocol_version = "HTTP/1.1"
    fake: FakeClaude

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): said for name, said in self.headers.items()}
        asked = Asked(self.path, headers, json.loads(raw or b"{}"))
        reply = self.fake.reply(asked)
        time.sleep(reply.seconds)
        if reply.body is not None:
            self._send(reply.status, reply.body, reply.media, reply.headers)
            return
        written = _message(reply, asked, len(self.fake.asked))
        if asked.body.get("stream"):
            self._stream(written, reply)
        else:
            self._send(200, json.dumps(written), "application/json", {})

    def _send(
        self, status: int, body: str, media: str, headers: dict[str, str]
    ) -> None:
        data = body.encode()
        self.send_response(status)
        length = {"content-type": media, "content-length": str(len(data))}
        for name, said in (length | headers).items():
            self.send_header(name, said)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, written: dict[str, Any], reply: Reply) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        for place, event in enumerate(events(written)):
            if place == reply.breaks_after:
                if reply.breaks_by == "error":
                    self._event({"type": "error", "error": OVERLOADED})
                break
            self._event(event)
        self.close_connection = True

    def _event(self, event: dict[str, Any]) -> None:
        sent = f"event: {event['type']}\ndata: {json.dumps(event)}\n\n"
        self.wfile.write(sent.encode())
        self.wfile.flush()


def _message(reply: Reply, asked: Asked, number: int) -> dict[str, Any]:
    return {
        "id": f"msg_{number:04d}",
        "type": "message",
        "role": "assistant",
        "model": asked.body.get("model", "on-bedrock"),
        "content": list(reply.content),
        "stop_reason": reply.stop,
        "stop_details": reply.details,
        "stop_sequence": None,
        "usage": {"input_tokens": 100, "output_tokens": 20} | reply.usage,
    }
