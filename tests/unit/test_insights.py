from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
import pytest

from finops.analysis.allocation import ACCOUNT_KEYS, accounts
from finops.analysis.environments import environment
from finops.analysis.insights import Insight, InsightKind, insights
from finops.analysis.variance import Variance, compare
from finops.errors import Problem
from finops.periods import ChargePeriod
from tests.fakes import bill, charge

BEFORE = ChargePeriod(date(2026, 10, 1), date(2026, 10, 23))
AFTER = ChargePeriod(date(2026, 11, 1), date(2026, 11, 23))

Spend = Mapping[str, Mapping[str | None, float]]
"""What each account spent on each service."""


def spent(spend: Spend, day: date = AFTER.start) -> pd.DataFrame:
    return bill(
        *(
            charge(day, cost, account=account, service=service)
            for account, services in spend.items()
            for service, cost in services.items()
        )
    )


def told(
    spend: Spend,
    kind: InsightKind | None = None,
    *,
    missing: tuple[Problem, ...] = (),
    growth: Variance | None = None,
) -> list[Insight]:
    table = spent(spend)
    found = accounts(table, "EffectiveCost", missing)
    every = insights(found, table, "EffectiveCost", growth)
    return [insight for insight in every if kind in (None, insight.kind)]


def grown(before: Spend, after: Spend) -> Variance:
    return compare(
        (BEFORE, spent(before, BEFORE.start)),
        (AFTER, spent(after)),
        by=ACCOUNT_KEYS,
        metric="EffectiveCost",
    )


COMPANY: Spend = {
    "prod": {"Amazon EC2": 1500.0, "Amazon RDS": 300.0},
    "staging": {"Amazon EC2": 150.5, "Amazon RDS": 300.0},
    "dev": {"Amazon EC2": 190.3, "Amazon RDS": 10.0},
}


def test_the_dearest_account_is_compared_with_the_cheapest() -> None:
    [insight] = told(COMPANY, "cost_ratio")

    assert insight.text == "prod costs 9.0x more than dev."
    assert insight.accounts == ("prod", "dev")
    assert insight.figures == {"ratio": pytest.approx(1800 / 200.3)}
    assert insight.advice


def test_accounts_of_like_size_are_not_remarkable() -> None:
    alike: Spend = {"a": {"EC2": 100.0}, "b": {"EC2": 60.0}, "c": {"EC2": 90.0}}

    assert told(alike, "cost_ratio") == []


def test_an_account_that_is_hardly_in_use_is_not_compared_with() -> None:
    [insight] = told({**COMPANY, "unused": {"Amazon S3": 0.02}}, "cost_ratio")

    assert insight.accounts == ("prod", "dev")


def test_of_many_accounts_the_dearest_is_compared_with_the_median() -> None:
    many: Spend = {f"team-{n:02}": {"EC2": 10.0 + n} for n in range(11)}

    [insight] = told({**many, "data": {"EC2": 320.0}}, "cost_ratio")

    assert insight.text == "data costs 20.0x more than the median account team-06."


@pytest.mark.parametrize("account", ["prod", "(no account)"])
def test_one_account_is_compared_with_nobody(account: str) -> None:
    alone: Spend = {account: {"EC2": 100.0}}

    assert told(alone) == []


def test_charges_of_no_account_are_compared_with_nobody() -> None:
    table = bill(charge(AFTER.start, 100.0), charge(AFTER.start, 1.0, account=None))

    found = insights(accounts(table, "EffectiveCost"), table, "EffectiveCost")

    assert found == []


def test_staging_near_production_is_a_warning() -> None:
    spend: Spend = {
        "prod-eu": {"EC2": 600.0},
        "prod-us": {"EC2": 400.0},
        "staging": {"EC2": 900.0},
        "dev": {"EC2": 690.0},
    }

    [insight] = told(spend, "near_production")

    assert insight.text == "staging costs 90.0 % of what production costs."
    assert insight.figures == {"share_of_production": pytest.approx(0.9)}


def test_without_production_nothing_is_near_it() -> None:
    assert told({"staging": {"EC2": 9.0}, "dev": {"EC2": 9.0}}, "near_production") == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("prod", "production"),
        ("Acme-Production", "production"),
        ("acme_prd_eu", "production"),
        ("prod2", "production"),
        ("staging", "other"),
        ("dev01", "other"),
        ("acme-non-prod", "other"),
        ("acme_pre_prod", "other"),
        ("Pre-Production", "other"),
        ("non production", "other"),
        ("prod-qa", "other"),
        ("product-catalogue", None),
        ("devices", None),
        ("data lake", None),
        ("", None),
    ],
)
def test_a_name_tells_what_an_account_is_for(name: str, expected: str | None) -> None:
    assert environment(name) == expected


def test_services_used_in_all_accounts_could_be_shared() -> None:
    found = told(COMPANY, "shared_service")

    assert [insight.text for insight in found] == [
        "Amazon EC2 is used in all accounts.",
        "Amazon RDS is used in all accounts.",
    ]
    assert found[0].services == ("Amazon EC2",)
    assert set(found[0].accounts) == {"prod", "staging", "dev"}
    assert found[0].figures == {"cost": pytest.approx(1840.8)}


def test_only_the_largest_shared_services_are_named() -> None:
    services: dict[str | None, float] = {f"s{n}": 10.0 + n for n in range(6)}

    found = told({"a": services, "b": services}, "shared_service")

    assert [insight.services for insight in found] == [("s5",), ("s4",), ("s3",)]


