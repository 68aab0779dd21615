"""Page tokens that hold only for the request they were given for."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tests.double.failures import AwsError


def fingerprint(request: Mapping[str, Any]) -> str:
    """What two pages of one question have in common."""
    question = {k: v for k, v in request.items() if k != "NextPageToken"}
    text = json.dumps(question, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def token(question: str, offset: int) -> str:
    """The token of the page of `question` that starts at `offset`."""
    return base64.urlsafe_b64encode(json.dumps([question, offset]).encode()).decode()


def offset_of(given: str | None, question: str) -> int:
    """Where the page that `given` asks for starts.

    Raises:
        AwsError: If the token is not ours, or the question is another one.
    """
    if not given:
        return 0
    again = "Try again without a pagination token."
    try:
        asked, offset = json.loads(base64.urlsafe_b64decode(given))
    except (binascii.Error, ValueError) as error:
        msg = f"The pagination token is invalid. {again}"
        raise AwsError(msg, code="InvalidNextTokenException") from error
    if asked != question:
        msg = f"Your request parameters changed between pages. {again}"
        raise AwsError(msg, code="RequestChangedException")
    return int(offset)
