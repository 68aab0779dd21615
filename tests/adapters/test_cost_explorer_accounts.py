from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from finops.accounts import Account, parse_accounts
from finops.aws.sessions import Sessions
from finops.errors import (
    ConfigurationError,
    CredentialsError,
    SourceError,
    UnreachableError,
)
from finops.focus import CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import CostSource
from finops.sources.cost_explorer import open_cost_explorer
from finops.sources.together import Together
from tests.adapters.bills import DEV, NAMES, PROD, STAGING, put_bill_on, truth_of
from tests.double import Member
from tests.double.company import account_ids, account_names, fill, role_arn
from tests.double.plugin import Aws

TODAY = date(2026, 11, 23)

OCTOBER = ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))

BY_ACCOUNT = CostQuery(
    period=OCTOBER, granularity="total", group_by=("SubAccountId", "SubAccountName")
)

PAYER = Account(name="hub")


def by_role(name: str, account_id: str) -> Account:
    return Account(name=name, role_arn=role_arn(account_id), account_id=account_id)


THREE = [by_role(name, account_id) for account_id, name in NAMES.items()]


@pytest.fixture
def bill(aws: Aws) -> Aws:
    put_bill_on(aws.world)
    return aws


def opened(accounts: list[Account], **how: Any) -> Together:
    return open_cost_explorer(accounts, sessions=Sessions(), today=TODAY, **how)


def by_name(costs: Costs) -> dict[str, float]:
    table = costs.table
    return dict(zip(table["SubAccountName"], table["BilledCost"], strict=True))


def truth(aws: Aws) -> dict[str, object]:
    charges = truth_of(aws.world)
    october = charges["ChargePeriodStart"].dt.month == 10
    usage = ~charges["record_type"].isin(["Credit", "Refund", "Tax"])
    kept = charges[october & usage]
    sums = kept.groupby("SubAccountName")["BilledCost"].sum()
    return {str(name): pytest.approx(cost) for name, cost in sums.items()}


def test_accounts_are_read_together(bill: Aws) -> None:
    costs = opened(THREE).costs(BY_ACCOUNT)

    assert by_name(costs) == truth(bill)
    assert costs.complete
    assert bill.world.requests("GetCostAndUsage") == 3


def test_two_accounts_are_whole_and_the_third_is_named(bill: Aws) -> None:
    bill.world.denied = {("ce", DEV)}

    costs = opened(THREE).costs(BY_ACCOUNT)

    whole = truth(bill)
    [problem] = costs.problems
    assert by_name(costs) == {name: whole[name] for name in ("prod", "staging")}
    assert (problem.account, problem.code) == ("dev", "denied")
    assert "no identity-based policy allows the ce:GetCostAndUsage" in problem.message
    assert problem.hint == (
        "Add ce:GetCostAndUsage to the role that this account is read with."
    )


def test_a_role_that_may_not_be_assumed_is_named(bill: Aws) -> None:
    bill.world.strict_roles = True
    bill.world.roles = {role_arn(PROD): None, role_arn(STAGING): None}

    costs = opened(THREE).costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert problem.account == "dev"
    assert role_arn(DEV) in problem.message
    assert "trust policy" in problem.hint


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"code": "ExpiredTokenException", "times": 99}, "credentials"),
        ({"code": "LimitExceededException", "times": 99}, "throttled"),
        ({"status": 500, "body": "<html></html>", "times": 99}, "malformed"),
        ({"status": 200, "body": "{}", "times": 99}, "malformed"),
        ({"code": "", "latency": 30.0, "times": 99}, "unreachable"),
    ],
)
def test_one_accounts_failure_never_stops_another(
    bill: Aws, fault: dict[str, Any], code: str
) -> None:
    bill.world.fault(**fault, service="ce", account=DEV)

    costs = opened(THREE, patience=3.0).costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert (problem.account, problem.code) == ("dev", code)
    assert set(by_name(costs)) == {"prod", "staging"}


def test_default_needs_no_profile_where_the_keys_are_in_the_environment(
    bill: Aws,
) -> None:
    bill.world.payer = PROD

    costs = opened([*parse_accounts("default:default")]).costs(BY_ACCOUNT)

    assert by_name(costs) == {"default": truth(bill)["prod"]}


