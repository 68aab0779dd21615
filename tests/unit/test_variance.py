from __future__ import annotations

import math
from datetime import date
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.cost_table import answer
from finops.analysis.variance import Variance, compare
from finops.errors import ConfigurationError
from finops.focus import CostQuery, Metric
from finops.periods import DAY, ChargePeriod, Preset, preset_period
from tests.fakes import Charge, bill, charge, every_day

MONDAY = ChargePeriod(date(2026, 11, 16), date(2026, 11, 17))
TUESDAY = ChargePeriod(date(2026, 11, 17), date(2026, 11, 18))

YEARS = ChargePeriod(date(2021, 1, 1), date(2026, 1, 1))
FLAT = bill(*every_day(YEARS, 100.0))


def moved(
    before: list[Charge],
    after: list[Charge],
    *by: str,
    metric: Metric = "EffectiveCost",
) -> Variance:
    nothing = bill(charge(MONDAY.start, 0.0)).head(0)
    return compare(
        (MONDAY, bill(*before) if before else nothing),
        (TUESDAY, bill(*after) if after else nothing),
        by=by or ["ServiceName"],
        metric=metric,
    )


def monday(cost: float, service: str | None = "RDS", **more: object) -> Charge:
    return charge(MONDAY.start, cost, service=service) | more


def tuesday(cost: float, service: str | None = "RDS", **more: object) -> Charge:
    return charge(TUESDAY.start, cost, service=service) | more


@settings(max_examples=40)
@given(
    st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 12, 31)),
    st.sampled_from(get_args(Preset)),
)
def test_flat_spend_has_not_changed_on_any_day_of_the_year(
    as_of: date, preset: Preset
) -> None:
    period = preset_period(preset, as_of=as_of)
    before, after = (
        (each, answer(FLAT, CostQuery(period=each, granularity="total")))
        for each in (period.before(), period)
    )

    change = compare(before, after, by=["BillingCurrency"], metric="EffectiveCost")

    assert change.after == pytest.approx(100.0 * period.days)
    assert change.relative == 0.0


def test_the_largest_move_stands_first_up_or_down() -> None:
    change = moved(
        [monday(10.0, "EC2"), monday(50.0, "RDS"), monday(1.0, "S3")],
        [tuesday(30.0, "EC2"), tuesday(5.0, "RDS"), tuesday(1.0, "S3")],
    )

    assert change.rows.to_dict("records") == [
        {"ServiceName": "RDS", "before": 50.0, "after": 5.0, "change": -45.0},
        {"ServiceName": "EC2", "before": 10.0, "after": 30.0, "change": 20.0},
        {"ServiceName": "S3", "before": 1.0, "after": 1.0, "change": 0.0},
    ]
    assert change.before == 61.0
    assert change.after == 36.0
    assert change.change == -25.0
    assert change.relative == pytest.approx(-25 / 61)


def test_what_came_moved_from_nothing_and_what_went_to_nothing() -> None:
    change = moved([monday(3.0, "went")], [tuesday(7.0, "came")])

    assert change.rows.to_dict("records") == [
        {"ServiceName": "came", "before": 0.0, "after": 7.0, "change": 7.0},
        {"ServiceName": "went", "before": 3.0, "after": 0.0, "change": -3.0},
    ]


def test_charges_without_a_value_are_compared_with_each_other() -> None:
    change = moved(
        [monday(3.0, None), monday(1.0, None, SubAccountName=None)],
        [tuesday(5.0, None), tuesday(1.5, None, SubAccountName=None)],
        "SubAccountName",
        "ServiceName",
    )

    assert change.rows["change"].tolist() == [2.0, 0.5]
    assert change.rows["SubAccountName"].fillna("none").tolist() == ["prod", "none"]


def test_an_unknown_cost_does_not_move_from_nothing() -> None:
    change = moved(
        [monday(3.0, "known"), monday(3.0, "half", ListCost=math.nan)],
        [tuesday(4.0, "known"), tuesday(3.0, "half")],
        metric="ListCost",
    )

    known, half = change.rows["change"]
    assert known == 1.0
    assert math.isnan(half)


def test_periods_of_different_length_are_not_compared() -> None:
    week = ChargePeriod(MONDAY.start - 7 * DAY, MONDAY.start)
    table = bill(charge(MONDAY.start, 1.0))

    with pytest.raises(
        ConfigurationError, match=r"has 7 days and .* has 1\."
    ) as refused:
        compare((week, table), (MONDAY, table), by=["ServiceName"], metric="ListCost")

    assert refused.value.hint


@pytest.mark.parametrize("before", [0.0, -5.0, 0.004])
def test_a_change_from_nothing_is_no_share(before: float) -> None:
    change = moved([monday(before)], [tuesday(5.0)])

    assert change.relative is None
    assert change.change == pytest.approx(5.0 - before)


def test_drivers_are_the_fewest_that_make_up_most_moves() -> None:
    change = moved(
        [monday(20.0, "went")],
        [tuesday(70.0, "came"), tuesday(9.0, "more"), tuesday(1.0, "bit")],
    )

    assert change.drivers["ServiceName"].tolist() == ["came", "went"]


def test_nothing_drives_what_stands_still() -> None:
    still = moved([monday(5.0)], [tuesday(5.0)])
    empty = moved([], [])

    assert still.drivers.empty
    assert empty.drivers.empty
    assert (empty.before, empty.after, empty.relative) == (0.0, 0.0, None)


amounts = st.dictionaries(
    st.tuples(st.sampled_from("ab") | st.none(), st.sampled_from("xyz") | st.none()),
    st.floats(-1e4, 1e4).map(lambda cost: round(cost, 2)),
    max_size=8,
)


@settings(max_examples=15)
@given(amounts, amounts)
def test_moves_add_up_to_the_change_of_the_bill(
    before: dict[tuple[str | None, str | None], float],
    after: dict[tuple[str | None, str | None], float],
) -> None:
    change = moved(
        [
            monday(cost, service, SubAccountName=a)
            for (a, service), cost in before.items()
        ],
        [
            tuesday(cost, service, SubAccountName=a)
            for (a, service), cost in after.items()
        ],
        "SubAccountName",
        "ServiceName",
    )

    assert len(change.rows) == len(before.keys() | after.keys())
    assert change.rows["change"].sum() == pytest.approx(
        sum(after.values()) - sum(before.values()), abs=1e-6
    )
    assert change.rows["change"].abs().is_monotonic_decreasing
    assert isinstance(change.drivers, pd.DataFrame)
