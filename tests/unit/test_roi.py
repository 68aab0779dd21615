"""What was done with what was found: the arithmetic of the dashboard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops.savings.items import State, TrackedItem
from finops.savings.roi import by_month, grouped, summarize

DAY = date(2026, 9, 24)


def item(
    state: State = "pending",
    estimated: int | None = 10_000,
    actual: int | None = None,
    *,
    on: date | None = None,
    **columns: object,
) -> TrackedItem:
    """An item with amounts in cents."""
    done = state in ("implemented", "verified")
    known: Mapping[str, object] = {
        **dict.fromkeys(TrackedItem.__dataclass_fields__),
        "id": 1,
        "currency": "USD",
        "recommendation_type": "stop",
        "estimated_cents": estimated,
        "actual_cents": actual,
        "measured_cents": 0 if state == "verified" else None,
        "state": state,
        "implemented_on": (on or DAY).isoformat() if done else None,
        "added_at": datetime(2026, 9, 1, tzinfo=UTC).isoformat(),
    }
    return TrackedItem.of({**known, **columns})


def test_the_dashboard_adds_up_as_described() -> None:
    estimates = [320_00, 240_00, 180_00, 120_00, 100_00, 80_00, 50_00, 30_00]
    actuals = [310_00, 260_00, 150_00, 125_00, 95_00, 75_00, 45_00, 25_00]
    done = [item("implemented", *both) for both in zip(estimates, actuals, strict=True)]
    waiting = [item("pending", 150_00), item("accepted", 100_00), item(estimated=80_00)]

    summary = summarize([*done, *waiting, item("rejected", 500_00)])

    assert (summary.total, summary.implemented) == (12, 8)
    assert (summary.pending, summary.rejected) == (3, 1)
    assert summary.implementation_rate == pytest.approx(0.667, abs=5e-4)
    assert summary.estimated == 1450.00
    assert summary.implemented_estimated == 1120.00
    assert summary.actual == 1085.00
    assert summary.forecast_accuracy == pytest.approx(0.969, abs=5e-4)
    assert summary.annual_projection == 13020.00


def test_an_empty_tracker_has_saved_nothing_and_guessed_nothing() -> None:
    summary = summarize([])

    assert (summary.total, summary.estimated, summary.actual) == (0, 0.0, 0.0)
    assert summary.implementation_rate is None
    assert summary.forecast_accuracy is None


def test_what_nobody_knows_is_unknown_and_counted() -> None:
    summary = summarize([item("implemented", None), item("implemented", None)])

    assert (summary.estimated, summary.actual) == (None, None)
    assert summary.annual_projection is None
    assert summary.lacking_actual == 2


def test_accuracy_compares_only_what_has_both() -> None:
    items = [item("implemented", 100_00, 90_00), item("implemented", 500_00)]

    assert summarize(items).forecast_accuracy == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("estimated", "actual", "accuracy"),
    [(100, 100, 1.0), (100, 150, 0.5), (100, 300, 0.0), (100, -50, 0.0), (0, 5, None)],
)
def test_accuracy_is_never_below_nothing(
    estimated: int, actual: int, accuracy: float | None
) -> None:
    assert summarize([item("verified", estimated, actual)]).forecast_accuracy == (
        accuracy
    )


def test_two_currencies_are_counted_together_and_never_added() -> None:
    items = [item("implemented", 10_00, 9_00), item(estimated=5_00, currency="EUR")]

    together = summarize(items)
    apart = grouped(items, lambda item: item.currency)

    assert (together.total, together.implementation_rate) == (2, 0.5)
    assert (together.currency, together.estimated, together.actual) == (None,) * 3
    assert {name: one.estimated for name, one in apart.items()} == {
        "USD": 10.0,
        "EUR": 5.0,
    }


def test_months_are_those_of_the_implementation_in_order() -> None:
    items = [
        item("implemented", 10_00, on=date(2026, 10, 31)),
        item("implemented", 20_00, on=date(2026, 9, 1)),
        item("verified", 30_00, on=date(2026, 10, 1)),
        item(),
    ]

    months = by_month(items)

    assert {month: one.estimated for month, one in months.items()} == {
        date(2026, 9, 1): 20.0,
        date(2026, 10, 1): 40.0,
    }
    assert list(months) == sorted(months)


def test_what_the_bill_shows_today_replaces_what_it_showed_once() -> None:
    items = [item("verified", id=1, measured_cents=5_00), item("implemented", id=2)]

    assert summarize(items).measured == 5.0
    assert summarize(items, {1: 6_00, 2: -1_00}).measured == 5.0
    assert summarize(items, {}).measured is None


amounts = st.none() | st.integers(-(10**9), 10**9)
items = st.builds(
    item,
    st.sampled_from(["pending", "accepted", "implemented", "verified", "rejected"]),
    amounts,
    amounts,
    currency=st.sampled_from(["USD", "EUR"]),
    recommendation_type=st.sampled_from(["stop", "delete"]),
)


@given(st.lists(items))
def test_every_item_is_in_exactly_one_count(tracked: list[TrackedItem]) -> None:
    summary = summarize(tracked)

    counted = summary.implemented + summary.pending + summary.rejected
    assert counted == summary.total == len(tracked)
    assert summary.forecast_accuracy is None or 0 <= summary.forecast_accuracy <= 1


@given(st.lists(items.filter(lambda item: item.currency == "USD")))
def test_parts_add_up_to_the_whole(tracked: list[TrackedItem]) -> None:
    whole = summarize(tracked)

    parts = grouped(tracked, lambda item: item.recommendation_type).values()

    for name in ("estimated", "implemented_estimated", "actual"):
        known = [getattr(part, name) or 0.0 for part in parts]
        assert sum(known) == pytest.approx(getattr(whole, name) or 0.0, abs=1e-6)
    assert sum(part.implemented for part in parts) == whole.implemented


@given(st.lists(items))
def test_order_does_not_matter(tracked: list[TrackedItem]) -> None:
    assert summarize(tracked) == summarize(reversed(tracked))
