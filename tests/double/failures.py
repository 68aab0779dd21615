"""What goes wrong in the double on purpose, and how AWS would word it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

QUERY_SERVICES: Final = (
    "sts",
    "rds",
    "iam",
    "elasticloadbalancing",
    "autoscaling",
)
"""Services that answer in XML, errors in `ErrorResponse`."""


class AwsError(Exception):
    """An answer that is an error."""

    def __init__(self, message: str, *, code: str, status: int = 400) -> None:
        super().__init__(code, message)
        self.code, self.message, self.status = code, message, status


@dataclass(slots=True)
class Fault:
    """Something to go wrong with the next matching requests.

    Attributes:
        code: AWS's error code; empty to answer after `latency` all the same.
        service, operation, account: What it concerns; None is any.
        times: How many requests it hits.
        latency: Seconds before anything is answered.
        body: Sent as it is, in place of an error in AWS's form.
    """

    code: str = "ThrottlingException"
    message: str = "Rate exceeded"
    status: int = 400
    service: str | None = None
    operation: str | None = None
    account: str | None = None
    times: int = 1
    latency: float = 0.0
    body: str = ""

    def hits(self, service: str, operation: str, account: str) -> bool:
        """Whether the fault concerns this request, and is not used up."""
        asked = (service, operation, account)
        wanted = (self.service, self.operation, self.account)
        pairs = zip(wanted, asked, strict=True)
        return self.times > 0 and all(want in (None, have) for want, have in pairs)


@dataclass(slots=True)
class Rate:
    """A token bucket for each account, as AWS limits requests."""

    per_second: float
    burst: float = 1.0
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, account: str) -> bool:
        """Whether `account` may ask at this moment."""
        now = time.monotonic()
        tokens, then = self._buckets.get(account, (self.burst, now))
        tokens = min(self.burst, tokens + (now - then) * self.per_second)
        allowed = tokens >= 1
        self._buckets[account] = (tokens - 1 if allowed else tokens, now)
        return allowed


def denied(service: str, operation: str, account: str) -> AwsError:
    """AWS knows who asks and says no."""
    action = f"{service}:{operation}"
    return AwsError(
        f"User: arn:aws:sts::{account}:assumed-role/CostAnalyzer/finops is not "
        f"authorized to perform: {action} because no identity-based policy allows "
        f"the {action} action",
        code="AccessDeniedException",
    )


def may_not_assume(role_arn: str, account: str) -> AwsError:
    """What AWS says of a role that is missing, as of one that refuses."""
    return AwsError(
        f"User: arn:aws:iam::{account}:user/finops is not authorized to perform: "
        f"sts:AssumeRole on resource: {role_arn}",
        code="AccessDenied",
        status=403,
    )


def expired(service: str) -> AwsError:
    """The session behind these keys has ended."""
    xml = service in (*QUERY_SERVICES, "ec2", "s3")
    return AwsError(
        "The security token included in the request is expired",
        code="ExpiredToken" if xml else "ExpiredTokenException",
        status=403 if service == "sts" else 400,
    )


def error_body(error: AwsError, service: str) -> tuple[str, str]:
    """`error` in the wire format of `service`, and its content type."""
    if service not in (*QUERY_SERVICES, "ec2", "s3"):
        words: dict[str, Any] = {"__type": error.code, "message": error.message}
        return json.dumps(words), "application/x-amz-json-1.1"
    code, message = escape(error.code), escape(error.message)
    core = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    match service:
        case "s3":
            return core, "text/xml"
        case "ec2":
            return (
                f"<Response><Errors>{core}</Errors><RequestID>r</RequestID></Response>",
                "text/xml",
            )
        case _:
            return (
                f"<ErrorResponse>{core}<RequestId>r</RequestId></ErrorResponse>",
                "text/xml",
            )
