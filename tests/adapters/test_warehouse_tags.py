"""A tag is a dimension, however a bill writes it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from finops.errors import DimensionUnavailableError
from finops.focus import Condition
from tests.adapters.made_up_bills import (
    Columns,
    Line,
    costs_by,
    cur_line,
    focus_line,
    opened,
    rows,
    write_csv,
    write_parquet,
)

NAMED: Columns = {"line_item_usage_account_name": "prod"}


def by_column(path: Path) -> Path:
    """The legacy CUR: a column for each tag."""
    tagged = cur_line(1.0, resource_tags_user_team="web")
    return write_parquet(path / "a.parquet", [tagged, cur_line(2.0)])


def by_slash(path: Path) -> Path:
    """The legacy CUR in CSV."""
    line = {
        "lineItem/UsageStartDate": "2026-04-10T00:00:00Z",
        "lineItem/LineItemType": "Usage",
        "lineItem/UnblendedCost": 1.0,
        "resourceTags/user:team": "web",
    }
    other = line | {"lineItem/UnblendedCost": 2.0, "resourceTags/user:team": ""}
    return write_csv(path / "a.csv", [line, other])


def cur_2_as_json(path: Path) -> Path:
    """CUR 2.0 in CSV."""
    tagged = cur_line(1.0, resource_tags='{"user_team": "web"}', **NAMED)
    return write_csv(
        path / "a.csv", [tagged, cur_line(2.0, resource_tags="{}", **NAMED)]
    )


def cur_2_as_map(path: Path) -> Path:
    """CUR 2.0 in Parquet."""
    tagged = cur_line(1.0, resource_tags={"user_team": "web"})
    return write_parquet(path / "a.parquet", [tagged, cur_line(2.0, resource_tags={})])


def focus_as_json(path: Path) -> Path:
    """FOCUS in CSV."""
    tagged = focus_line(1.0, Tags='{"team": "web"}')
    return write_csv(path / "a.csv", [tagged, focus_line(2.0, Tags="NULL")])


def focus_as_map(path: Path) -> Path:
    """FOCUS in Parquet."""
    tagged = focus_line(1.0, Tags={"team": "web"})
    return write_parquet(path / "a.parquet", [tagged, focus_line(2.0, Tags=None)])


@pytest.mark.parametrize(
    "write",
    [by_column, by_slash, cur_2_as_json, cur_2_as_map, focus_as_json, focus_as_map],
)
def test_the_tag_team_is_a_dimension(tmp_path: Path, write: object) -> None:
    assert callable(write)
    bill = opened(write(tmp_path))

    assert costs_by(bill, "Tags.team") == {"web": 1.0, None: 2.0}
    assert [name for name in bill.dimensions if name.startswith("Tags.")] == [
        "Tags.team"
    ]


AWKWARD = ("user:team", "a.b", "a/b", "a~b", "$.x", "*", "it's", 'q"r', "a b", "ключ")


@pytest.mark.parametrize("kind", ["json", "map"])
def test_a_key_may_hold_any_character(tmp_path: Path, kind: str) -> None:
    tags = {key: f"value of {key}" for key in AWKWARD}
    if kind == "json":
        file = write_csv(tmp_path / "a.csv", [focus_line(Tags=json.dumps(tags))])
    else:
        file = write_parquet(tmp_path / "a.parquet", [focus_line(Tags=tags)])
    bill = opened(file)

    for key, value in tags.items():
        assert costs_by(bill, f"Tags.{key}") == {value: 1.0}


def test_a_hostile_key_or_value_changes_nothing(tmp_path: Path) -> None:
    hostile = "'; DROP TABLE bills; --"
    lines: list[Line] = [
        focus_line(1.0, Tags=json.dumps({hostile: hostile})),
        focus_line(2.0, Tags="{}"),
    ]
    bill = opened(write_csv(tmp_path / f"{hostile}.csv", lines))

    [row] = rows(bill, where=[Condition(f"Tags.{hostile}", (hostile,))])

    assert row["BilledCost"] == 1.0


def test_what_aws_tags_itself_keeps_its_prefix(tmp_path: Path) -> None:
    line = cur_line(resource_tags_aws_created_by="Root", resource_tags_user_name="x")
    bill = opened(write_parquet(tmp_path / "a.parquet", [line]))

    assert set(bill.dimensions) >= {"Tags.aws_created_by", "Tags.name"}


def test_untagged_cost_can_be_asked_for(tmp_path: Path) -> None:
    bill = opened(by_column(tmp_path))

    [untagged] = rows(bill, where=[Condition("Tags.team", (None,))])
    [either] = rows(bill, where=[Condition("Tags.team", ("web", None))])

    assert untagged["BilledCost"] == 2.0
    assert either["BilledCost"] == 3.0


def test_a_tag_that_no_line_carries_is_not_a_dimension(tmp_path: Path) -> None:
    bill = opened(cur_2_as_json(tmp_path))

    with pytest.raises(DimensionUnavailableError) as raised:
        rows(bill, "Tags.owner")

    assert raised.value.dimension == "Tags.owner"
    assert "Tags.team" in raised.value.hint
