"""Charts hold what they are given, few enough groups, and steady colours."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from finops import charts
from finops.analysis.allocation import TagCoverage
from finops.charts.groups import largest_groups, short
from finops.charts.look import NONE_SLOT, OTHER_SLOT, SLOTS, colour_slots
from finops.focus import DATE_COLUMN

MOST_MARKS = 2000


def daily(*, days: int = 30, names: int = 3, first: str = "2026-01-01") -> pd.DataFrame:
    """Cost per day and service: the n-th service costs n dollars a day."""
    index = pd.MultiIndex.from_product(
        [pd.date_range(first, periods=days, tz="UTC"), range(1, names + 1)],
        names=[DATE_COLUMN, "n"],
    )
    table = index.to_frame(index=False)
    return pd.DataFrame(
        {
            DATE_COLUMN: table[DATE_COLUMN],
            "ServiceName": [f"Service {n}" for n in table["n"]],
            "EffectiveCost": table["n"].astype(float),
        }
    )


def tables(chart: alt.LayerChart) -> list[pd.DataFrame]:
    """The data of a chart, layer by layer."""
    found = [chart.data, *(layer.data for layer in chart.layer)]
    return [table for table in found if isinstance(table, pd.DataFrame)]


def over_time(table: pd.DataFrame, **options: Any) -> alt.LayerChart:
    return charts.cost_over_time(
        table, "ServiceName", "EffectiveCost", "USD", **options
    )


def top(table: pd.DataFrame) -> alt.LayerChart:
    return charts.top_costs(table, "ServiceName", "EffectiveCost", "USD")


def moved(*changes: float) -> pd.DataFrame:
    """Groups that cost 100 before."""
    return pd.DataFrame(
        {
            "ServiceName": [f"Service {n}" for n, _ in enumerate(changes)],
            "before": 100.0,
            "after": 100.0 + np.array(changes),
            "change": changes,
        }
    )


EVERY_CHART: dict[str, Callable[[], alt.LayerChart]] = {
    "over time": lambda: over_time(daily()),
    "over months": lambda: over_time(
        daily(days=12, first="2026-01-01"), granularity="month"
    ),
    "trends": lambda: charts.cost_trends(
        daily(), "ServiceName", "EffectiveCost", "USD", start=date(2026, 1, 8)
    ),
    "top": lambda: top(daily()),
    "movers": lambda: charts.top_movers(moved(50.0, -20.0, 0.5), "ServiceName", "USD"),
    "mix": lambda: charts.service_mix(
        daily().assign(account="prod"), "EffectiveCost", "EUR"
    ),
    "tags": lambda: charts.tag_shares([TagCoverage("team", 90.0, 10.0)], "USD"),
}


@pytest.mark.parametrize("draw", EVERY_CHART.values(), ids=EVERY_CHART)
def test_a_chart_is_valid_and_described(draw: Callable[[], alt.LayerChart]) -> None:
    drawn = draw().to_dict()

    assert drawn["description"].endswith(".")


def test_bars_of_a_day_add_up_to_its_cost() -> None:
    bars, _ = tables(over_time(daily(names=12)))

    heights = (bars["high"] - bars["low"]).groupby(bars["start"]).sum()

    assert list(heights) == pytest.approx([78.0] * 30)


def test_what_lowers_the_cost_hangs_below_zero() -> None:
    table = daily(days=1, names=2)
    table.loc[0, "EffectiveCost"] = -5.0

    bars, _ = tables(over_time(table))

    assert sorted(zip(bars["low"], bars["high"], strict=True)) == [(0, -5), (0, 2)]


def test_a_day_without_charges_between_two_with_them_costs_nothing() -> None:
    table = daily(days=3, names=1).drop(index=1)

    _, bands = tables(over_time(table))

    assert list(bands["t0"]) == ["$1.00", "$0.00", "$1.00"]


def test_a_year_is_drawn_by_week_and_stays_small() -> None:
    drawn = over_time(daily(days=366, names=40))

    bars, bands = tables(drawn)

    assert len(bars) + len(bands) < MOST_MARKS
    assert "per day, week from" in bands["when"].iloc[10]


def test_a_chart_states_its_unit() -> None:
    axis = over_time(daily()).to_dict()["layer"][0]["encoding"]["y"]["axis"]

    assert axis["title"] == "USD per day"


def test_seven_groups_keep_their_name_and_the_rest_is_shown_as_other() -> None:
    groups = largest_groups(daily(names=12), "ServiceName", "EffectiveCost")

    assert len(groups.names) == 8
    assert groups.names[0] == "Service 12"
    assert groups.names[-1] == "Other"
    assert groups.table["cost"].sum() == daily(names=12)["EffectiveCost"].sum()


def test_eight_groups_all_keep_their_name() -> None:
    groups = largest_groups(daily(names=8), "ServiceName", "EffectiveCost")

    assert "Other" not in groups.names


def test_cost_without_a_service_is_a_group() -> None:
    table = daily(days=1, names=2)
    table.loc[0, "ServiceName"] = None

    groups = largest_groups(table, "ServiceName", "EffectiveCost")

    assert groups.names == ("Service 2", "(none)")


def test_a_name_has_one_colour_whatever_is_shown_beside_it() -> None:
    ranking = ["EC2", "RDS", "S3", "EKS"]

    alone = colour_slots(["EKS"], ranking)
    among = colour_slots(["EC2", "EKS", "S3"], ranking)

    assert alone["EKS"] == among["EKS"] == 3


def test_no_two_names_in_a_chart_share_a_colour() -> None:
    ranking = [f"Service {n}" for n in range(40)]
    shown = ["Service 0", f"Service {NONE_SLOT}", "unranked", "(none)", "Other"]

    slots = colour_slots(shown, ranking)

    assert len(set(slots.values())) == len(shown)
    assert slots["(none)"] == NONE_SLOT
    assert slots["Other"] == OTHER_SLOT


def test_the_theme_has_a_colour_for_every_slot(pytestconfig: pytest.Config) -> None:
    text = (pytestconfig.rootpath / ".streamlit/config.toml").read_text()
    theme = tomllib.loads(text)["theme"]

    for mode in ("light", "dark"):
        assert len(set(theme[mode]["chartCategoricalColors"])) == SLOTS


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_colour_stands_out_from_its_ground(
    pytestconfig: pytest.Config, mode: str
) -> None:
    text = (pytestconfig.rootpath / ".streamlit/config.toml").read_text()
    theme = tomllib.loads(text)["theme"][mode]
    ground = theme["backgroundColor"]

    drawn = theme["chartCategoricalColors"]
    written = [theme[f"{name}Color"] for name in ("green", "red", "gray", "link")]

    assert [colour for colour in drawn if contrast(colour, ground) < 3] == []
    assert [colour for colour in written if contrast(colour, ground) < 4.5] == []
    assert contrast(theme["primaryColor"], "#FFFFFF") >= 4.5


def contrast(one: str, two: str) -> float:
    """How far two colours are apart, as WCAG 2 counts it."""
    dark, bright = sorted((luminance(one), luminance(two)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """How bright a colour such as #4F46E5 is, from 0 to 1."""
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_shares_of_the_top_are_of_all_costs() -> None:
    rows, *_ = tables(top(daily(names=12)))

    assert rows["share"].iloc[0] == "15.4 %"
    assert rows["cost"].sum() == pytest.approx(30 * 78.0)


