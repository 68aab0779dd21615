"""Budgets are read as people write them, and refused in a sentence."""

from __future__ import annotations

import doctest
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops import services
from finops.budgets import Budget, part_budgets, whole_budget
from finops.errors import ConfigurationError
from finops.settings import Settings


def test_a_monthly_budget_is_for_everything() -> None:
    [budget] = Settings.from_env({"MONTHLY_BUDGET": "2500.00"}).budgets

    assert budget == Budget(2500.0)
    assert budget.label == "All costs"


def test_parts_of_the_bill_have_their_own() -> None:
    text = "prod:1500,service/Amazon RDS:400, tag/team=web:900"

    budgets = part_budgets(text)

    assert budgets == (
        Budget(1500.0, "account", "prod"),
        Budget(400.0, "service", "Amazon RDS"),
        Budget(900.0, "tag", "web", "team"),
    )
    assert [budget.label for budget in budgets] == ["prod", "Amazon RDS", "team = web"]


def test_the_budget_for_everything_comes_first() -> None:
    environ = {"BUDGETS": "prod:1500", "MONTHLY_BUDGET": "2500"}

    budgets = Settings.from_env(environ).budgets

    assert [budget.limit for budget in budgets] == [2500.0, 1500.0]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("2500", None),
        ("$2500.00", "USD"),
        ("2500 EUR", "EUR"),
        ("CHF 2500", "CHF"),
        ("0", None),
    ],
)
def test_a_budget_may_name_its_currency(text: str, currency: str | None) -> None:
    assert whole_budget(text).currency == currency


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("123456789012:5", Budget(5.0, "account", "123456789012")),
        ("account/team/prod:5", Budget(5.0, "account", "team/prod")),
        ("tag/aws:createdBy=x:y:5", Budget(5.0, "tag", "x:y", "aws:createdBy")),
        ("tag/team=:5", Budget(5.0, "tag", "", "team")),
        ('"service/Lakeview, Inc.:5"', Budget(5.0, "service", "Lakeview, Inc.")),
    ],
)
def test_odd_names_can_be_written(text: str, budget: Budget) -> None:
    assert part_budgets(text) == (budget,)


@pytest.mark.parametrize(
    "text",
    [
        *("prod", "prod:", ":100", "prod:much", "prod:-1", "prod:1e3", "prod:NaN"),
        *("prod:1,500", "region/eu-west-1:5", "service/:5", "account/:5", "tag/team:5"),
        *("tag/=web:5", "prod:1,account/prod:2", "prod:$5 EUR", "prod:1" + "0" * 400),
    ],
)
def test_what_is_no_budget_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ConfigurationError, match="BUDGETS") as refused:
        Settings.from_env({"BUDGETS": text})

    assert refused.value.hint


@pytest.mark.parametrize("text", ["much", "2,500.00", "-1", "NaN", "$", "1 2"])
def test_what_is_no_amount_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ConfigurationError, match="MONTHLY_BUDGET") as refused:
        Settings.from_env({"MONTHLY_BUDGET": text})

    assert refused.value.hint


@given(st.text(max_size=60))
def test_any_text_is_budgets_or_a_sentence(text: str) -> None:
    with suppress(ConfigurationError):
        assert all(budget.limit >= 0 for budget in part_budgets(text))


def test_the_examples_of_service_names_hold() -> None:
    failed, tried = doctest.testmod(services)

    assert (failed, tried > 1) == (0, True)
