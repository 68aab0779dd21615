"""Grouping moves money about and never makes or loses any."""

from __future__ import annotations

import math
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finops.errors import DimensionUnavailableError
from finops.focus import Condition, CostQuery
from finops.periods import ChargePeriod
from finops.sources import Peaked
from finops.sources.warehouse.account_names import NAME
from finops.workspace import Scope, Workspace
from tests.adapters.made_up_bills import (
    APRIL,
    EVER,
    TENTH,
    cur_line,
    focus_line,
    opened,
    rows,
    write_parquet,
)

words = st.none() | st.sampled_from(["", "a", "b", "NULL", "0123"])

charges = st.lists(
    st.builds(
        lambda cents, hours, currency, **columns: focus_line(
            cents / 100,
            start=TENTH + timedelta(hours=hours),
            BillingCurrency=currency,
            **columns,
        ),
        cents=st.integers(-(10**9), 10**9),
        hours=st.integers(0, 2000),
        currency=st.sampled_from(["USD", "EUR"]),
        SubAccountId=words,
        ServiceName=words,
        ResourceId=words,
        Tags=st.dictionaries(st.sampled_from(["team", "env"]), words, max_size=2),
    ),
    min_size=1,
    max_size=30,
)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lines=charges,
    by=st.sampled_from(["SubAccountId", "ServiceName", "ResourceId", "Tags.team"]),
    granularity=st.sampled_from(["total", "day", "month"]),
)
def test_grouping_by_any_dimension_keeps_the_total(
    tmp_path: Path, lines: list[dict[str, float]], by: str, granularity: str
) -> None:
    tagged = [
        *lines,
        focus_line(0.0, Tags={"team": "x"}, ServiceName="", ResourceId=""),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", tagged))

    grouped = rows(bill, by, granularity=granularity)  # type: ignore[arg-type]  # sampled from its values

    billed = sum(row["BilledCost"] for row in grouped)
    assert math.isclose(billed, sum(line["BilledCost"] for line in lines), abs_tol=1e-4)


def test_a_sum_that_lacks_unknown_costs_says_so(tmp_path: Path) -> None:
    known = focus_line(3.0, start=TENTH, ServiceName="a")
    unknown = focus_line(4.0, start=TENTH, ServiceName="a") | {"EffectiveCost": None}
    bill = opened(write_parquet(tmp_path / "bill.parquet", [known, unknown]))
    space = Workspace(bill, TENTH.date() + timedelta(days=30))

    effective, billed = (
        space.cost_by(Scope(period=bill.extent, metric=metric), "ServiceName")
        for metric in ("EffectiveCost", "BilledCost")
    )

    assert effective.table["EffectiveCost"].tolist() == [3.0]
    told = "The effective cost of some charges is unknown. Totals lack it."
    assert told in effective.notes
    assert billed.table["BilledCost"].tolist() == [7.0]
    assert not any("unknown" in note for note in billed.notes)


def test_the_dearest_day_is_that_of_all_charges_of_a_day(tmp_path: Path) -> None:
    lines = [
        focus_line(3.0, start=TENTH, ServiceName="a"),
        focus_line(4.0, start=TENTH + timedelta(hours=5), ServiceName="a"),
        focus_line(6.0, start=TENTH + timedelta(days=1), ServiceName="a"),
        focus_line(1.0, start=TENTH, ServiceName=None),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    assert isinstance(bill, Peaked)
    dearest = bill.dearest_days(CostQuery(period=EVER, group_by=("ServiceName",)))

    assert dearest["BilledCost"].tolist() == [7.0, 1.0]
    assert dearest["ServiceName"].isna().tolist() == [False, True]


def test_a_period_is_half_open(tmp_path: Path) -> None:
    first, after = TENTH.replace(day=1), TENTH.replace(month=5, day=1)
    lines = [
        cur_line(1.0, start=first - timedelta(seconds=1)),
        cur_line(2.0, start=first),
        cur_line(4.0, start=after - timedelta(seconds=1)),
        cur_line(8.0, start=after),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    [row] = rows(bill, period=APRIL)

    assert row["BilledCost"] == 6.0


def test_a_period_without_charges_has_no_rows(tmp_path: Path) -> None:
    bill = opened(write_parquet(tmp_path / "bill.parquet", [cur_line()]))
    before = ChargePeriod(EVER.start, APRIL.start)

    assert rows(bill, "SubAccountId", period=before) == []


def test_two_currencies_are_never_added(tmp_path: Path) -> None:
    lines = [cur_line(1.0), cur_line(2.0, line_item_currency_code="EUR")]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    assert {row["BillingCurrency"]: row["BilledCost"] for row in rows(bill)} == {
        "USD": 1.0,
        "EUR": 2.0,
    }


def test_conditions_all_hold(tmp_path: Path) -> None:
    lines = [
        cur_line(1.0, product_region="eu-west-1", line_item_resource_id="i-1"),
        cur_line(2.0, product_region="eu-west-1", line_item_resource_id=""),
        cur_line(4.0, product_region="us-east-1", line_item_resource_id="i-1"),
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    europe = Condition("RegionId", ("eu-west-1", "eu-north-1"))
    nameless = Condition("ResourceId", (None,))
    [both] = rows(bill, where=[europe, nameless])

    assert both["BilledCost"] == 2.0


@pytest.mark.parametrize("value", ["'", "' OR 1=1 --", "%", "\\", '"'])
def test_a_hostile_value_matches_itself_alone(tmp_path: Path, value: str) -> None:
    lines = [cur_line(1.0, line_item_resource_id=value), cur_line(2.0)]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    [row] = rows(bill, "ResourceId", where=[Condition("ResourceId", (value,))])

    assert (row["ResourceId"], row["BilledCost"]) == (value, 1.0)


def test_a_dimension_that_the_bill_lacks_is_named(tmp_path: Path) -> None:
    bill = opened(write_parquet(tmp_path / "bill.parquet", [cur_line()]))

    with pytest.raises(DimensionUnavailableError) as raised:
        rows(bill, "ServiceCategory")

    assert str(raised.value) == "bill.parquet cannot group by ServiceCategory."


def test_a_renamed_account_is_one_account_by_its_newest_name(tmp_path: Path) -> None:
    lines = [
        focus_line(
            cost, start=TENTH.replace(day=day), SubAccountName=name, SubAccountId=number
        )
        for cost, day, name, number in (
            (1.0, 1, "old", "1" * 12),
            (2.0, 20, "new", "1" * 12),
            (4.0, 20, "other", "2" * 12),
        )
    ]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))

    found = {row["SubAccountName"]: row["BilledCost"] for row in rows(bill, NAME)}

    assert found == {"new": 3.0, "other": 4.0}
    [only] = rows(bill, where=[Condition(NAME, ("new",))])
    assert only["BilledCost"] == 3.0


def test_several_threads_may_ask_at_once(tmp_path: Path) -> None:
    lines = [cur_line(1.0, line_item_resource_id=f"i-{n}") for n in range(500)]
    bill = opened(write_parquet(tmp_path / "bill.parquet", lines))
    answers: list[int] = []

    def ask() -> None:
        answers.append(len(rows(bill, "ResourceId")))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [500] * 8
