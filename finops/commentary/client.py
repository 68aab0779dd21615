"""The way to Claude: Anthropic with a key, or AWS Bedrock with the app's own login."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import anthropic

from finops.commentary.claude import Claude
from finops.commentary.ledger import open_ledger
from finops.commentary.prices import name_on
from finops.errors import ClaudeError
from finops.settings import Settings

TIMEOUT: Final = 90.0
"""Seconds for one answer."""

RETRIES: Final = 1

LONGEST_NAP: Final = 10
"""Seconds that Claude may ask us to wait; a page does not wait longer."""


def open_claude(
    settings: Settings, *, now: Callable[[], datetime], base_url: str | None = None
) -> Claude | None:
    """The way to Claude that the settings describe; None where there is none.

    Raises:
        ClaudeError: If Bedrock is meant and AWS gives no login, or no region.
        CredentialsError: If the AWS profile would ask for a code on the terminal.
    """
    ledger = open_ledger(settings, now=now)
    if settings.ai_provider == "anthropic" and settings.ai_key:
        sdk = anthropic.Anthropic(
            api_key=settings.ai_key,
            base_url=base_url,
            timeout=TIMEOUT,
            max_retries=RETRIES,
            open_telemetry=False,
            middleware=[without_long_naps],
        )
        return Claude(sdk, settings.ai_model, ledger)
    if settings.ai_provider == "bedrock":
        bedrock = _bedrock(base_url)
        return Claude(bedrock, name_on("bedrock", settings.ai_model), ledger)
    return None


def without_long_naps(request: Any, call_next: Callable[[Any], Any]) -> Any:
    """Refuse to wait as long as an answer asks for: the SDK would sleep an hour."""
    response = call_next(request)
    nap = response.headers.get("retry-after", "")
    if nap.isdigit() and int(nap) > LONGEST_NAP:
        response.headers["x-should-retry"] = "false"
    return response


def _bedrock(base_url: str | None) -> anthropic.AnthropicBedrock:
    """Bedrock with the app's own AWS login: its profile, region and role."""
    # Imported here: slow to load, and only Bedrock needs it.
    import botocore.session  # noqa: PLC0415

    from finops.aws.profiles import refuse_mfa  # noqa: PLC0415

    session = botocore.session.get_session()
    refuse_mfa(session)
    if session.get_credentials() is None:
        msg = "AWS gave no login for Bedrock."
        hint = "Log in to AWS, or set AWS_PROFILE."
        raise ClaudeError(msg, cause="credentials", hint=hint)
    region = session.get_config_variable("region")
    if not region:
        msg = "AI_PROVIDER is bedrock, and AWS names no region."
        raise ClaudeError(msg, cause="setup", hint="Set AWS_REGION.")
    return anthropic.AnthropicBedrock(
        aws_region=str(region),
        base_url=base_url,
        timeout=TIMEOUT,
        max_retries=RETRIES,
        open_telemetry=False,
        middleware=[without_long_naps],
    )
