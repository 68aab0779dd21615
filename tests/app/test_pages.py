"""Every page shows every kind of bill, and says what it cannot show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from finops.periods import ChargePeriod
from tests.app import fakes
from tests.app.conftest import Open
from tests.fakes import BillInMemory

PAGES = {
    "Overview": "pages/understand/overview.py",
    "Accounts": "pages/understand/accounts.py",
    "Explore": "pages/understand/explore.py",
    "Anomalies": "pages/understand/anomalies.py",
    "Forecast": "pages/plan/forecast.py",
    "Budgets": "pages/plan/budgets.py",
    "Recommendations": "pages/optimize/recommendations.py",
    "Remediation": "pages/optimize/remediation.py",
    "Savings": "pages/optimize/savings.py",
    "Assistant": "pages/more/assistant.py",
    "Settings": "pages/manage/settings.py",
}

OF_OTHER_DAYS = ("Forecast", "Budgets", "Savings", "Assistant", "Settings")
"""Pages that do not speak of the chosen period."""

WITH_COSTS = [page for name, page in PAGES.items() if name not in OF_OTHER_DAYS]

WITH_TOTALS = [*WITH_COSTS, PAGES["Forecast"]]


def texts(app: AppTest) -> str:
    """All that stands on the page."""
    shown = [*app.markdown, *app.caption, *app.warning, *app.error, *app.info]
    return "\n".join(element.value for element in shown).replace("\\", "")


def visit(app: AppTest, page: str) -> AppTest:
    """The app on one of its pages."""
    app.run()
    return app.switch_page(page).run()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_shows_the_demo_company(app: AppTest, page: str) -> None:
    visit(app, page)

    assert not app.exception
    assert app.title[0].value in PAGES
    assert "Demo data" in texts(app)


@pytest.mark.parametrize("made", fakes.SOURCES.values(), ids=fakes.SOURCES)
@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_shows_every_kind_of_bill(
    opened: Open, page: str, made: Callable[[], BillInMemory]
) -> None:
    app = opened(made())

    visit(app, page)

    assert not app.exception
    assert "Demo data" not in texts(app)


@pytest.mark.parametrize("page", WITH_COSTS)
def test_a_source_that_fails_is_explained_with_its_remedy(
    opened: Open, page: str
) -> None:
    app = opened(fakes.failing())

    visit(app, page)

    assert not app.exception
    assert "No answer from ce.us-east-1.amazonaws.com." in texts(app)
    assert "Check the network, then try again." in texts(app)
    assert not app.metric


def test_settings_are_shown_though_the_source_fails(opened: Open) -> None:
    app = opened(fakes.failing())

    visit(app, PAGES["Settings"])

    assert not app.exception
    assert "COST_SOURCE=demo" in [code.value for code in app.code]


@pytest.mark.parametrize("page", WITH_TOTALS)
def test_a_total_with_an_account_missing_says_so_and_why(
    opened: Open, page: str
) -> None:
    app = opened(fakes.partial())

    visit(app, page)

    [warning] = app.warning
    said = warning.value.replace("\\", "")
    assert "2 accounts could not be read" in said
    assert "AWS denied ce:GetCostAndUsage." in said
    assert "Log in with aws sso login." in said
    assert "2 of 4 accounts" in texts(app)


def test_a_missing_account_has_an_unknown_cost_and_a_status(opened: Open) -> None:
    app = opened(fakes.partial())

    visit(app, PAGES["Accounts"])

    rows = app.dataframe[0].value
    assert list(rows["name"]) == ["prod", "staging", "dev", "sandbox"]
    assert list(rows["cost"].isna()) == [False, False, True, True]
    assert [list(status) for status in rows["status"]] == [
        ["Read"],
        ["Read"],
        ["No access"],
        ["No credentials"],
    ]


@pytest.mark.parametrize("page", WITH_COSTS)
def test_an_empty_period_is_a_sentence_and_not_a_blank_chart(
    opened: Open, page: str
) -> None:
    app = opened(fakes.empty())

    visit(app, page)

    assert "Nothing was charged from 24 Oct to 22 Nov 2026." in texts(app)
    assert not app.get("vega_lite_chart")


@pytest.mark.parametrize("page", WITH_COSTS)
def test_what_is_counted_stands_above_the_figures(opened: Open, page: str) -> None:
    app = opened(fakes.company())

    visit(app, page)

    assert (
        "24 Oct to 22 Nov 2026 · effective cost · usage and purchases · USD · "
        "all accounts"
    ) in texts(app)


def test_a_bill_of_dates_and_costs_is_totalled_and_says_what_it_lacks(
    opened: Open,
) -> None:
    app = opened(fakes.dates_only())

    visit(app, PAGES["Explore"])

    assert "daily.csv has dates and costs alone." in texts(app)
    assert "daily.csv has no tags" in texts(app)
    assert "EUR" in texts(app)


def test_accounts_without_names_are_called_by_their_ids(opened: Open) -> None:
    app = opened(fakes.ids_only())

    visit(app, PAGES["Accounts"])

    names = app.dataframe[0].value["name"]
    assert list(names) == ["111111111111", "222222222222", "033333333333"]


def test_the_time_before_the_first_day_is_not_known_rather_than_zero(
    opened: Open,
) -> None:
    app = opened(fakes.company())
    app.query_params["period"] = "Year to date"

    app.run()

    assert app.metric[0].delta == ""
    assert "is not known in full" in texts(app)


def test_a_period_that_is_known_in_part_is_called_by_its_days(opened: Open) -> None:
    bill = fakes.company()
    bill.known = ChargePeriod(date(2026, 11, 10), fakes.TODAY)

    app = opened(bill).run()

    labels = [metric.label for metric in app.metric]
    assert labels[:3] == ["10 to 22 Nov 2026", "Next 30 days", "Last 7 days"]


def test_taxes_stand_apart_and_are_added_on_request(opened: Open) -> None:
    app = opened(fakes.company())
    app.run()
    usage = {metric.label: metric.value for metric in app.metric}

    app.segmented_control(key="charges").set_value("All charges").run()

    with_taxes = {metric.label: metric.value for metric in app.metric}
    assert usage["Taxes and credits"] == with_taxes["Taxes and credits"] == r"\$124"
    assert usage["Last 30 days"] == r"\$3,796"
    assert with_taxes["Last 30 days"] == r"\$3,921"


@pytest.mark.parametrize("page", WITH_COSTS)
def test_hundreds_of_accounts_and_services_are_summed_up(
    opened: Open, page: str
) -> None:
    app = opened(fakes.large(accounts=60, services=80))

    visit(app, page)

    assert not app.exception
    assert "all accounts" in texts(app)
