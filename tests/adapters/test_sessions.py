from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from finops.accounts import Account
from finops.aws.pacing import Pacer
from finops.aws.sessions import CONFIG, Sessions
from finops.errors import (
    CredentialsError,
    MalformedTableError,
    PermissionDeniedError,
    ThrottledError,
    UnreachableError,
)
from tests.double.plugin import Aws

ROLE = "arn:aws:iam::222222222222:role/CostAnalyzer"

BY_ROLE = Account(name="prod", role_arn=ROLE, account_id="222222222222")

QUESTION = {
    "TimePeriod": {"Start": "2026-11-01", "End": "2026-11-02"},
    "Granularity": "DAILY",
    "Metrics": ["UnblendedCost"],
}


def who(sessions: Sessions, account: Account) -> str:
    sts = sessions.client("sts", account)
    answer = sessions.ask(account, "sts:GetCallerIdentity", sts.get_caller_identity)
    return str(answer["Account"])


def ask_costs(sessions: Sessions, account: Account) -> Any:
    return sessions.ask(
        account,
        "ce:GetCostAndUsage",
        lambda: sessions.client("ce", account).get_cost_and_usage(**QUESTION),
    )


def test_default_uses_the_keys_in_the_environment(aws: Aws) -> None:
    assert who(Sessions(), Account(name="default")) == aws.world.payer


def test_a_profile_has_its_own_keys(
    aws: Aws, aws_config: Callable[[str], None]
) -> None:
    aws.world.keys = {"AKIAPROD": "222222222222"}
    aws_config(
        "[profile prod]\naws_access_key_id=AKIAPROD\naws_secret_access_key=secret\n"
    )

    sessions = Sessions()

    assert sessions.profiles == {"prod"}
    assert who(sessions, Account(name="p", profile="prod")) == "222222222222"


def test_a_role_is_assumed_once_for_all_clients(aws: Aws) -> None:
    sessions = Sessions()

    assert who(sessions, BY_ROLE) == "222222222222"
    ask_costs(sessions, BY_ROLE)
    ask_costs(sessions, BY_ROLE)
    assert aws.world.requests("AssumeRole") == 1


def test_a_role_may_be_assumed_by_a_profile(
    aws: Aws, aws_config: Callable[[str], None]
) -> None:
    aws.world.keys = {"AKIAHUB": "999999999999"}
    aws_config(
        "[profile hub]\naws_access_key_id=AKIAHUB\naws_secret_access_key=secret\n"
    )
    account = Account(name="prod", role_arn=ROLE, via="hub")

    assert who(Sessions(), account) == "222222222222"
    [assume, _] = aws.world.calls
    assert assume.account == "999999999999"


def test_the_external_id_and_the_session_name_are_sent(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    aws.world.strict_roles = True
    aws.world.roles = {ROLE: "x-1"}
    account = Account(name="prod", role_arn=ROLE, external_id="x-1")
    sessions = Sessions(host="Café's laptop")

    identity = sessions.client("sts", account).get_caller_identity()

    assert identity["Arn"].endswith("assumed-role/CostAnalyzer/finops-Caf--s-laptop")


def test_a_refused_role_says_what_to_check(aws: Aws) -> None:
    aws.world.strict_roles = True

    with pytest.raises(PermissionDeniedError, match="sts:AssumeRole") as denied:
        who(Sessions(), BY_ROLE)

    assert "trust policy" in denied.value.hint


def test_a_session_that_ends_midway_is_renewed_once(aws: Aws) -> None:
    sessions = Sessions()
    ce = sessions.client("ce", BY_ROLE)
    aws.world.dead_keys = {ce._request_signer._credentials.access_key}

    answer = ask_costs(sessions, BY_ROLE)

    assert answer["ResultsByTime"]
    assert aws.world.requests("AssumeRole") == 2


def test_keys_that_stay_dead_are_reported(aws: Aws) -> None:
    aws.world.dead_keys = {"testing"}

    with pytest.raises(CredentialsError, match="The AWS session has ended"):
        ask_costs(Sessions(), Account(name="default"))

    assert aws.world.requests("GetCostAndUsage") == 2


def test_a_profile_that_asks_for_a_code_is_refused_before_it_asks(
    aws: Aws, aws_config: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda *_: pytest.fail("it asked"))
    aws_config(
        "[profile base]\naws_access_key_id=A\naws_secret_access_key=B\n"
        "[profile middle]\nrole_arn=arn:aws:iam::222222222222:role/Middle\n"
        "source_profile=base\nmfa_serial=arn:aws:iam::111111111111:mfa/me\n"
        f"[profile prod]\nrole_arn={ROLE}\nsource_profile=middle\n"
    )

    with pytest.raises(CredentialsError, match="'middle' asks for an MFA code"):
        who(Sessions(), Account(name="prod", profile="prod"))


def test_a_code_that_will_not_be_asked_for_does_no_harm(
    aws: Aws, aws_config: Callable[[str], None]
) -> None:
    aws_config(
        "[profile prod]\naws_access_key_id=A\naws_secret_access_key=B\n"
        "mfa_serial=arn:aws:iam::111111111111:mfa/me\n"
    )

    assert who(Sessions(), Account(name="prod", profile="prod"))


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("[profile other]\n", "no profile 'prod'"),
        ("[profile prod]\nregion=eu-west-1\n", "No AWS credentials were found"),
        ("[profile prod]\naws_access_key_id=A\n", "incomplete: Partial credentials"),
        (f"[profile prod]\nrole_arn={ROLE}\n", "incomplete: Partial credentials"),
        (
            f"[profile prod]\nrole_arn={ROLE}\nsource_profile=nope\n",
            'source_profile "nope".* does not exist',
        ),
        (
            f"[profile prod]\nrole_arn={ROLE}\nsource_profile=two\n"
            f"[profile two]\nrole_arn={ROLE}\nsource_profile=prod\n",
            "Infinite loop",
        ),
        ("[profile prod]\ncredential_process=/bin/false\n", "should give AWS cred"),
        (
            "[profile prod]\nsso_session=corp\nsso_account_id=222222222222\n"
            "sso_role_name=R\n[sso-session corp]\nsso_region=us-east-1\n"
            "sso_start_url=https://corp.example/start\n",
            "sign-in is missing",
        ),
    ],
)
def test_a_broken_profile_is_explained(
    aws: Aws, aws_config: Callable[[str], None], config: str, words: str
) -> None:
    aws_config(config)

    with pytest.raises(CredentialsError, match=words):
        who(Sessions(), Account(name="prod", profile="prod"))


