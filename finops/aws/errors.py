"""AWS's exceptions, in our words, each with the remedy that fits it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore import exceptions as botocore
from botocore.parsers import ResponseParserError

from finops.aws.refusals import refusal
from finops.errors import (
    CredentialsError,
    FinOpsError,
    MalformedTableError,
    SourceError,
    UnreachableError,
)

SIGN_IN: Final = (
    botocore.SSOError,
    botocore.TokenRetrievalError,
    botocore.LoginError,
)
"""A browser sign-in never happened, or has run out."""

HALF_CONFIGURED: Final = (
    botocore.PartialCredentialsError,
    botocore.InvalidConfigError,
    botocore.UnknownCredentialError,
    botocore.ConfigParseError,
    botocore.ConfigNotFound,
)
"""The AWS configuration contradicts itself; AWS's own text says where."""

OUT_OF_REACH: Final = (botocore.HTTPClientError, botocore.ConnectionError)

MISSHAPEN: Final = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What reading an answer raises when it is not what AWS promises; botocore's own
parsers let these through."""


@contextmanager
def translated(action: str, *, profile: str = "") -> Iterator[None]:
    """Raise what AWS raises as one of our errors.

    Args:
        action: The IAM action that the block asks for, as `ce:GetTags`.
        profile: The profile whose credentials it uses, for the remedy.
    """
    try:
        yield
    except botocore.ClientError as error:
        raise refusal(error, action) from error
    except botocore.BotoCoreError as error:
        raise _trouble(error, action, profile) from error
    except (ResponseParserError, *MISSHAPEN) as error:
        raise _malformed(action, "it could not be parsed") from error


@contextmanager
def well_formed(action: str) -> Iterator[None]:
    """Raise what reading AWS's answer raises as a MalformedTableError."""
    try:
        yield
    except MISSHAPEN as error:
        raise _malformed(action, f"{type(error).__name__}: {error}") from error


def _malformed(action: str, why: str) -> MalformedTableError:
    msg = f"AWS answered {action} with something that is not an answer ({why})."
    return MalformedTableError(
        msg, hint="Try again later; if a proxy lies in between, ask it for the answer."
    )


def _trouble(error: botocore.BotoCoreError, action: str, profile: str) -> FinOpsError:
    """What went wrong before AWS could say anything."""
    if isinstance(error, OUT_OF_REACH):
        return _unreachable(error, action)
    if isinstance(error, botocore.NoRegionError):
        msg = f"No AWS region is set for {action}."
        return CredentialsError(msg, hint="Set AWS_DEFAULT_REGION=us-east-1.")
    return _no_credentials(error, profile) or SourceError(
        f"{action} failed: {_one_line(error)}", hint="Try again."
    )


def _no_credentials(
    error: botocore.BotoCoreError, profile: str
) -> CredentialsError | None:
    """Why AWS cannot know who we are, if that is what went wrong."""
    option = f" --profile {shlex.quote(profile)}" if profile else ""
    if isinstance(error, botocore.ProfileNotFound):
        return CredentialsError(
            f"There is no profile {profile!r} in the AWS configuration.",
            hint="Check AWS_CONFIG_FILE; in a container, mount ~/.aws.",
        )
    if isinstance(error, botocore.NoCredentialsError):
        return CredentialsError(
            "No AWS credentials were found.",
            hint=f"Run aws configure{option}, or set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY.",
        )
    if isinstance(error, SIGN_IN):
        return CredentialsError(
            "The AWS sign-in is missing or has run out.",
            hint=f"Run aws sso login{option}.",
        )
    if isinstance(error, HALF_CONFIGURED):
        return CredentialsError(
            f"The AWS configuration is incomplete: {_one_line(error)}",
            hint="A profile with role_arn also needs source_profile or "
            "credential_source, and a key needs its secret.",
        )
    if isinstance(error, botocore.CredentialRetrievalError):
        return CredentialsError(
            f"The program that should give AWS credentials failed: {_one_line(error)}",
            hint="Run the profile's credential_process by hand to see why.",
        )
    return None


def _unreachable(error: botocore.BotoCoreError, action: str) -> UnreachableError:
    late = isinstance(error, (botocore.ReadTimeoutError, botocore.ConnectTimeoutError))
    msg = (
        f"AWS did not answer {action} in time."
        if late
        else f"AWS could not be reached for {action}: {_one_line(error)}"
    )
    return UnreachableError(msg, hint="Check the network, the proxy and the region.")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
