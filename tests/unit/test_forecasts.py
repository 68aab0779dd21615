"""The workspace forecasts any slice from its parts, and knows its budgets."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from finops.analysis.parts import REST, daily_parts
from finops.budgets import Budget
from finops.errors import ConfigurationError, DimensionUnavailableError
from finops.focus import DATE_COLUMN, Condition
from finops.periods import DAY, ChargePeriod
from finops.settings import Settings
from finops.workspace import Scope, Workspace
from finops.workspace.budgets import budget_scope, budget_standing, budgets_of
from finops.workspace.forecasts import PART_KEYS, forecast
from finops.workspace.scenarios import Scenario
from tests.fakes import BillInMemory, bill, every_day

KNOWN = ChargePeriod(date(2026, 7, 1), date(2026, 11, 23))

TODAY = KNOWN.end

EC2 = "Amazon Elastic Compute Cloud"


def company() -> BillInMemory:
    """Two accounts, one of which carries a tag."""
    return BillInMemory(
        bill(
            *every_day(KNOWN, 60.0, service=EC2, **{"Tags.team": "web"}),
            *every_day(KNOWN, 30.0, service="Amazon RDS", **{"Tags.team": None}),
            *every_day(KNOWN, 10.0, account="dev", service=EC2, **{"Tags.team": None}),
        ).astype({"Tags.team": "str"})
    )


def opened(source: BillInMemory, today: date = KNOWN.end) -> tuple[Workspace, Scope]:
    """The workspace of a bill, and all of it."""
    space = Workspace(source, today)
    return space, Scope(period=space.period())


@pytest.mark.parametrize("day", range(1, 31))
def test_flat_spend_changes_by_nothing_on_any_day_of_the_month(day: int) -> None:
    end = date(2026, 11, day)
    known = ChargePeriod(date(2026, 7, 1), end)
    flat = BillInMemory(bill(*every_day(known, 100.0)))

    ahead = forecast(*opened(flat, end))

    assert ahead.forecast.trend_percent == pytest.approx(0.0, abs=0.01)
    assert ahead.forecast.total == pytest.approx(3000.0)
    assert ahead.month.projected == pytest.approx(3000.0)


def test_a_total_is_forecast_by_account_and_service() -> None:
    ahead = forecast(*opened(company()))

    assert list(ahead.parts.columns.names) == list(PART_KEYS)
    assert [" · ".join(part) for part in ahead.parts.columns] == [
        f"prod · {EC2}",
        "prod · Amazon RDS",
        f"dev · {EC2}",
    ]
    assert ahead.forecast.parts.sum().sum() == pytest.approx(ahead.forecast.total)


@pytest.mark.parametrize("by", ["SubAccountName", "ServiceName", "Tags.team"])
def test_a_total_is_the_same_whatever_it_is_split_by(by: str) -> None:
    source = company()
    days = (source.charges[DATE_COLUMN] - source.charges[DATE_COLUMN].min()).dt.days
    source.charges["EffectiveCost"] *= 1 + days % 11 / 20
    space, scope = opened(source)

    whole, split = forecast(space, scope), forecast(space, scope, by=by)

    assert split.forecast.total == whole.forecast.total
    assert split.compared["total"].sum() == pytest.approx(whole.forecast.total)
    assert split.compared["before"].sum() == pytest.approx(
        whole.compared["before"].sum()
    )
    assert split.month.projected == whole.month.projected


def test_coming_days_are_held_against_as_many_days_or_none() -> None:
    space, scope = opened(company())
    young = BillInMemory(bill(*every_day(ChargePeriod(date(2026, 11, 9), TODAY), 60.0)))

    known, unknown = forecast(space, scope), forecast(*opened(young))

    assert known.compared["before"].sum() == pytest.approx(3000.0)
    assert unknown.compared["before"].isna().all()
    assert unknown.steepest is None
    assert unknown.compared["total"].sum() == pytest.approx(1800.0)


def test_days_that_are_not_complete_yet_do_not_lower_the_month() -> None:
    late = company()
    last = late.charges[DATE_COLUMN] >= pd.Timestamp("2026-11-21", tz="UTC")
    late.charges.loc[last, "EffectiveCost"] *= 0.2
    late.restated_days = 2

    ahead = forecast(*opened(late))

    assert ahead.month.to_date == pytest.approx(20 * 100 + 2 * 20)
    assert ahead.month.projected == pytest.approx(3000.0)
    assert ahead.month.interval80.low <= 3000.0 <= ahead.month.interval80.high
    assert Scenario(ahead).landing(ahead.month.period).projected == pytest.approx(
        ahead.month.projected
    )


def test_a_cost_that_is_billed_already_does_not_go_away() -> None:
    spike = company()
    last = spike.charges[DATE_COLUMN] == pd.Timestamp("2026-11-22", tz="UTC")
    spike.charges.loc[last, "EffectiveCost"] *= 5
    spike.restated_days = 2

    assert forecast(*opened(spike)).month.projected == pytest.approx(3400.0)


def test_a_month_lands_at_one_figure_however_far_one_looks() -> None:
    space, scope = opened(company())

    near, far = (forecast(space, scope, days=days) for days in (7, 90))

    assert near.month.projected == far.month.projected
    assert near.next_30_days.interval80 == far.next_30_days.interval80


@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2026, 10, 31)])
def test_a_month_lands_on_its_first_and_its_last_day(today: date) -> None:
    ahead = forecast(*opened(company(), today - DAY))

    assert ahead.month.period == ChargePeriod(date(2026, 10, 1), date(2026, 11, 1))
    assert ahead.month.to_date == pytest.approx(100.0 * (today.day - 1))
    assert ahead.month.days_ahead == 32 - today.day
    assert ahead.quarter.projected == pytest.approx(9200.0)


def test_days_that_may_still_change_are_not_trusted() -> None:
    source = company()
    source.restated_days = 2
    cheap = source.charges["ChargePeriodStart"] >= pd.Timestamp("2026-11-21", tz="UTC")
    source.charges.loc[cheap, "EffectiveCost"] *= 0.1

    live = forecast(*opened(source))
    earlier = forecast(*opened(source, date(2026, 11, 18)))

    assert live.forecast.total == pytest.approx(3000.0)
    assert earlier.restated_days == 0


def test_many_combinations_are_forecast_by_service() -> None:
    day = ChargePeriod(date(2026, 11, 22), date(2026, 11, 23))
    many = [
        row
        for account in range(40)
        for service in range(30)
        for row in every_day(day, 1.0, account=f"a{account}", service=f"s{service}")
    ]

    ahead = forecast(*opened(BillInMemory(bill(*many), known=KNOWN)))

    assert len(ahead.parts.columns) == 30
    assert ahead.history.iloc[-1] == pytest.approx(1200.0)


def test_small_parts_are_forecast_as_one() -> None:
    days = pd.date_range("2026-11-01", periods=3, tz="UTC", unit="us")
    rows = pd.DataFrame(
        {
            "ChargePeriodStart": np.repeat(days, 5),
            "ServiceName": ["a", "b", "c", "d", None] * 3,
            "EffectiveCost": [5.0, 4.0, 3.0, 2.0, 1.0] * 3,
        }
    )
    period = ChargePeriod(date(2026, 11, 1), date(2026, 11, 5))

    parts = daily_parts(rows, ["ServiceName"], "EffectiveCost", period, most=2)

    assert list(parts.columns) == ["a", "b", REST]
    assert list(parts.sum(axis=1)) == [15.0, 15.0, 15.0, 0.0]


@pytest.mark.parametrize(
    ("budget", "condition"),
    [
        (Budget(1, "account", "PROD"), Condition("SubAccountName", ("prod",))),
        (
            Budget(1, "account", "111111111111"),
            Condition("SubAccountId", ("111111111111",)),
        ),
        (Budget(1, "service", "Amazon EC2"), Condition("ServiceName", (EC2,))),
        (Budget(1, "service", "rds"), Condition("ServiceName", ("Amazon RDS",))),
        (Budget(1, "tag", "web", "team"), Condition("Tags.team", ("web",))),
        (Budget(1, "tag", "", "team"), Condition("Tags.team", (None,))),
    ],
)
def test_a_budget_finds_what_it_is_for(budget: Budget, condition: Condition) -> None:
    space, scope = opened(company())

    found = budget_scope(space, scope.narrowed("ServiceName", "other"), budget)

    assert found.where == (condition,)


def test_a_budget_for_nothing_on_the_bill_says_what_there_is() -> None:
    space, scope = opened(company())

    with pytest.raises(ConfigurationError, match="staging") as refused:
        budget_scope(space, scope, Budget(1, "account", "staging"))

    assert "prod" in refused.value.hint


def test_a_budget_for_a_tag_that_the_source_lacks_is_refused() -> None:
    space, scope = opened(company())

    with pytest.raises(DimensionUnavailableError):
        budget_scope(space, scope, Budget(1, "tag", "x", "cost-center"))


def test_a_budget_is_held_against_its_own_part() -> None:
    space, scope = opened(company())

    standing = budget_standing(space, scope, Budget(330.0, "account", "dev"))

    assert standing.next_30_days.projected == pytest.approx(300.0)
    assert standing.month_end.to_date == pytest.approx(220.0)
    assert standing.month_end.severity == "none"


def test_a_budget_in_another_currency_is_refused() -> None:
    space, scope = opened(company())

    with pytest.raises(ConfigurationError, match="EUR"):
        budget_standing(space, scope, Budget(330.0, currency="EUR"))


def test_the_demo_company_has_budgets_unless_one_is_set() -> None:
    own, bills = Settings(), Settings(source="bill.csv")
    set_by_hand = Settings(budgets=(Budget(5.0),))

    assert budgets_of(own)[0].limit == 2500.0
    assert budgets_of(bills) == ()
    assert budgets_of(set_by_hand) == (Budget(5.0),)
