"""Whatever a source is made of, it keeps the same promises."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final, cast, get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis import cost_table
from finops.errors import DimensionUnavailableError
from finops.focus import (
    COSTS,
    DATE_COLUMN,
    Charges,
    Condition,
    CostQuery,
    Granularity,
)
from finops.periods import ChargePeriod
from finops.sources import CostSource
from finops.sources.cached import CachedSource
from finops.sources.demo import DemoSource
from finops.sources.warehouse import open_warehouse
from tests.adapters.made_up_bills import a_quarter, write_parquet

TODAY = date(2026, 11, 23)


def demo(folder: Path) -> CostSource:
    return DemoSource(TODAY)


def cached_demo(folder: Path) -> CostSource:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    return CachedSource(DemoSource(TODAY), folder, now=lambda: noon)


def bill(folder: Path) -> CostSource:
    file = write_parquet(folder / "bill.parquet", a_quarter())
    return open_warehouse(str(file), cache_dir=folder / "cache", today=TODAY)


SOURCES: Final[list[Callable[[Path], CostSource]]] = [demo, cached_demo, bill]
"""How each source is made, in an empty folder of its own: add new ones here."""


@pytest.fixture(params=SOURCES, ids=lambda make: make.__name__, scope="module")
def source(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> CostSource:
    make: Callable[[Path], CostSource] = request.param
    return make(tmp_path_factory.mktemp("source"))


def values_of(source: CostSource, dimension: str) -> tuple[str | None, ...]:
    """Every value that `dimension` has in the source, None for no value."""
    return _values_of(cast("Hashable", source), dimension)


@cache
def _values_of(asked: Hashable, dimension: str) -> tuple[str | None, ...]:
    source = cast("CostSource", asked)
    query = CostQuery(
        period=source.extent,
        granularity="total",
        group_by=(dimension,),
        charges="all",
    )
    keys = source.costs(query).table[dimension]
    return tuple(None if pd.isna(key) else str(key) for key in keys)


@st.composite
def periods(draw: st.DrawFn, source: CostSource) -> ChargePeriod:
    """Up to 100 days, in the extent or reaching over its ends."""
    margin, extent = timedelta(days=40), source.extent
    first = draw(st.dates(extent.start - margin, extent.end))
    return ChargePeriod(first, first + timedelta(days=draw(st.integers(1, 100))))


@st.composite
def conditions(draw: st.DrawFn, source: CostSource) -> Condition:
    """A dimension and some of the values that it really has."""
    dimension = draw(st.sampled_from(source.dimensions))
    known = st.sampled_from(values_of(source, dimension))
    return Condition(dimension, tuple(draw(st.lists(known, max_size=4, unique=True))))


@st.composite
def queries(draw: st.DrawFn, source: CostSource) -> CostQuery:
    """A question that the source can answer."""
    known = st.sampled_from(source.dimensions)
    return CostQuery(
        period=draw(periods(source)),
        granularity=draw(st.sampled_from(get_args(Granularity))),
        group_by=tuple(draw(st.lists(known, max_size=2, unique=True))),
        where=tuple(draw(st.lists(conditions(source), max_size=1))),
        charges=draw(st.sampled_from(get_args(Charges))),
    )


def totals(source: CostSource, query: CostQuery) -> pd.DataFrame:
    """The costs of `query` per group, whatever its granularity."""
    table = source.costs(query).table
    return cost_table.regroup(table, replace(query, granularity="total"))


def sums(source: CostSource, query: CostQuery) -> list[float]:
    """The three costs of all that `query` asks for."""
    return [float(total) for total in source.costs(query).table[list(COSTS)].sum()]


def close(left: list[float], right: list[float]) -> bool:
    return left == pytest.approx(right, abs=1e-6)


examples = settings(max_examples=25, deadline=None)


@examples
@given(data=st.data())
def test_it_answers_with_a_conforming_table(
    source: CostSource, data: st.DataObject
) -> None:
    query = data.draw(queries(source))

    costs = source.costs(query)

    assert costs.query == query
    pd.testing.assert_frame_equal(costs.table, cost_table.conform(costs.table, query))
    assert not costs.table.duplicated(query.keys).any()


@examples
@given(data=st.data())
def test_it_keeps_to_the_period_and_to_what_it_knows(
    source: CostSource, data: st.DataObject
) -> None:
    query = replace(data.draw(queries(source)), granularity="day")

    days = source.costs(query).table[DATE_COLUMN].dt.date

    assert all(day in query.period and day in source.extent for day in days)


@examples
@given(data=st.data())
def test_it_gives_the_same_answer_twice(
    source: CostSource, data: st.DataObject
) -> None:
    query = data.draw(queries(source))

    first, second = source.costs(query), source.costs(query)

    pd.testing.assert_frame_equal(first.table, second.table)


@examples
@given(data=st.data(), granularity=st.sampled_from(["day", "month"]))
def test_days_and_months_add_up_to_the_total(
    source: CostSource, data: st.DataObject, granularity: Granularity
) -> None:
    query = data.draw(queries(source))

    parts = totals(source, replace(query, granularity=granularity))

    whole = source.costs(replace(query, granularity="total")).table
    pd.testing.assert_frame_equal(parts, whole, rtol=1e-9)


@examples
@given(data=st.data())
def test_groups_add_up_to_the_bill_with_those_that_have_no_value(
    source: CostSource, data: st.DataObject
) -> None:
    query = data.draw(queries(source))

    grouped = sums(source, query)

    assert close(grouped, sums(source, replace(query, group_by=())))


@examples
@given(data=st.data())
def test_what_meets_a_condition_and_the_rest_are_the_whole(
    source: CostSource, data: st.DataObject
) -> None:
    query = replace(data.draw(queries(source)), where=())
    condition = data.draw(conditions(source))
    known = values_of(source, condition.dimension)
    others = tuple(value for value in known if value not in condition.values)

    met = sums(source, replace(query, where=(condition,)))
    rest = sums(source, replace(query, where=(replace(condition, values=others),)))

    both = [a + b for a, b in zip(met, rest, strict=True)]
    assert close(both, sums(source, query))


@examples
@given(data=st.data())
def test_two_periods_in_a_row_add_up_to_both(
    source: CostSource, data: st.DataObject
) -> None:
    query = data.draw(queries(source))
    start, end = query.period.start, query.period.end
    cut = data.draw(st.dates(start, end).filter(lambda day: start < day < end))

    early = sums(source, replace(query, period=ChargePeriod(start, cut)))
    late = sums(source, replace(query, period=ChargePeriod(cut, end)))

    both = [a + b for a, b in zip(early, late, strict=True)]
    assert close(both, sums(source, query))


@examples
@given(data=st.data())
def test_usage_is_part_of_all_charges(source: CostSource, data: st.DataObject) -> None:
    query = data.draw(queries(source))

    usage, everything = (
        source.costs(replace(query, charges=charges)).table
        for charges in get_args(Charges)
    )

    merged = usage[query.keys].merge(everything[query.keys], how="left", indicator=True)
    assert (merged["_merge"] == "both").all()


@pytest.mark.parametrize(
    "question",
    [
        {"group_by": ("Tags.starsign",)},
        {"where": (Condition("Tags.starsign", ("aries",)),)},
    ],
    ids=["grouping", "filtering"],
)
def test_a_dimension_it_does_not_know_is_refused(
    source: CostSource, question: dict[str, Any]
) -> None:
    period = ChargePeriod.last_days(3, as_of=source.extent.last_day)
    query = CostQuery(period=period, **question)

    with pytest.raises(DimensionUnavailableError, match=r"Tags\.starsign"):
        source.costs(query)


@pytest.mark.parametrize("granularity", get_args(Granularity))
def test_days_it_does_not_know_are_empty(
    source: CostSource, granularity: Granularity
) -> None:
    after = ChargePeriod(source.extent.end, source.extent.end + timedelta(days=7))

    costs = source.costs(CostQuery(period=after, granularity=granularity))

    assert costs.table.empty
    pd.testing.assert_frame_equal(
        costs.table, cost_table.conform(costs.table, costs.query)
    )


def test_what_is_done_to_an_answer_does_not_change_the_next(source: CostSource) -> None:
    query = CostQuery(period=ChargePeriod.last_days(9, as_of=source.extent.last_day))
    table = source.costs(query).table
    before = table.copy()

    table["EffectiveCost"] = -1.0

    pd.testing.assert_frame_equal(source.costs(query).table, before)