def test_a_service_that_hardly_matters_to_one_account_is_not_shared() -> None:
    spend: Spend = {
        "prod": {"EC2": 1000.0, "RDS": 5.0},
        "dev": {"EC2": 100.0, "RDS": 50.0},
    }

    found = told(spend, "shared_service")

    assert [insight.services for insight in found] == [("EC2",)]


@pytest.mark.parametrize(
    ("spend", "missing"),
    [
        (COMPANY, (Problem("audit", "denied", "AWS denied it."),)),
        ({**COMPANY, "audit": {"Amazon EC2": 0.0}}, ()),
    ],
)
def test_all_accounts_are_not_said_where_one_has_no_known_cost(
    spend: Spend, missing: tuple[Problem, ...]
) -> None:
    [largest, _] = told(spend, "shared_service", missing=missing)

    assert largest.text == "Amazon EC2 is used in all 3 accounts with costs."


def test_a_missing_service_name_is_no_service() -> None:
    spend: Spend = {"prod": {None: 90.0, "EC2": 10.0}, "dev": {None: 10.0, "EC2": 2.0}}

    found = told(spend)

    named = {service for insight in found for service in insight.services}
    assert named == {"EC2"}
    assert told({"a": {None: 9.0}, "b": {None: 9.0}}) == []


def test_an_account_that_leans_on_a_service_is_named() -> None:
    spend: Spend = {
        "a": {"EC2": 90.0, "RDS": 10.0},
        "b": {"EC2": 80.0, "RDS": 20.0},
        "c": {"EC2": 70.0, "RDS": 30.0},
        "d": {"EC2": 20.0, "RDS": 80.0},
    }

    [insight] = told(spend, "service_mix")

    assert insight.text == (
        "d spends 80.0 % of its cost on RDS; "
        "the other accounts spend 20.0 % at the median."
    )
    assert insight.figures["median_share"] == pytest.approx(0.2)


def test_a_small_account_may_lean_where_it_likes() -> None:
    spend: Spend = {
        "a": {"EC2": 1000.0},
        "b": {"EC2": 1000.0},
        "c": {"EC2": 1000.0},
        "tiny": {"RDS": 10.0},
    }

    assert told(spend, "service_mix") == []


def test_an_account_that_outgrows_the_others_is_named() -> None:
    before: Spend = {"a": {"EC2": 100.0}, "b": {"EC2": 100.0}, "c": {"EC2": 100.0}}
    after: Spend = {"a": {"EC2": 110.0}, "b": {"EC2": 100.0}, "c": {"EC2": 150.0}}

    [insight] = told(after, "growth", growth=grown(before, after))

    assert insight.text == (
        "c rose by 50.0 % against 1 to 22 Oct 2026; "
        "the median account changed by +10.0 %."
    )
    assert insight.figures == {
        "growth": pytest.approx(0.5),
        "median_growth": pytest.approx(0.1),
    }


def test_growth_that_all_accounts_share_is_not_remarkable() -> None:
    before: Spend = {"a": {"EC2": 100.0}, "b": {"EC2": 100.0}}
    after: Spend = {"a": {"EC2": 200.0}, "b": {"EC2": 210.0}}

    assert told(after, "growth", growth=grown(before, after)) == []


def test_growth_of_very_little_is_not_remarkable() -> None:
    before: Spend = {"a": {"EC2": 1000.0}, "b": {"EC2": 1000.0}, "tiny": {"EC2": 1.0}}
    after: Spend = {"a": {"EC2": 1000.0}, "b": {"EC2": 1000.0}, "tiny": {"EC2": 9.0}}

    assert told(after, "growth", growth=grown(before, after)) == []


def test_an_account_that_was_renamed_has_not_grown() -> None:
    spend: Spend = {"a": {"EC2": 100.0}, "b": {"EC2": 100.0}, "c": {"EC2": 100.0}}
    before, after = spent(spend, BEFORE.start), spent(spend)
    after["SubAccountName"] = after["SubAccountName"].replace("a", "renamed")

    growth = compare(
        (BEFORE, before), (AFTER, after), by=ACCOUNT_KEYS, metric="EffectiveCost"
    )
    found = insights(accounts(after, "EffectiveCost"), after, "EffectiveCost", growth)

    assert [insight for insight in found if insight.kind == "growth"] == []


def test_accounts_of_one_name_are_not_taken_for_one() -> None:
    table = bill(
        charge(AFTER.start, 90.0, account="sandbox", SubAccountId="444444444444"),
        charge(AFTER.start, 10.0, account="sandbox", SubAccountId="555555555555"),
    )

    found = insights(accounts(table, "EffectiveCost"), table, "EffectiveCost")

    [ratio, shared] = found
    assert ratio.text == (
        "sandbox (444444444444) costs 9.0x more than sandbox (555555555555)."
    )
    assert len(shared.accounts) == 2


def test_credits_that_outweigh_a_cost_are_not_compared() -> None:
    spend: Spend = {
        "a": {"EC2": 100.0, "Credits": -40.0},
        "b": {"EC2": 50.0},
        "refunded": {"EC2": 5.0, "Credits": -50.0},
    }

    found = told(spend)

    assert all("refunded" not in insight.accounts for insight in found)
    assert {insight.kind for insight in found} == {"shared_service"}


def test_insights_are_deterministic_and_leave_the_table_as_it_was() -> None:
    table = spent(COMPANY, AFTER.start + timedelta(days=1))
    untouched = table.copy()
    found = accounts(table, "EffectiveCost")

    once, again = (insights(found, table, "EffectiveCost") for _ in range(2))

    assert once == again
    pd.testing.assert_frame_equal(table, untouched)
