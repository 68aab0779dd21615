"""What AWS answers instead of an answer, by its error codes."""

from __future__ import annotations

import re
from typing import Final

from botocore.exceptions import ClientError

from finops.errors import (
    CredentialsError,
    FinOpsError,
    MalformedTableError,
    PermissionDeniedError,
    SourceError,
    ThrottledError,
    UnreachableError,
)

DENIED: Final = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "UnauthorizedAccess",
        "403",
    }
)

EXPIRED: Final = frozenset(
    {
        "ExpiredToken",
        "ExpiredTokenException",
        "RequestExpired",
    }
)

UNKNOWN_CALLER: Final = frozenset(
    {
        "AuthFailure",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)

THROTTLED: Final = frozenset(
    {
        "LimitExceededException",
        "RequestLimitExceeded",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)

UNWELL: Final = frozenset(
    {
        "InternalError",
        "InternalFailure",
        "InternalServerError",
        "InternalServerException",
        "ServiceUnavailable",
        "ServiceUnavailableException",
    }
)

HINTS: Final = {
    "DataUnavailableException": "AWS has no costs yet; a new account takes a day.",
    "BillExpirationException": "AWS replaced the bill while it was read; try again.",
    "AWSOrganizationsNotInUseException": (
        "Remove AWS_PAYER, or name the entry of the organization's own account."
    ),
    "NoSuchBucket": "Check the bucket's name, and the account that is asked.",
    "RegionDisabledException": "Enable the region for this account, or use another.",
}
"""The remedy for codes that are only a reason, not a kind of error."""

DENIED_ACTION: Final = re.compile(r"not authorized to perform: ([\w-]+:\w+)")

LONGEST_REASON: Final = 500


def error_code(error: ClientError) -> str:
    """AWS's word for what happened."""
    return str(error.response.get("Error", {}).get("Code", ""))


def refusal(error: ClientError, action: str) -> FinOpsError:
    """`error`, which AWS gave for `action`, in our words."""
    code, reason = error_code(error), _reason(error)
    if code in DENIED:
        return _denied(action, reason)
    return (
        _unknown_caller(code, reason)
        or _unwell(code, action)
        or SourceError(f"{action} failed: {reason}", hint=HINTS.get(code, ""))
    )


def _unknown_caller(code: str, reason: str) -> CredentialsError | None:
    if code in EXPIRED:
        return CredentialsError(
            "The AWS session has ended.",
            hint="Sign in again: aws sso login, or set fresh keys.",
        )
    if code in UNKNOWN_CALLER:
        return CredentialsError(
            f"AWS does not accept these credentials: {reason}",
            hint="Check the access key, its secret and the machine's clock.",
        )
    return None


def _unwell(code: str, action: str) -> SourceError | None:
    """AWS would answer, but cannot at present."""
    if code in THROTTLED:
        return ThrottledError(
            f"AWS kept asking to slow down at {action}.",
            hint="Wait a minute, then try again.",
        )
    if code in UNWELL:
        return UnreachableError(
            f"AWS could not serve {action} ({code}).", hint="Try again later."
        )
    if code.isdigit():
        return MalformedTableError(
            f"AWS answered {action} with something that is not an answer "
            f"(HTTP {code}).",
            hint="Try again later; a proxy may have answered in AWS's place.",
        )
    return None


def _reason(error: ClientError) -> str:
    words = " ".join(str(error.response.get("Error", {}).get("Message", "")).split())
    text = (words or error_code(error) or "no reason given")[:LONGEST_REASON]
    return text if text.endswith(".") else f"{text}."


def _denied(action: str, reason: str) -> PermissionDeniedError:
    named = DENIED_ACTION.search(reason)
    refused = named[1] if named else action
    return PermissionDeniedError(
        refused, f"AWS denied {refused}: {reason}", hint=_remedy(refused, reason)
    )


def _remedy(action: str, reason: str) -> str:
    """What makes AWS say yes; empty where adding the action does."""
    if action == "sts:AssumeRole":
        return (
            "Check that the role exists, that its trust policy names this caller "
            "and the external id, and that this caller may sts:AssumeRole on it."
        )
    if "service control policy" in reason:
        return "The organization's service control policy forbids it; ask its owner."
    if "not enabled for cost explorer" in reason.lower():
        return "Open Cost Explorer once in the console; figures come within a day."
    if "linked account" in reason.lower():
        return (
            "In the payer's Cost Management preferences, let linked accounts see "
            "Cost Explorer."
        )
    return ""
