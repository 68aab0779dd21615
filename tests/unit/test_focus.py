from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from finops.errors import CredentialsError, PermissionDeniedError, Problem
from finops.focus import Condition, CostQuery, Costs, dimension_label, dimension_named
from finops.periods import ChargePeriod

NOVEMBER = ChargePeriod.month_of(date(2026, 11, 1))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("service", "ServiceName"),
        ("Account", "SubAccountName"),
        ("ServiceName", "ServiceName"),
        ("tag/team", "Tags.team"),
        ("tag/aws:createdBy", "Tags.aws:createdBy"),
        ("Tags.team", "Tags.team"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_dimension_is_known_by_its_short_name(typed: str, meant: str) -> None:
    assert dimension_named(typed) == meant


def test_a_dimension_is_called_by_its_label() -> None:
    assert dimension_label("SubAccountName") == "Account"
    assert dimension_label("Tags.team") == "Tag team"
    assert dimension_label("x_Unheard") == "x_Unheard"


def test_equal_questions_are_one_cache_key() -> None:
    once, again = (
        CostQuery(
            period=ChargePeriod.month_of(date(2026, 11, day)),
            group_by=("ServiceName",),
            where=(Condition("Tags.team", ("web", None)),),
        )
        for day in (1, 30)
    )

    assert {once: "answer"}[again] == "answer"


def test_an_answer_always_says_its_currency() -> None:
    by_service = ("ServiceName",)
    by_day = CostQuery(period=NOVEMBER, group_by=by_service)
    total = CostQuery(period=NOVEMBER, granularity="total", group_by=by_service)

    assert by_day.keys == ["ChargePeriodStart", "ServiceName", "BillingCurrency"]
    assert total.keys == ["ServiceName", "BillingCurrency"]


def test_a_dimension_is_asked_for_once() -> None:
    query = CostQuery(
        period=NOVEMBER,
        granularity="total",
        group_by=("BillingCurrency", "ServiceName", "ServiceName"),
        where=(Condition("ServiceName", (None,)), Condition("RegionId", ("x",))),
    )

    assert query.keys == ["BillingCurrency", "ServiceName"]
    assert query.dimensions == ("BillingCurrency", "ServiceName", "RegionId")


def test_an_answer_with_a_problem_is_not_complete() -> None:
    query = CostQuery(period=NOVEMBER)
    problem = Problem.of(CredentialsError("No credentials."), account="dev")

    assert Costs(pd.DataFrame(), query).complete
    assert not Costs(pd.DataFrame(), query, problems=(problem,)).complete


def test_a_problem_names_the_account_the_fact_and_the_remedy() -> None:
    denied = Problem.of(PermissionDeniedError("ce:GetCostAndUsage"), account="dev")
    whole = Problem.of(CredentialsError("No credentials."))

    assert denied.code == "denied"
    assert str(denied) == (
        "dev: AWS denied ce:GetCostAndUsage. "
        "Add ce:GetCostAndUsage to the role that this account is read with."
    )
    assert str(whole) == "No credentials."
