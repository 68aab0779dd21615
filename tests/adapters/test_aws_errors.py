from __future__ import annotations

import pytest
from botocore import exceptions as botocore
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

from finops.aws.errors import translated, well_formed
from finops.errors import (
    CredentialsError,
    FinOpsError,
    MalformedTableError,
    PermissionDeniedError,
    SourceError,
    ThrottledError,
    UnreachableError,
)

ACTION = "ce:GetCostAndUsage"


def translation(error: Exception, *, action: str = ACTION) -> FinOpsError:
    with pytest.raises(FinOpsError) as raised, translated(action, profile="prod"):
        raise error
    assert raised.value.__cause__ is error
    return raised.value


def answer(code: str, message: str = "because", *, action: str = ACTION) -> FinOpsError:
    words = {"Error": {"Code": code, "Message": message}}
    return translation(ClientError(words, "Operation"), action=action)  # type: ignore[arg-type]  # the rest is not needed


@pytest.mark.parametrize(
    ("error", "kind", "remedy"),
    [
        (
            botocore.ProfileNotFound(profile="prod"),
            CredentialsError,
            "Check AWS_CONFIG_FILE; in a container, mount ~/.aws.",
        ),
        (
            botocore.NoCredentialsError(),
            CredentialsError,
            "Run aws configure --profile prod, or set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY.",
        ),
        (
            botocore.PartialCredentialsError(provider="env", cred_var="secret"),
            CredentialsError,
            "A profile with role_arn also needs source_profile or "
            "credential_source, and a key needs its secret.",
        ),
        (
            botocore.InvalidConfigError(error_msg="source_profile x is missing"),
            CredentialsError,
            "A profile with role_arn also needs source_profile or "
            "credential_source, and a key needs its secret.",
        ),
        (
            botocore.InfiniteLoopConfigError(
                source_profile="a", visited_profiles=["a"]
            ),
            CredentialsError,
            "A profile with role_arn also needs source_profile or "
            "credential_source, and a key needs its secret.",
        ),
        (
            botocore.CredentialRetrievalError(provider="x", error_msg=""),
            CredentialsError,
            "Run the profile's credential_process by hand to see why.",
        ),
        (
            botocore.SSOTokenLoadError(profile_name="prod", error_msg=""),
            CredentialsError,
            "Run aws sso login --profile prod.",
        ),
        (
            botocore.TokenRetrievalError(provider="sso", error_msg="expired"),
            CredentialsError,
            "Run aws sso login --profile prod.",
        ),
        (
            botocore.UnauthorizedSSOTokenError(),
            CredentialsError,
            "Run aws sso login --profile prod.",
        ),
        (
            botocore.NoRegionError(),
            CredentialsError,
            "Set AWS_DEFAULT_REGION=us-east-1.",
        ),
        (
            botocore.ReadTimeoutError(endpoint_url="https://ce"),
            UnreachableError,
            "Check the network, the proxy and the region.",
        ),
        (
            botocore.EndpointConnectionError(endpoint_url="https://ce"),
            UnreachableError,
            "Check the network, the proxy and the region.",
        ),
        (
            botocore.ProxyConnectionError(proxy_url="http://proxy"),
            UnreachableError,
            "Check the network, the proxy and the region.",
        ),
        (
            ResponseParserError("not XML"),
            MalformedTableError,
            "Try again later; if a proxy lies in between, ask it for the answer.",
        ),
        (botocore.DataNotFoundError(data_path="x"), SourceError, "Try again."),
    ],
)
def test_each_trouble_has_its_remedy(
    error: Exception, kind: type[FinOpsError], remedy: str
) -> None:
    translated_error = translation(error)

    assert type(translated_error) is kind
    assert translated_error.hint == remedy


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ExpiredToken", CredentialsError),
        ("ExpiredTokenException", CredentialsError),
        ("InvalidClientTokenId", CredentialsError),
        ("UnrecognizedClientException", CredentialsError),
        ("LimitExceededException", ThrottledError),
        ("ThrottlingException", ThrottledError),
        ("InternalFailure", UnreachableError),
        ("500", MalformedTableError),
        ("DataUnavailableException", SourceError),
        ("SomethingNew", SourceError),
    ],
)
def test_each_refusal_is_of_its_kind(code: str, kind: type[FinOpsError]) -> None:
    assert type(answer(code)) is kind


def test_a_denial_names_the_action_that_aws_names() -> None:
    reason = (
        "User: arn:aws:sts::1:assumed-role/R/me is not authorized to perform: "
        "ce:GetTags because no identity-based policy allows the ce:GetTags action"
    )

    denied = answer("AccessDeniedException", reason)

    assert isinstance(denied, PermissionDeniedError)
    assert denied.action == "ce:GetTags"
    assert str(denied) == f"AWS denied ce:GetTags: {reason}."
    assert denied.hint == "Add ce:GetTags to the role that this account is read with."


def test_a_denial_without_an_action_names_what_was_asked() -> None:
    denied = answer("AccessDenied", "No.")

    assert isinstance(denied, PermissionDeniedError)
    assert denied.action == ACTION


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        (
            "not authorized to perform: ce:GetTags with an explicit deny in a "
            "service control policy",
            "The organization's service control policy forbids it; ask its owner.",
        ),
        (
            "User not enabled for cost explorer access",
            "Open Cost Explorer once in the console; figures come within a day.",
        ),
        (
            "Linked account doesn't have access to cost explorer",
            "In the payer's Cost Management preferences, let linked accounts see "
            "Cost Explorer.",
        ),
        (
            "not authorized to perform: sts:AssumeRole on resource: x",
            "Check that the role exists, that its trust policy names this caller "
            "and the external id, and that this caller may sts:AssumeRole on it.",
        ),
    ],
)
def test_some_denials_need_another_remedy(reason: str, remedy: str) -> None:
    assert answer("AccessDeniedException", reason).hint == remedy


def test_a_long_reason_is_cut_and_put_on_one_line() -> None:
    error = answer("SomethingNew", "so\n  it is " * 200)

    assert "so it is so it is" in str(error)
    assert len(str(error)) < 600


def test_an_answer_without_its_keys_is_malformed() -> None:
    empty: dict[str, str] = {}

    with (
        pytest.raises(MalformedTableError, match="KeyError: 'ResultsByTime'"),
        well_formed(ACTION),
    ):
        empty["ResultsByTime"]


def test_a_problem_of_our_own_passes_through() -> None:
    ours = ThrottledError("ours")

    with pytest.raises(ThrottledError) as raised, translated(ACTION):
        raise ours

    assert raised.value is ours
