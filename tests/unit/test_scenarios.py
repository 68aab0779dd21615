"""What if: changes are read from a link, and move the sum as they say."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.planned_changes import (
    Change,
    Growth,
    NewCost,
    OfficeHours,
    OneOff,
    can_rest,
    read_change,
)
from finops.analysis.scenarios import ChangedPath, with_changes
from finops.errors import ConfigurationError

START = date(2026, 12, 1)

DAYS = pd.date_range(START, periods=31, tz="UTC", unit="us")

EC2, LAMBDA = "Amazon Elastic Compute Cloud", "AWS Lambda"

PARTS = pd.DataFrame(
    {("prod", EC2): 60.0, ("prod", LAMBDA): 20.0, ("dev", EC2): 20.0}, DAYS
)

names = st.text(min_size=1, max_size=20).filter(lambda text: text == text.strip())
starts = st.dates(date(2000, 1, 1), date(2099, 12, 31))
amounts = st.decimals(-10_000, 10_000, places=2).map(float)
percents = st.decimals(-100, 10_000, places=1).map(float)
changes = st.one_of(
    st.builds(Growth, st.sampled_from(["account", "service"]), names, percents, starts),
    st.builds(Growth, st.just("all"), st.just(""), percents, starts),
    st.builds(OneOff, names, amounts, starts),
    st.builds(NewCost, names, amounts, starts),
    st.builds(OfficeHours, starts),
)


def bands(path: pd.Series) -> pd.DataFrame:
    """A path with bounds of 10 and 20 percent."""
    shares = {"cost": 1.0, "low80": 0.9, "high80": 1.1, "low95": 0.8, "high95": 1.2}
    return pd.DataFrame({name: share * path for name, share in shares.items()})


def changed(*made: Change, parts: pd.DataFrame = PARTS) -> ChangedPath:
    """December with changes."""
    total = parts.sum(axis=1)
    return with_changes(bands(total), bands(total.cumsum()), parts, made)


def end(path: ChangedPath, column: str = "cost") -> float:
    """Where December lands."""
    return float(path.cumulative[column].iloc[-1])


@given(changes)
def test_a_change_reads_as_it_was_written(change: Change) -> None:
    assert read_change(str(change)) == change


@pytest.mark.parametrize(
    "text",
    [
        *("", "more", "all:+5%", "all/x:+5%@2026-12-01", "service:+5%@2026-12-01"),
        *("service/X:+5@2026-12-01", "once/X:5%@2026-12-01", "once:5@2026-12-01"),
        *("all:-101%@2026-12-01", "all:+5%@2026-13-01", "office-hours/x@2026-12-01"),
        *("monthly/X@2026-12-01", "monthly/X:1" + "0" * 400 + "@2026-12-01"),
    ],
)
def test_what_is_no_change_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_change(text)

    assert refused.value.hint


@given(st.text(max_size=60))
def test_any_text_of_a_link_is_a_change_or_a_sentence(text: str) -> None:
    with suppress(ConfigurationError):
        change = read_change(text)
        assert read_change(str(change)) == change


def test_a_service_grows_from_its_day_on() -> None:
    path = changed(Growth("service", LAMBDA, 50.0, date(2026, 12, 22)))

    assert end(path) == pytest.approx(3100 + 10 * 10.0)
    assert list(path.daily["cost"].iloc[[20, 21]]) == [100.0, 110.0]


def test_an_account_is_switched_off() -> None:
    path = changed(Growth("account", "dev", -100.0, START))

    assert end(path) == pytest.approx(31 * 80.0)


def test_a_fixed_amount_brings_no_uncertainty() -> None:
    path = changed(OneOff("Migration", 500.0, date(2026, 12, 5)))

    assert end(path) == pytest.approx(3600.0)
    assert end(path, "high80") - end(path) == pytest.approx(310.0)
    assert path.daily["cost"].iloc[4] == pytest.approx(600.0)


def test_a_whole_month_costs_what_the_change_says() -> None:
    path = changed(NewCost("Support", -124.0, START))

    assert end(path) == pytest.approx(3100.0 - 124.0)


def test_what_halves_has_half_the_uncertainty() -> None:
    path = changed(Growth("all", "", -50.0, START))

    assert end(path) == pytest.approx(1550.0)
    assert end(path, "low95") == pytest.approx(0.8 * 1550.0)
    assert end(path, "high80") == pytest.approx(1.1 * 1550.0)


def test_office_hours_rest_what_can_be_stopped_outside_production() -> None:
    path = changed(OfficeHours(START))

    weekend = pd.DatetimeIndex(path.daily.index).day_of_week >= 5
    assert set(path.daily["cost"][weekend]) == {80.0}
    assert set(path.daily["cost"][~weekend]) == {90.0}


def test_production_has_no_office_hours() -> None:
    assert can_rest(PARTS)
    assert not can_rest(PARTS[["prod"]])


def test_no_change_changes_nothing() -> None:
    total = PARTS.sum(axis=1)

    path = changed()

    pd.testing.assert_frame_equal(path.daily, bands(total))
    pd.testing.assert_frame_equal(path.cumulative, bands(total.cumsum()))


@given(st.lists(changes, max_size=4), st.randoms())
def test_the_order_of_changes_does_not_matter(
    made: list[Change], random: object
) -> None:
    one, other = changed(*made), changed(*reversed(made))

    pd.testing.assert_frame_equal(one.cumulative, other.cumulative)


@settings(max_examples=25)
@given(st.lists(changes, max_size=4))
def test_bounds_stay_around_the_path(made: list[Change]) -> None:
    path = changed(*made)

    for frame in (path.daily, path.cumulative):
        order = ["low95", "low80", "cost", "high80", "high95"]
        steps = frame[order].diff(axis=1).iloc[:, 1:]
        assert (steps > -1e-6).all(axis=None)


def test_days_without_cost_keep_their_bounds() -> None:
    path = changed(Growth("all", "", 50.0, START), parts=0.0 * PARTS)

    assert not path.cumulative.isna().any(axis=None)