def test_credits_leave_no_share() -> None:
    table = daily(days=1, names=2).assign(EffectiveCost=[-5.0, 2.0])

    rows, *_ = tables(top(table))

    assert set(rows["share"]) == {"unknown"}


def test_movers_tell_before_and_after() -> None:
    drawn = charts.top_movers(moved(50.0, -20.0), "ServiceName", "USD")

    rows, *_ = tables(drawn)

    assert list(rows["text"]) == ["+$50", "-$20"]
    assert list(rows["sides"]) == ["$100 → $150", "$100 → $80"]
    assert list(rows["direction"]) == ["up", "down"]


def test_what_moved_by_less_than_a_cent_has_not_moved() -> None:
    assert charts.has_movers(moved(0.02))
    assert not charts.has_movers(moved(0.001, -0.004))


def test_trends_compare_each_group_with_itself() -> None:
    drawn = charts.cost_trends(
        daily(), "ServiceName", "EffectiveCost", "USD", start=date(2026, 1, 8)
    )

    lines, _ = tables(drawn)

    assert list(lines["percent"].unique()) == [100.0]


@pytest.mark.parametrize(
    ("name", "shorter"),
    [
        ("Amazon Elastic Compute Cloud", "EC2"),
        ("AWS Lambda", "Lambda"),
        ("arn:aws:rds:us-east-1:123456789012:db:orders", "db:orders"),
        ("Amazon ", "Amazon "),
        ("my own service", "my own service"),
    ],
)
def test_a_name_is_short_where_room_is_scarce(name: str, shorter: str) -> None:
    assert short(name) == shorter


@pytest.mark.parametrize(
    ("points", "name"),
    [([{"group": "EC2"}], "EC2"), ([{"group": "Other"}], None), ([], None)],
)
def test_the_rest_cannot_be_picked(points: list[dict[str, str]], name: str) -> None:
    assert charts.picked_name({"picked": points}) == name


def test_a_hostile_currency_stays_text_in_an_axis() -> None:
    currency = "\"'+alert(1)+'\\"
    drawn = charts.cost_over_time(daily(), "ServiceName", "EffectiveCost", currency)

    label = drawn.to_dict()["layer"][0]["encoding"]["y"]["axis"]["labelExpr"]

    assert r'"\"' in label
    assert "'+alert(1)+'\\\\ \"" in label
