from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.allocation import (
    AccountCost,
    TagCoverage,
    accounts,
    cost_by,
    daily_cost,
    tag_coverage,
    with_account_labels,
)
from finops.errors import CredentialsError, Problem
from tests.fakes import bill, charge

DAY = date(2026, 11, 1)

names = st.sampled_from(["a", "b", "c"]) | st.none()
tables = st.lists(
    st.builds(
        charge,
        st.just(DAY),
        st.floats(-1e4, 1e4).map(lambda cost: round(cost, 4)),
        account=names,
        service=names,
    ),
    min_size=1,
    max_size=30,
).map(lambda rows: bill(*rows))


@settings(max_examples=15)
@given(tables)
def test_parts_add_up_to_the_whole(table: pd.DataFrame) -> None:
    whole = pytest.approx(table["EffectiveCost"].sum())

    by_service = cost_by(table, ["SubAccountId", "ServiceName"], "EffectiveCost")
    by_account = accounts(table, "EffectiveCost")

    assert by_service.sum() == whole
    assert sum(account.cost or 0.0 for account in by_account) == whole


@settings(max_examples=15)
@given(tables)
def test_shares_add_up_to_one_or_are_unknown(table: pd.DataFrame) -> None:
    shares = [account.share for account in accounts(table, "EffectiveCost")]

    known = [share for share in shares if share is not None]
    assert not known or sum(known) == pytest.approx(1)
    assert len(known) in (0, len(shares))


def test_the_largest_cost_stands_first_and_none_is_left_out() -> None:
    table = bill(
        charge(DAY, 1.0, service="small"),
        charge(DAY, 2.0, service=None),
        charge(DAY, 3.0, service="large"),
    )

    by_service = cost_by(table, ["ServiceName"], "EffectiveCost")

    assert by_service.index.fillna("none").tolist() == ["large", "none", "small"]
    assert by_service.tolist() == [3.0, 2.0, 1.0]


def test_a_day_without_charges_cost_nothing() -> None:
    table = bill(
        charge(date(2024, 2, 28), 1.0),
        charge(date(2024, 2, 28), 2.0),
        charge(date(2024, 3, 1), 4.0),
    )

    daily = daily_cost(table, "EffectiveCost")

    assert daily.tolist() == [3.0, 0.0, 4.0]
    assert [day.date().day for day in daily.index] == [28, 29, 1]


def test_no_charges_have_no_days() -> None:
    table = bill(charge(DAY, 1.0)).head(0)

    assert daily_cost(table, "EffectiveCost").empty
    assert accounts(table, "EffectiveCost") == []


def test_accounts_are_compared_by_cost_share_and_services() -> None:
    table = bill(
        charge(DAY, 60.0, account="prod", service="Amazon EC2"),
        charge(DAY, 15.0, account="prod", service="Amazon RDS"),
        charge(DAY, 0.0, account="prod", service="AWS Lambda"),
        charge(DAY, 25.0, account="dev", service="Amazon EKS"),
    )

    found = accounts(table, "EffectiveCost")

    assert found == [
        AccountCost("prod", "111111111111", 75.0, 0.75, 2, "Amazon EC2"),
        AccountCost("dev", "033333333333", 25.0, 0.25, 1, "Amazon EKS"),
    ]


def test_an_account_that_was_not_read_has_no_cost_rather_than_none() -> None:
    denied = Problem("staging", "denied", "AWS denied it.")
    whole = Problem.of(CredentialsError("The organization cannot be listed."))

    found = accounts(bill(charge(DAY, 1.0)), "EffectiveCost", [denied, whole])

    [prod, staging] = found
    assert (prod.cost, prod.share, prod.status) == (1.0, 1.0, "read")
    assert staging == AccountCost("staging", None, None, None, 0, None, "denied")


def test_a_cost_that_is_unknown_is_not_nothing() -> None:
    table = bill(
        charge(DAY, 5.0, account="prod"),
        charge(DAY, 5.0, account="dev", ListCost=math.nan),
    )

    [prod, dev] = accounts(table, "ListCost")

    assert prod.share == 1.0
    assert dev.cost is None
    assert dev.share is None
    assert dev.status == "read"


