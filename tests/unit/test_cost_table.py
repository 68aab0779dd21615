from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.cost_table import (
    answer,
    conform,
    currency_of,
    require_dimensions,
    require_metric,
    with_null_columns,
)
from finops.errors import (
    DimensionUnavailableError,
    MalformedTableError,
    MetricUnavailableError,
    MixedCurrenciesError,
)
from finops.focus import COSTS, DATE_COLUMN, Condition, CostQuery, Granularity
from finops.periods import ChargePeriod
from tests.fakes import bill, charge, every_day

WEEK = ChargePeriod(date(2024, 2, 26), date(2024, 3, 4))
BY_SERVICE = CostQuery(period=WEEK, granularity="total", group_by=("ServiceName",))

quick = settings(max_examples=15)
names = st.sampled_from(["a", "b", "c"]) | st.none()
costs = st.floats(-1e4, 1e4).map(lambda cost: round(cost, 4))
charges = st.lists(
    st.builds(
        charge,
        st.dates(WEEK.start - timedelta(3), WEEK.end + timedelta(3)),
        costs,
        account=names,
        service=names,
        ChargeCategory=st.sampled_from(["Usage", "Purchase", "Tax", "Credit"]),
        BillingCurrency=st.sampled_from(["USD", "EUR"]),
    ),
    min_size=1,
    max_size=40,
).map(lambda rows: bill(*rows))


def billed(table: pd.DataFrame, currency: str = "USD") -> float:
    """What is to be paid in one currency."""
    return float(table.loc[table["BillingCurrency"] == currency, "BilledCost"].sum())


@quick
@given(charges, st.sampled_from(["total", "day", "month"]))
def test_parts_add_up_to_the_bill(
    table: pd.DataFrame, granularity: Granularity
) -> None:
    inside = table[table[DATE_COLUMN].dt.date.isin(_days(WEEK))]
    query = CostQuery(
        period=WEEK,
        granularity=granularity,
        group_by=("SubAccountName", "ServiceName"),
        charges="all",
    )

    parts = answer(table, query)

    assert not parts.duplicated(query.keys).any()
    for currency in ("USD", "EUR"):
        assert billed(parts, currency) == pytest.approx(billed(inside, currency))


@quick
@given(charges, st.integers(1, WEEK.days - 1))
def test_days_add_up_to_the_period(table: pd.DataFrame, cut: int) -> None:
    middle = WEEK.start + timedelta(days=cut)

    [whole, first, last] = (
        answer(table, CostQuery(period=period, granularity="total"))
        for period in (
            WEEK,
            ChargePeriod(WEEK.start, middle),
            ChargePeriod(middle, WEEK.end),
        )
    )

    assert billed(first) + billed(last) == pytest.approx(billed(whole))


@quick
@given(charges, st.lists(names, min_size=1, max_size=3, unique=True))
def test_some_services_and_the_others_are_the_whole(
    table: pd.DataFrame, some: list[str | None]
) -> None:
    others = [name for name in ("a", "b", "c", None) if name not in some]

    [whole, part, rest] = (
        answer(table, CostQuery(period=WEEK, where=where))
        for where in (
            (),
            (Condition("ServiceName", tuple(some)),),
            (Condition("ServiceName", tuple(others)),),
        )
    )

    assert billed(part) + billed(rest) == pytest.approx(billed(whole))


@quick
@given(charges)
def test_usage_and_the_rest_are_all_charges(table: pd.DataFrame) -> None:
    everything, usage = (
        answer(table, CostQuery(period=WEEK, granularity="total", charges=charges))
        for charges in ("all", "usage")
    )
    apart = answer(
        table,
        CostQuery(
            period=WEEK,
            granularity="total",
            where=(Condition("ChargeCategory", ("Tax", "Credit")),),
            charges="all",
        ),
    )

    assert billed(usage) + billed(apart) == pytest.approx(billed(everything))