def test_a_clients_region_is_the_home_of_its_partition(
    aws: Aws, aws_config: Callable[[str], None]
) -> None:
    aws_config(
        "[profile beijing]\nregion=cn-north-1\n"
        "aws_access_key_id=A\naws_secret_access_key=B\n"
    )
    role = "arn:aws-us-gov:iam::222222222222:role/R"
    sessions = Sessions()

    china = sessions.client("ce", Account(name="cn", profile="beijing"))
    government = sessions.client(
        "ce",
        Account(name="gov", role_arn=role, partition="aws-us-gov", via="beijing"),
    )

    assert china.meta.region_name == "cn-northwest-1"
    assert government.meta.region_name == "us-gov-west-1"


def test_an_entry_may_name_its_region(aws: Aws) -> None:
    account = Account(name="prod", role_arn=ROLE, region="eu-central-1")

    assert Sessions().client("ce", account).meta.region_name == "eu-central-1"


def test_a_region_that_aws_does_not_have_is_in_no_other_partition(
    aws: Aws, aws_config: Callable[[str], None]
) -> None:
    aws_config(
        "[profile prod]\nregion=moon-1\naws_access_key_id=A\naws_secret_access_key=B\n"
    )

    client = Sessions().client("ce", Account(name="prod", profile="prod"))

    assert client.meta.region_name == "us-east-1"


@pytest.mark.parametrize("code", ["LimitExceededException", "ThrottlingException"])
def test_a_throttled_request_is_sent_again(aws: Aws, code: str) -> None:
    aws.world.fault(code, service="ce", times=3)

    answer = ask_costs(Sessions(), Account(name="default"))

    assert answer["ResultsByTime"]
    assert aws.world.requests("GetCostAndUsage") == 4


def test_the_older_retry_mode_of_the_environment_does_not_count(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    aws.world.fault("LimitExceededException", service="ce", times=3)

    assert ask_costs(Sessions(), Account(name="default"))["ResultsByTime"]


def test_ninety_nine_throttles_are_given_up_on(aws: Aws) -> None:
    aws.world.fault("LimitExceededException", service="ce", times=99)

    with pytest.raises(ThrottledError):
        ask_costs(Sessions(), Account(name="default"))

    assert aws.world.requests("GetCostAndUsage") == 4


def test_an_answer_that_is_a_page_of_html_is_malformed(aws: Aws) -> None:
    aws.world.fault(service="ce", times=9, status=500, body="<html>Oops</html>")

    with pytest.raises(MalformedTableError, match="HTTP 500"):
        ask_costs(Sessions(), Account(name="default"))


def test_html_where_xml_was_due_is_malformed(aws: Aws) -> None:
    aws.world.fault(service="sts", times=9, status=200, body="<html>Sign in here</p>")

    with pytest.raises(MalformedTableError, match="sts:AssumeRole"):
        who(Sessions(), BY_ROLE)


def test_a_host_that_does_not_answer_is_unreachable(aws: Aws) -> None:
    aws.world.fault("", service="ce", times=9, latency=5.0)
    impatient = CONFIG.merge(type(CONFIG)(read_timeout=0.1))

    with pytest.raises(UnreachableError, match=r"did not answer .* in time"):
        ask_costs(Sessions(config=impatient), Account(name="default"))


def test_a_closed_port_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match="could not be reached"):
        ask_costs(Sessions(), Account(name="default"))


def test_requests_of_all_threads_are_spaced() -> None:
    waited: list[float] = []
    pacer = Pacer(per_second=4, clock=lambda: 100.0, sleep=waited.append)

    for _ in range(4):
        pacer.wait()

    assert waited == [0.25, 0.5, 0.75]


def test_who_asks_seldom_never_waits() -> None:
    now = iter([100.0, 100.3])
    waited: list[float] = []
    pacer = Pacer(per_second=4, clock=lambda: next(now), sleep=waited.append)

    pacer.wait()
    pacer.wait()

    assert waited == []
