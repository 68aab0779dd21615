"""A stand-in for the Claude API: the real SDK talks to it over real HTTP.

    with FakeClaude() as api:
        api.will_say(as_json({"sentences": []}), refused(429, retry_after=3600))
        client = anthropic.Anthropic(api_key="key", base_url=api.url)

It refuses what the API of version 2026-10-21 refuses, so that a request that
only looks right is found out.
"""

from __future__ import annotations

from tests.fake_claude.replies import (
    Reply,
    as_json,
    broken_off,
    calls,
    declined,
    delayed,
    message,
    refused,
    text,
    unreadable,
)
from tests.fake_claude.server import FakeClaude

__all__ = [
    "FakeClaude",
    "Reply",
    "as_json",
    "broken_off",
    "calls",
    "declined",
    "delayed",
    "message",
    "refused",
    "text",
    "unreadable",
]
