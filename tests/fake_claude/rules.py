"""What the API of version 2026-10-21 answers 400 to."""

from __future__ import annotations

from typing import Any

ADAPTIVE_ONLY = "claude-sonnet-5-5"
"""A model without forced tools, and without thinking turned off."""


def objection(path: str, headers: dict[str, str], body: dict[str, Any]) -> str | None:
    """Why the request is not answered; None where it is."""
    if path.startswith("/model/"):
        known = bool(body.get("anthropic_version"))
        return None if known else "anthropic_version: Field required"
    if not headers.get("anthropic-version"):
        return "anthropic-version: header is required"
    for name in ("temperature", "top_p", "top_k"):
        if name in body:
            return f"{name}: sampling parameters are not accepted"
    for name in ("model", "max_tokens", "messages"):
        if name not in body:
            return f"{name}: Field required"
    return _unlike_the_model(body) or _unanswered_tool(body["messages"])


def _unlike_the_model(body: dict[str, Any]) -> str | None:
    if not body["model"].startswith(ADAPTIVE_ONLY):
        return None
    if (body.get("tool_choice") or {}).get("type") in ("any", "tool"):
        return "tool_choice: forced tool use is not supported on this model"
    if (body.get("thinking") or {}).get("type") in ("disabled", "enabled"):
        return "thinking: use adaptive or between_tools on this model"
    return None


def _unanswered_tool(messages: list[dict[str, Any]]) -> str | None:
    """Every tool that was called is answered in the very next turn."""
    called: set[str] = set()
    for each in messages:
        blocks = each["content"] if isinstance(each["content"], list) else []
        answered = {b["tool_use_id"] for b in blocks if b.get("type") == "tool_result"}
        if each["role"] == "user" and answered != called:
            return f"tool results {sorted(answered)} do not match {sorted(called)}"
        if each["role"] == "assistant":
            called = {b["id"] for b in blocks if b.get("type") == "tool_use"}
    return None
