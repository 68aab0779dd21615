"""The cause of a move is the combination of dimensions that explains it."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pandas as pd
import pytest

from finops.analysis.anomalies import Cause, find_cause, moves
from finops.analysis.anomalies.moves import Moves
from finops.focus import DATE_COLUMN

DIMENSIONS = ("RegionId", "x_UsageType", "Tags.team", "ResourceId")

Row = tuple[str | None, str | None, str | None, str | None, float, float]


def moved(*rows: Row) -> Moves:
    """What each combination cost, after what was expected of it."""
    columns = [*DIMENSIONS, "expected", "actual"]
    return Moves(DIMENSIONS, pd.DataFrame(rows, columns=columns))


def test_one_charge_among_many_is_named_by_all_its_values() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "BoxUsage", "web", "i-1", 20.0, 20.5),
            ("us-east-1", "NatGateway-Hours", None, "nat-1", 1.0, 1.0),
            ("us-east-1", "NatGateway-Bytes", None, "nat-1", 3.0, 25.0),
            ("us-east-1", "NatGateway-Bytes", None, "nat-2", 2.0, 2.1),
        )
    )

    assert cause.dimensions == {
        "RegionId": "us-east-1",
        "x_UsageType": "NatGateway-Bytes",
        "ResourceId": "nat-1",
    }
    assert cause.share == pytest.approx(22.0 / 22.6)


def test_what_moved_all_resources_alike_is_named_once() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "BoxUsage", None, "i-1", 10.0, 20.0),
            ("us-east-1", "BoxUsage", None, "i-2", 30.0, 61.0),
            ("us-east-1", "BoxUsage", None, "i-3", 5.0, 10.0),
            ("us-east-1", "EBS", None, "vol-1", 20.0, 20.0),
            ("eu-west-1", "BoxUsage", None, "i-4", 20.0, 20.0),
        )
    )

    assert cause.dimensions == {"RegionId": "us-east-1", "x_UsageType": "BoxUsage"}
    assert cause.share == 1.0


def test_new_resources_of_one_team_are_named_by_its_tag() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "BoxUsage", "search", "i-7", 0.0, 4.0),
            ("us-east-1", "BoxUsage", "search", "i-8", 0.0, 4.0),
            ("us-east-1", "BoxUsage", "search", "i-9", 0.0, 4.0),
            ("us-east-1", "BoxUsage", "web", "i-1", 20.0, 20.0),
        )
    )

    assert cause.dimensions["Tags.team"] == "search"
    assert cause.share == 1.0


def test_a_service_that_is_new_as_a_whole_is_its_own_cause() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "ESInstance", None, "domain", 0.0, 6.0),
            ("us-east-1", "Storage", None, "domain", 0.0, 0.5),
        )
    )

    assert cause == Cause({"RegionId": "us-east-1", "ResourceId": "domain"}, 1.0)


def test_resources_that_come_and_go_by_the_day_explain_nothing() -> None:
    gone = [("us-east-1", "BoxUsage", None, f"i-a{n}", 4.0, 0.0) for n in range(20)]
    come = [("us-east-1", "BoxUsage", None, f"i-b{n}", 0.0, 5.0) for n in range(20)]
    other = [("eu-west-1", "BoxUsage", None, "i-eu", 10.0, 10.0)]

    cause = find_cause(moved(*gone, *come, *other))

    assert cause.dimensions["RegionId"] == "us-east-1"
    assert "ResourceId" not in cause.dimensions


def test_a_charge_without_a_value_can_be_the_cause() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "Requests", None, None, 1.0, 9.0),
            ("us-east-1", "Requests", None, "bucket", 5.0, 5.0),
            ("us-east-1", "Storage", None, "bucket", 5.0, 5.0),
        )
    )

    assert cause.dimensions["ResourceId"] is None


def test_what_fell_has_a_cause_as_well() -> None:
    cause = find_cause(
        moved(
            ("us-east-1", "BoxUsage:i3", None, "i-1", 12.0, 0.0),
            ("us-east-1", "BoxUsage:t3", None, "i-1", 0.0, 1.6),
            ("us-east-1", "BoxUsage:t3", None, "i-2", 8.0, 8.0),
        )
    )

    assert cause.dimensions["x_UsageType"] == "BoxUsage:i3"
    assert cause.share == 1.0


def test_costs_that_did_not_move_have_no_cause() -> None:
    still = moved(("us-east-1", "BoxUsage", None, "i-1", 4.0, 4.0))

    assert 0.0 <= find_cause(still).share <= 1.0


def by_region(costs: dict[str, list[float]]) -> pd.DataFrame:
    """Costs per day by region, from a Monday."""
    return pd.DataFrame(
        {
            DATE_COLUMN: pd.Timestamp(date(2026, 8, 3) + timedelta(n), tz="UTC"),
            "RegionId": region,
            "EffectiveCost": cost,
        }
        for region, values in costs.items()
        for n, cost in enumerate(values)
    )


def compared(costs: dict[str, list[float]], *, day: int) -> dict[str, float]:
    """What was expected of a day, by region."""
    dates = pd.date_range(date(2026, 8, 3), periods=day + 1, tz="UTC")
    found = moves(
        by_region(costs),
        ["RegionId"],
        "EffectiveCost",
        days=[dates[-1]],
        reference=list(dates[:-1]),
    )
    return dict(zip(found.rows["RegionId"], found.rows["expected"], strict=True))


def test_a_day_is_expected_to_cost_what_its_weekday_did() -> None:
    week = [10.0, 10.0, 10.0, 10.0, 10.0, 2.0, 2.0]

    expected = compared({"us": week * 4 + [10.0], "eu": [3.0] * 29}, day=28)

    assert expected == {"us": 10.0, "eu": 3.0}


def test_after_a_short_time_every_day_before_is_a_peer() -> None:
    assert compared({"us": [5.0, 6.0, 7.0, 50.0]}, day=3) == {"us": 6.0}


def test_a_day_without_a_charge_cost_nothing() -> None:
    late = {"us": [1.0] * 29, "eu": [math.nan] * 28 + [4.0]}

    assert compared(late, day=28) == {"us": 1.0, "eu": 0.0}