def test_two_accounts_with_one_name_are_told_apart() -> None:
    table = bill(
        charge(DAY, 3.0, account="sandbox", SubAccountId="444444444444"),
        charge(DAY, 1.0, account="sandbox", SubAccountId="055555555555"),
        charge(DAY, 2.0, account="prod"),
    )

    found = accounts(table, "EffectiveCost")

    assert [(account.name, account.cost) for account in found] == [
        ("sandbox (444444444444)", 3.0),
        ("prod", 2.0),
        ("sandbox (055555555555)", 1.0),
    ]


def test_rows_are_labelled_as_accounts_are_called() -> None:
    table = bill(
        charge(DAY, 9.0, account="sandbox", SubAccountId="444444444444"),
        charge(DAY, 8.0, account="sandbox", SubAccountId="055555555555"),
        charge(DAY, 7.0, account="prod"),
        charge(DAY, 6.0, account=None, SubAccountId="066666666666"),
        charge(DAY, 5.0, account=None),
    )

    labels = with_account_labels(table)["account"].tolist()

    assert labels == [account.name for account in accounts(table, "EffectiveCost")]


def test_an_account_that_was_renamed_is_one_account() -> None:
    table = bill(
        charge(DAY, 3.0, account="Production", SubAccountId="444444444444"),
        charge(DAY, 1.0, account="prod", SubAccountId="444444444444"),
    )

    [account] = accounts(table, "EffectiveCost")

    assert account.id == "444444444444"
    assert account.cost == 4.0
    assert account.services == 1


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ({"SubAccountName": None, "SubAccountId": "012345678901"}, "012345678901"),
        ({"SubAccountName": "prod", "SubAccountId": None}, "prod"),
        ({"SubAccountName": None, "SubAccountId": None}, "(no account)"),
    ],
)
def test_an_account_is_called_by_what_is_known_of_it(
    ids: dict[str, str | None], expected: str
) -> None:
    table = bill(charge(DAY, 1.0) | ids)

    [account] = accounts(table, "EffectiveCost")

    assert account.name == expected
    assert account.id == ids["SubAccountId"]


def test_a_cost_without_a_service_can_be_the_largest_but_is_no_service() -> None:
    table = bill(charge(DAY, 9.0, service=None), charge(DAY, 1.0, service="Amazon S3"))

    [account] = accounts(table, "EffectiveCost")

    assert account.services == 1
    assert account.top_service == "(no service)"


@pytest.mark.parametrize("credit", [-10.0, -10.1, -9.999])
def test_accounts_that_cost_nothing_together_have_no_shares(credit: float) -> None:
    table = bill(charge(DAY, 10.0), charge(DAY, credit, account="dev"))

    found = accounts(table, "EffectiveCost")

    assert [account.share for account in found] == [None, None]
    assert [account.cost for account in found] == [10.0, credit]


def test_an_account_without_a_charge_has_no_top_service() -> None:
    [account] = accounts(bill(charge(DAY, 0.0)), "EffectiveCost")

    assert account.cost == 0.0
    assert account.services == 0
    assert account.top_service is None


def test_equal_costs_are_sorted_by_name() -> None:
    table = bill(*(charge(DAY, 1.0, account=name) for name in ("b", "c", "a")))

    assert [account.name for account in accounts(table, "EffectiveCost")] == list("abc")


def test_tags_are_compared_by_how_much_they_allocate() -> None:
    rows = [
        charge(DAY, 6.0) | {"Tags.team": "web", "Tags.env": None},
        charge(DAY, 2.0) | {"Tags.team": None, "Tags.env": "prod"},
    ]
    table = bill(*rows)

    found = tag_coverage({"Tags.env": table, "Tags.team": table}, "EffectiveCost")

    assert found == [TagCoverage("team", 6.0, 2.0), TagCoverage("env", 2.0, 6.0)]
    assert [coverage.share for coverage in found] == [0.75, 0.25]


@pytest.mark.parametrize(("allocated", "rest"), [(0.0, 0.0), (5.0, -1.0), (-1.0, 5.0)])
def test_a_coverage_that_is_no_share_is_unknown(allocated: float, rest: float) -> None:
    assert TagCoverage("team", allocated, rest).share is None