def test_charges_without_a_value_are_kept() -> None:
    table = bill(
        charge(WEEK.start, 5.0), charge(WEEK.start, 2.0, account=None, service=None)
    )

    by_service = answer(table, BY_SERVICE)

    assert by_service["ServiceName"].isna().tolist() == [False, True]
    assert by_service["EffectiveCost"].tolist() == [5.0, 2.0]


def test_two_currencies_are_two_rows() -> None:
    table = bill(
        charge(WEEK.start, 5.0), charge(WEEK.start, 2.0, BillingCurrency="EUR")
    )

    by_service = answer(table, BY_SERVICE)

    assert by_service["BillingCurrency"].tolist() == ["EUR", "USD"]
    assert by_service["EffectiveCost"].tolist() == [2.0, 5.0]


def test_a_cost_is_unknown_only_where_no_charge_knows_it() -> None:
    table = bill(
        charge(WEEK.start, 5.0, service="half", ListCost=6.0),
        charge(WEEK.start, 2.0, service="half", ListCost=math.nan),
        charge(WEEK.start, 1.0, service="none", ListCost=math.nan),
    )

    by_service = answer(table, BY_SERVICE)

    half, none = by_service["ListCost"]
    assert half == 6.0
    assert math.isnan(none)


def test_a_cost_that_a_source_lacks_is_unknown() -> None:
    table = bill(charge(WEEK.start, 5.0)).drop(columns="ListCost")

    by_service = answer(table, BY_SERVICE)

    assert by_service["EffectiveCost"].tolist() == [5.0]
    assert by_service["ListCost"].isna().all()


def test_months_begin_on_their_first_day_also_in_a_leap_year() -> None:
    table = bill(*every_day(WEEK, 1.0))

    by_month = answer(table, CostQuery(period=WEEK, granularity="month"))

    assert by_month[DATE_COLUMN].dt.date.tolist() == [
        date(2024, 2, 1),
        date(2024, 3, 1),
    ]
    assert by_month["EffectiveCost"].tolist() == [4.0, 3.0]


def test_hours_are_put_together_to_a_day_in_utc() -> None:
    hours = [pd.Timestamp("2024-02-29T00:00Z"), pd.Timestamp("2024-02-29T23:00Z")]
    table = bill(*(charge(WEEK.start, 1.0) | {DATE_COLUMN: hour} for hour in hours))

    by_day = answer(table, CostQuery(period=WEEK))

    assert by_day[DATE_COLUMN].dt.date.tolist() == [date(2024, 2, 29)]
    assert by_day["EffectiveCost"].tolist() == [2.0]


def test_nothing_charged_is_an_empty_table_with_all_columns() -> None:
    table = bill(charge(WEEK.start - timedelta(days=1), 5.0))

    nothing = answer(table, CostQuery(period=WEEK, group_by=("ServiceName",)))

    assert nothing.empty
    assert list(nothing) == [DATE_COLUMN, "ServiceName", "BillingCurrency", *COSTS]
    assert str(nothing[DATE_COLUMN].dtype) == "datetime64[us, UTC]"


def test_an_answer_leaves_the_charges_as_they_were() -> None:
    table = bill(*every_day(WEEK, 1.0))
    before = table.copy()

    answer(table, CostQuery(period=WEEK, granularity="month"))

    pd.testing.assert_frame_equal(table, before)


def test_columns_that_were_not_asked_for_are_left_out() -> None:
    table = pd.DataFrame(
        {
            "EffectiveCost": ["1.5"],
            "BillingCurrency": ["USD"],
            "ServiceName": ["RDS"],
            "RowNumber": [7],
        }
    )

    conforming = conform(table, BY_SERVICE)

    assert list(conforming) == ["ServiceName", "BillingCurrency", *COSTS]
    assert conforming["EffectiveCost"].tolist() == [1.5]


