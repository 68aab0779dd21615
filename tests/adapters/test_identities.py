from __future__ import annotations

import pytest

from finops.accounts import Account
from finops.aws.identities import identify, identity_of
from finops.aws.organizations import discovered, members
from finops.aws.sessions import Sessions
from finops.errors import PermissionDeniedError, SourceError
from tests.double import Member
from tests.double.plugin import Aws

PAYER = Account(name="payer")


def by_role(name: str, account_id: str, role: str = "CostAnalyzer") -> Account:
    arn = f"arn:aws:iam::{account_id}:role/{role}"
    return Account(name=name, role_arn=arn, account_id=account_id)


def test_a_role_is_in_the_account_of_its_arn(aws: Aws) -> None:
    found = identify([by_role("prod", "222222222222")], Sessions())

    [prod] = found.known
    assert prod.account_id == "222222222222"
    assert aws.world.calls == []


def test_the_second_entry_for_one_account_is_refused(aws: Aws) -> None:
    aws.world.payer = "222222222222"

    found = identify([PAYER, by_role("prod", "222222222222")], Sessions())

    [known], [problem] = found.known, found.problems
    assert known.account == PAYER
    assert problem.account == "prod"
    assert problem.message == (
        "prod and payer are both account 222222222222; its cost would be counted twice."
    )
    assert problem.hint == "Remove prod or payer from AWS_ACCOUNTS."


def test_who_has_no_credentials_is_a_problem_of_its_own(
    aws: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    found = identify([PAYER, by_role("prod", "222222222222")], Sessions())

    [known], [problem] = found.known, found.problems
    assert known.account.name == "prod"
    assert problem.account == "payer"
    assert problem.code == "credentials"


def test_an_identity_without_its_keys_is_malformed(aws: Aws) -> None:
    aws.world.fault(service="sts", status=200, body="<GetCallerIdentityResponse/>")

    with pytest.raises(SourceError, match="not an answer"):
        identity_of(PAYER, Sessions())


def test_every_page_of_the_organization_is_read(aws: Aws) -> None:
    aws.world.members = [
        *(Member(f"{n:012}", f"team {n}") for n in range(21)),
        Member("999999999999", "left", status="SUSPENDED"),
    ]
    aws.world.empty_pages = True

    found = members(PAYER, Sessions())

    assert len(found) == 22
    assert [member.name for member in found if not member.active] == ["left"]
    assert aws.world.requests("ListAccounts") == 3


def test_active_members_are_read_by_the_role_of_the_setting(aws: Aws) -> None:
    aws.world.members = [
        Member(aws.world.payer, "management"),
        Member("222222222222", "prod"),
        Member("333333333333", "Payer"),
        Member("444444444444", "old", status="SUSPENDED"),
    ]
    sessions = Sessions()

    found = discovered(
        identity_of(PAYER, sessions),
        members(PAYER, sessions),
        role_name="finops/Reader",
    )

    assert [account.name for account in found] == [
        "payer",
        "prod",
        "Payer (333333333333)",
    ]
    assert found[1].role_arn == "arn:aws:iam::222222222222:role/finops/Reader"
    assert found[0] == PAYER


def test_only_the_payer_may_list_the_organization(aws: Aws) -> None:
    aws.world.members = [Member("222222222222", "prod")]

    with pytest.raises(PermissionDeniedError, match="organizations:ListAccounts"):
        members(by_role("prod", "222222222222"), Sessions())


def test_an_account_without_an_organization_says_so(aws: Aws) -> None:
    with pytest.raises(SourceError, match="not a member of an organization") as error:
        members(PAYER, Sessions())

    assert "AWS_PAYER" in error.value.hint
