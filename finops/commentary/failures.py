"""Why did Claude not answer? Every failure of the SDK, in one sentence each."""

from __future__ import annotations

from typing import Final

import anthropic
import pydantic
from botocore.exceptions import BotoCoreError

from finops.errors import ClaudeError

FAILURES: Final = (
    anthropic.AnthropicError,
    pydantic.ValidationError,
    BotoCoreError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What a call can raise: an answer that is not the API's makes the SDK stumble."""

KEY_HINT: Final = "Check ANTHROPIC_API_KEY in the settings of the app."

STATUSES: Final = {
    401: ("key", "Claude did not accept the key.", KEY_HINT),
    402: ("credit", "The Claude account has no credit left.", "Add credit to it."),
    403: (
        "permission",
        "This key may not use the model.",
        "Choose another model with AI_MODEL, or another key.",
    ),
    404: (
        "model",
        "Claude has no model of that name.",
        "Check AI_MODEL in the settings of the app.",
    ),
    413: ("too_large", "The question is too large for Claude.", "Ask for less."),
    429: ("rate", "Claude was asked too often.", "Try again later."),
    529: ("overloaded", "Claude is overloaded.", "Try again later."),
}
"""What an HTTP status means: a word, a sentence and the remedy."""

TYPES: Final = {
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "overloaded_error": 529,
}
"""The status that an error of this type has; one in a stream comes with a 200."""

SERVER_ERROR: Final = 500


def explained(error: BaseException) -> ClaudeError:
    """What went wrong in one sentence, without what the answer said of us."""
    if isinstance(error, anthropic.APITimeoutError):
        return _said("timeout", "Claude did not answer in time.", "Try again later.")
    if isinstance(error, anthropic.APIConnectionError):
        hint = "Check the network, then try again."
        return _said("network", "Claude could not be reached.", hint)
    if isinstance(error, anthropic.APIStatusError):
        return _of_status(error)
    if isinstance(error, BotoCoreError):
        hint = "Log in to AWS, or set AWS_PROFILE."
        return _said("credentials", "AWS gave no login for Bedrock.", hint)
    if isinstance(error, anthropic.AnthropicError):
        return _said("setup", "The way to Claude could not be set up.", KEY_HINT)
    return unusable("Claude's answer could not be read.", cause="unreadable")


def unusable(sentence: str, *, cause: str) -> ClaudeError:
    """An answer came, and it is of no use."""
    return ClaudeError(sentence, cause=cause, hint="Try again.")


def _of_status(error: anthropic.APIStatusError) -> ClaudeError:
    status = TYPES.get(error.type or "", error.status_code)
    retry_after = _seconds(error.response.headers.get("retry-after"))
    if "spend_limit" in (error.error_code or ""):
        sentence = "The Claude account has reached its own spending limit."
        return _said("credit", sentence, "Raise it, or try again later.")
    if status in STATUSES:
        cause, sentence, hint = STATUSES[status]
        return ClaudeError(sentence, cause=cause, hint=hint, retry_after=retry_after)
    if status >= SERVER_ERROR:
        return ClaudeError(
            "Claude had an error of its own.",
            cause="server",
            hint="Try again later.",
            retry_after=retry_after,
        )
    return _said("request", "Claude refused the request.", "Try another model.")


def _said(cause: str, sentence: str, hint: str) -> ClaudeError:
    return ClaudeError(sentence, cause=cause, hint=hint)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.replace(".", "", 1).isdigit() else None
