"""One step down at a time, and the way back in the URL."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from finops.focus import Condition
from finops.web import drill
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import PAGES, texts, visit

LADDER = ("SubAccountName", "ServiceName", "x_UsageType", "ResourceId")


def groups(app: AppTest) -> list[str]:
    """The groups in the table, the largest first."""
    return list(app.dataframe[0].value["group"])


def test_a_link_reaches_a_part_of_the_bill(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["where"] = [
        "account=prod",
        "service=Amazon Simple Storage Service",
    ]
    app.query_params["by"] = "Usage type"

    visit(app, PAGES["Explore"])

    assert not app.exception
    assert groups(app) == ["TimedStorage-ByteHrs"]


def test_a_condition_on_what_the_source_lacks_is_said_and_left_out(
    opened: Open,
) -> None:
    app = opened(fakes.company())
    app.query_params["where"] = ["region=eu-west-1", "no condition"]

    visit(app, PAGES["Explore"])

    assert "the bill does not know region, so it is not filtered by it." in texts(app)
    assert groups(app) == ["prod", "staging", "dev"]


def test_what_is_not_tagged_is_a_group_of_its_own(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["by"] = "Tag team"

    visit(app, PAGES["Explore"])

    assert groups(app) == ["web", "(none)"]


def test_each_row_has_its_cost_before_and_its_change(opened: Open) -> None:
    app = opened(fakes.company())

    visit(app, PAGES["Explore"])

    rows = app.dataframe[0].value
    assert list(rows["change"]) == pytest.approx(list(rows["after"] - rows["before"]))
    assert rows["share"].sum() == pytest.approx(100)


def test_charges_that_are_not_counted_are_named(opened: Open) -> None:
    app = opened(fakes.company())

    visit(app, PAGES["Explore"])

    kinds = app.dataframe[1].value
    assert list(zip(kinds["category"], kinds["counted"], strict=True)) == [
        ("Usage", "Yes"),
        ("Tax", "No"),
    ]


def test_months_are_drawn_on_request(opened: Open) -> None:
    bill = fakes.company()
    app = opened(bill)
    app.query_params["grain"] = "Monthly"

    visit(app, PAGES["Explore"])

    assert not app.exception
    assert "month" in {query.granularity for query in bill.queries[-4:]}


@pytest.mark.parametrize(
    ("dimension", "fixed", "below"),
    [
        ("SubAccountName", [], "ServiceName"),
        ("ServiceName", [], "x_UsageType"),
        ("ResourceId", [], None),
        ("Tags.team", [], "SubAccountName"),
        ("Tags.team", ["SubAccountName", "ServiceName"], "x_UsageType"),
    ],
)
def test_the_next_step_is_what_is_not_narrowed_down_yet(
    dimension: str, fixed: list[str], below: str | None
) -> None:
    assert drill.next_dimension(dimension, LADDER, fixed) == below


@pytest.mark.parametrize(
    ("dimension", "value"),
    [
        ("ServiceName", "AWS Lambda"),
        ("Tags.team", "a=b"),
        ("Tags.cost/center", None),
        ("SubAccountName", None),
        ("PricingCategory", "Standard"),
    ],
)
def test_a_condition_reads_as_it_was_written(dimension: str, value: Any) -> None:
    text = drill.written(dimension, value)

    assert drill.conditions([text]) == (Condition(dimension, (value,)),)