def test_rows_are_sorted_by_their_keys_nulls_last() -> None:
    table = pd.DataFrame(
        {"ServiceName": [None, "b", "a"], "BillingCurrency": "USD", "ListCost": 1.0}
    )

    conforming = conform(table, BY_SERVICE)

    assert conforming["ServiceName"].fillna("none").tolist() == ["a", "b", "none"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"ServiceName": None}, "lacks ServiceName"),
        ({"ServiceName": [12]}, "ServiceName holds numbers"),
        ({"ServiceName": [12.0]}, "ServiceName holds numbers"),
        ({"EffectiveCost": ["a lot"]}, "wrong type"),
        ({"EffectiveCost": [math.inf]}, "infinite"),
        ({DATE_COLUMN: [20240226]}, "ChargePeriodStart holds numbers"),
        ({DATE_COLUMN: ["yesterday"]}, "wrong type"),
    ],
)
def test_what_is_not_a_cost_table_is_refused(
    columns: dict[str, list[Any] | None], told: str
) -> None:
    good: dict[str, list[Any]] = {
        DATE_COLUMN: ["2024-02-26"],
        "ServiceName": ["RDS"],
        "BillingCurrency": ["USD"],
        "EffectiveCost": [1.0],
    }
    bad = {name: cells for name, cells in (good | columns).items() if cells}

    with pytest.raises(MalformedTableError, match=told):
        conform(pd.DataFrame(bad), CostQuery(period=WEEK, group_by=("ServiceName",)))


@pytest.mark.parametrize("cost", [math.inf, "a lot"])
def test_what_is_no_cost_is_refused_with_what_helps(cost: object) -> None:
    table = pd.DataFrame({"BillingCurrency": ["USD"], "EffectiveCost": [cost]})

    with pytest.raises(MalformedTableError) as refused:
        conform(table, CostQuery(period=WEEK, granularity="total"))

    assert refused.value.hint == "Correct it in the bill, or export that again."


def test_an_id_that_is_unknown_everywhere_is_null() -> None:
    table = pd.DataFrame({"ServiceName": [math.nan], "BillingCurrency": ["USD"]})

    conforming = conform(table, BY_SERVICE)

    assert conforming["ServiceName"].isna().all()


def test_a_dimension_that_a_source_lacks_is_named() -> None:
    query = CostQuery(period=WEEK, where=(Condition("Tags.team", ("web",)),))

    with pytest.raises(DimensionUnavailableError, match=r"cannot group by Tags\.team"):
        require_dimensions(query, ("ServiceName",), source="the bill")


def test_the_currency_of_nothing_is_the_dollar() -> None:
    table = bill(charge(WEEK.start, 1.0, BillingCurrency="SEK"))

    assert currency_of(table) == "SEK"
    assert currency_of(table.head(0)) == "USD"


def test_two_currencies_have_no_sum() -> None:
    table = bill(
        charge(WEEK.start, 1.0), charge(WEEK.start, 1.0, BillingCurrency="EUR")
    )

    with pytest.raises(MixedCurrenciesError, match="EUR and USD") as refused:
        currency_of(table)

    assert "BillingCurrency=EUR" in refused.value.hint


def test_a_metric_that_is_unknown_throughout_is_refused() -> None:
    table = bill(charge(WEEK.start, 1.0, ListCost=math.nan))

    with pytest.raises(MetricUnavailableError, match="the bill does not report"):
        require_metric(table, "ListCost", source="the bill")
    require_metric(table, "EffectiveCost", source="the bill")
    require_metric(table.head(0), "ListCost", source="the bill")


def test_a_key_that_a_table_lacks_is_null_in_every_row() -> None:
    table = bill(*every_day(WEEK, 1.0)).drop(columns="SubAccountId")

    filled = with_null_columns(table, ["SubAccountId", "ServiceName"])

    assert filled["SubAccountId"].isna().all()
    assert filled["ServiceName"].notna().all()
    assert str(filled["SubAccountId"].dtype) == "str"


def _days(period: ChargePeriod) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(period.days)]
