"""The pages Forecast and Budgets, and what the overview tells of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from finops.periods import ChargePeriod
from finops.web.menu import grouped
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import PAGES, texts, visit

FORECAST, BUDGETS = PAGES["Forecast"], PAGES["Budgets"]


def figures(app: AppTest) -> dict[str, str]:
    """The tiles of the page."""
    return {metric.label: metric.value.replace("\\", "") for metric in app.metric}


def charts(app: AppTest) -> list[str]:
    """What each chart says to those who cannot see it."""
    found: list[Any] = list(app.get("vega_lite_chart"))
    return [json.loads(chart.proto.spec)["description"] for chart in found]


def dollars_in(text: str) -> float:
    """An amount as it is shown."""
    return float(text.replace("$", "").replace(",", ""))


def test_a_forecast_has_its_figures_its_record_and_its_basis(opened: Open) -> None:
    app = opened(fakes.company())

    visit(app, FORECAST)

    shown = figures(app)
    assert list(shown) == [
        *("Next 30 days", "November 2026", "Q4 2026", "Trend", "Confidence")
    ]
    assert dollars_in(shown["Next 30 days"]) == pytest.approx(3960, rel=0.03)
    assert any("as forecast up to 22 Dec 2026" in said for said in charts(app))
    assert "forecasts from past days: off by" in texts(app)
    assert "days of history up to 22 Nov 2026." in texts(app)


def test_a_link_carries_how_far_and_how_one_looks(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["ahead"] = "90"
    app.query_params["method"] = "Linear trend"
    app.query_params["where"] = ["account=dev"]

    visit(app, FORECAST)

    assert "Next 90 days" in figures(app)
    assert app.segmented_control(key="method").value == "Linear trend"
    assert dollars_in(figures(app)["November 2026"]) < 900


def test_a_change_in_the_link_moves_where_the_month_lands(opened: Open) -> None:
    app = opened(fakes.company())
    visit(app, FORECAST)
    plain = dollars_in(figures(app)["November 2026"])

    app.multiselect(key="change").set_value(["once/Migration:500@2026-11-25"]).run()

    assert dollars_in(figures(app)["November 2026"]) == pytest.approx(
        plain + 500, abs=1
    )
    assert "Migration +$500.00 on 25 Nov 2026: +$500.00 in 30 days" in texts(
        app
    ).replace("*", "")
    lands = app.dataframe[0].value
    assert list(lands["change"]) == pytest.approx([500, 500, 500])


def test_what_is_no_change_is_explained_and_left_out(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["change"] = ["more of it", "all:+10%@2026-11-23"]

    visit(app, FORECAST)

    assert not app.exception
    assert "'more of it' is not a change that can be worked out." in texts(app)
    assert "Everything +10.0 % from 23 Nov 2026" in texts(app)


def test_a_change_is_put_together_from_fields(opened: Open) -> None:
    app = opened(fakes.company())
    visit(app, FORECAST)

    [button] = [button for button in app.button if button.label == "Switch on"]
    button.click().run()

    assert app.multiselect(key="change").value == ["all:+10%@2026-11-23"]


def test_office_hours_are_suggested_where_something_can_rest(opened: Open) -> None:
    app = opened(fakes.company())

    visit(app, FORECAST)

    assert "office-hours@2026-11-23" in app.multiselect(key="change").options


def test_nothing_charged_is_a_sentence(opened: Open) -> None:
    app = opened(fakes.empty())

    visit(app, FORECAST)

    assert "Nothing was charged from 1 Jun to 22 Nov 2026." in texts(app)
    assert not app.get("vega_lite_chart")


def test_without_a_budget_the_page_says_how_to_set_one(opened: Open) -> None:
    app = opened(fakes.company())

    visit(app, BUDGETS)

    assert "No budget is set" in texts(app)
    assert "MONTHLY_BUDGET=2500.00" in app.code[0].value
    assert not app.get("vega_lite_chart")


def test_a_limit_can_be_tried_and_is_in_the_link(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["limit"] = "3000"

    visit(app, BUDGETS)

    [burn] = charts(app)
    assert "against a limit of $3,000.00" in burn
    assert "All costs :red-badge[" in texts(app)
    facts = app.table[0].value["November 2026"]
    assert facts["Passed"].endswith("Nov 2026")
    assert facts["Overage"].endswith("over the budget")


def test_a_month_that_is_not_known_from_its_first_day_is_not_judged(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "90000")
    monkeypatch.setenv("BUDGETS", "dev:90000")
    bill = fakes.company()
    bill.known = ChargePeriod(date(2026, 11, 10), fakes.TODAY)
    app = opened(bill)

    visit(app, BUDGETS)

    assert "All costs :gray-badge[Unknown]" in texts(app)
    row, _ = app.dataframe[0].value.to_dict("records")
    assert list(row["status"]) == ["Unknown"]
    assert row["breach"] == "Unknown"
    facts, month = app.table[0].value, "10 to 30 Nov 2026"
    assert facts[month]["Overage"] == "unknown"
    assert facts[month]["To save it"] == "unknown"
    assert facts[month]["Not counted"].startswith("what 1 to 9 Nov 2026 cost is not")


def test_every_budget_has_its_month(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    monkeypatch.setenv("BUDGETS", "dev:100,service/Amazon EC2:3000,nobody:5")
    app = opened(fakes.company())

    visit(app, BUDGETS)

    rows = app.dataframe[0].value.set_index("budget")
    assert list(rows.index) == ["All costs", "dev", "Amazon EC2", "nobody"]
    assert [status[0] for status in rows["status"]][:2] == ["Fine", "Critical"]
    assert list(rows["status"]["nobody"]) == ["Unknown"]
    assert len(charts(app)) == 3
    assert "There is a budget for nobody, but no cost of that name." in texts(app)


def test_picked_accounts_do_not_narrow_a_budget(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    app = opened(fakes.company())
    visit(app, BUDGETS)
    whole = charts(app)

    app.pills(key="accounts").set_value(["dev"]).run()

    assert charts(app) == whole


def test_the_overview_warns_of_a_budget_that_will_not_hold(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "3000")
    app = opened(fakes.company())

    app.run()

    assert "**All costs** lands at $" in texts(app)
    assert "rises most, by $" in texts(app)
    assert "Next 30 days" in figures(app)


def test_the_overview_is_silent_where_budgets_hold(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    app = opened(fakes.company())

    app.run()

    assert "lands at" not in texts(app)


def test_a_missing_account_is_said_beside_a_budget(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTHLY_BUDGET", "9000")
    app = opened(fakes.partial())

    visit(app, BUDGETS)

    assert "2 accounts could not be read" in texts(app)


def test_there_is_no_menu_of_a_single_page() -> None:
    groups = {"": ["Overview"], "Plan": ["Forecast", "Budgets"], "More": ["Settings"]}

    assert grouped(groups) == {
        "": ["Overview", "Settings"],
        "Plan": ["Forecast", "Budgets"],
    }


def test_a_recommendation_is_a_switch(app: AppTest) -> None:
    visit(app, FORECAST)
    [saving, *_] = [
        option
        for option in app.multiselect(key="change").options
        if option.startswith("monthly/")
    ]

    app.multiselect(key="change").set_value([saving]).run()

    assert not app.exception
    amount = float(saving.rpartition(":")[2].partition("@")[0])
    assert amount < 0
    [lands, *_] = [
        table.value for table in app.dataframe if "without" in table.value.columns
    ]
    assert lands["change"].iloc[0] == pytest.approx(amount, rel=0.05)