def test_a_profile_that_asks_for_a_code_is_a_problem(
    bill: Aws, aws_config: Callable[[str], None]
) -> None:
    aws_config(
        "[profile base]\naws_access_key_id=A\naws_secret_access_key=B\n"
        f"[profile mfa]\nrole_arn={role_arn(DEV)}\nsource_profile=base\n"
        "mfa_serial=arn:aws:iam::111111111111:mfa/me\n"
    )
    accounts = [
        Account(name="dev", profile="mfa"),
        Account(name="prod", role_arn=role_arn(PROD), account_id=PROD, via="base"),
    ]

    costs = opened(accounts).costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert problem.account == "dev"
    assert "MFA code" in problem.message
    assert set(by_name(costs)) == {"prod"}


def test_an_account_listed_twice_is_counted_once(bill: Aws) -> None:
    bill.world.payer = PROD

    costs = opened([*THREE, PAYER]).costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert (problem.account, problem.code) == ("hub", "configuration")
    assert by_name(costs) == truth(bill)


def test_when_no_account_can_be_read_the_error_names_all(bill: Aws) -> None:
    bill.world.denied = {("ce", account) for account in NAMES}

    with pytest.raises(SourceError) as error:
        opened(THREE).costs(BY_ACCOUNT)

    assert all(f"{name}: AWS denied" in str(error.value) for name in NAMES.values())


def test_a_single_account_fails_with_its_own_error(bill: Aws) -> None:
    bill.world.dead_keys = {"testing"}

    source = opened([by_role("prod", PROD)])

    with pytest.raises(CredentialsError, match="The AWS session has ended"):
        source.costs(BY_ACCOUNT)


def test_before_its_history_cost_explorer_is_not_asked(bill: Aws) -> None:
    early = CostQuery(period=ChargePeriod(date(2025, 1, 1), date(2025, 9, 1)))
    late = CostQuery(period=ChargePeriod(date(2025, 9, 1), date(2026, 11, 23)))
    source = opened(THREE)

    nothing = source.costs(early)
    rest = source.costs(late)

    assert nothing.table.empty
    assert nothing.notes == (
        "Cost Explorer knows costs since 2025-10-01; earlier days are missing.",
    )
    assert nothing.notes[0] in rest.notes
    assert len(rest.table) == 59


@pytest.mark.parametrize(
    "today", [date(2026, 11, 1), date(2026, 11, 30), date(2028, 2, 29)]
)
def test_no_day_of_the_month_is_refused(bill: Aws, today: date) -> None:
    bill.world.now = bill.world.now.replace(
        year=today.year, month=today.month, day=today.day, hour=0, minute=30
    )
    source = open_cost_explorer(THREE, sessions=Sessions(), today=today)
    month = CostQuery(period=ChargePeriod.month_of(today))

    assert source.costs(month).complete
    assert source.extent.end == today


def test_the_payer_is_asked_once_for_all(bill: Aws) -> None:
    bill.world.members = [Member(one, NAMES[one].title()) for one in NAMES]

    costs = opened([PAYER, by_role("prod", PROD)], payer="hub").costs(BY_ACCOUNT)

    expected = truth(bill)
    assert by_name(costs) == {
        "prod": expected["prod"],
        "Staging": expected["staging"],
        "Dev": expected["dev"],
    }
    assert bill.world.requests("GetCostAndUsage") == 1


def test_an_account_of_another_organization_is_asked_itself(bill: Aws) -> None:
    bill.world.members = [Member(PROD, "prod")]

    source = opened([PAYER, *THREE], payer="hub")

    assert list(source.sources) == ["hub", "staging", "dev"]


def test_without_the_list_of_members_all_entries_are_taken_for_members(
    bill: Aws,
) -> None:
    bill.world.denied = {("organizations", bill.world.payer)}

    costs = opened([PAYER, *THREE], payer="hub").costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert problem.account == "hub"
    assert "organizations:ListAccounts" in problem.message
    assert "taken to be in its bill" in problem.message
    assert by_name(costs) == truth(bill)


def test_a_payer_alone_does_not_need_the_list(bill: Aws) -> None:
    costs = opened([PAYER], payer="hub").costs(BY_ACCOUNT)

    assert costs.complete
    assert by_name(costs) == truth(bill)


def test_an_organization_that_is_not_listed_in_time_is_gone_on_without(
    bill: Aws,
) -> None:
    bill.world.fault("", service="organizations", latency=30.0)

    costs = opened([PAYER], payer="hub", patience=2.0).costs(BY_ACCOUNT)

    assert by_name(costs) == truth(bill)


def test_a_payer_that_nobody_listed_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match="'boss'") as error:
        opened(THREE, payer="boss")

    assert error.value.hint == "Use one of prod, staging, dev."


def test_a_payer_without_credentials_leaves_the_others(bill: Aws) -> None:
    bill.world.fault(
        "InvalidClientTokenId", service="sts", operation="GetCallerIdentity"
    )

    costs = opened([PAYER, *THREE], payer="hub").costs(BY_ACCOUNT)

    [problem] = costs.problems
    assert problem.account == "hub"
    assert by_name(costs) == truth(bill)


def test_each_source_can_be_wrapped(bill: Aws) -> None:
    wrapped: list[str] = []

    def wrap(source: CostSource) -> CostSource:
        wrapped.append(source.name)
        return source

    opened(THREE, wrap=wrap)

    assert wrapped == [
        "prod (222222222222)",
        "staging (333333333333)",
        "dev (444444444444)",
    ]


FIFTY_FOUR_DAYS = CostQuery(
    period=ChargePeriod(date(2026, 10, 1), date(2026, 11, 24)),
    group_by=("SubAccountName",),
)


def fifty(aws: Aws) -> list[Account]:
    fill(aws.world, accounts=50, days=54)
    pairs = zip(account_names(50), account_ids(50), strict=True)
    return [by_role(name, account_id) for name, account_id in pairs]


def test_fifty_members_cost_fifty_requests(aws: Aws) -> None:
    source = opened(fifty(aws))
    week = CostQuery(
        period=ChargePeriod.last_days(7, as_of=TODAY), group_by=("SubAccountName",)
    )

    costs = source.costs(week)

    assert costs.table["SubAccountName"].nunique() == 50
    assert aws.world.requests("GetCostAndUsage") == 50
    assert aws.world.requests("AssumeRole") == 50
    assert source.estimated_requests(week) == 50


def test_the_payer_of_fifty_costs_seven_requests_at_most(aws: Aws) -> None:
    fifty(aws)

    source = opened([PAYER], payer="hub")
    costs = source.costs(FIFTY_FOUR_DAYS)

    assert costs.table["SubAccountName"].nunique() == 50
    assert aws.world.requests("GetCostAndUsage") <= 7
    assert source.estimated_requests(FIFTY_FOUR_DAYS) <= 7


BLACK_HOLE = """
from datetime import date
from finops.accounts import Account
from finops.aws.sessions import Sessions
from finops.errors import UnreachableError
from finops.focus import CostQuery
from finops.periods import ChargePeriod
from finops.sources.cost_explorer import open_cost_explorer

prod = Account(
    name="prod",
    role_arn="arn:aws:iam::222222222222:role/CostAnalyzer",
    account_id="222222222222",
)
source = open_cost_explorer(
    [prod], sessions=Sessions(), today=date(2026, 11, 23), patience=0.5
)
try:
    source.costs(CostQuery(period=ChargePeriod.month_of(date(2026, 10, 1))))
except UnreachableError as error:
    print(error)
"""


def test_the_process_ends_though_a_thread_still_waits(aws: Aws) -> None:
    aws.world.fault("", service="ce", latency=60.0, times=99)
    begun = time.monotonic()

    ended = subprocess.run(
        [sys.executable, "-c", BLACK_HOLE],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        env={**os.environ},  # noqa: TID251  the address of the double is in it
    )

    assert ended.stdout == "AWS gave no answer within 0.5 seconds.\n"
    assert ended.stderr == ""
    assert time.monotonic() - begun < 9


def test_nothing_is_reached_without_the_double() -> None:
    with pytest.raises(UnreachableError):
        opened([by_role("prod", PROD)]).costs(BY_ACCOUNT)
