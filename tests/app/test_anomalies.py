"""What was out of the ordinary: when, how much, why, and the way to its costs."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from streamlit.testing.v1 import AppTest

from finops.focus import COSTS, DATE_COLUMN
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import PAGES, texts, visit
from tests.fakes import BillInMemory, bill, every_day

BURST = date(2026, 11, 10)


def burst(*, account: str = "prod") -> BillInMemory:
    """A company of which one usage type of one service doubles for three days."""
    source = fakes.company((account, "staging"))
    days = source.charges[DATE_COLUMN].dt.date
    hit = (
        (source.charges["SubAccountName"] == account)
        & (source.charges["ServiceName"] == "Amazon Relational Database Service")
        & (days >= BURST)
        & (days < BURST + timedelta(days=3))
    )
    source.charges.loc[hit, list(COSTS)] *= 2
    return source


def links(app: AppTest) -> list[tuple[str, str]]:
    """The label and the query of each link to a page."""
    found = app.get("page_link")
    return [(link.proto.label, link.proto.query_string) for link in found]


def test_an_anomaly_is_told_with_its_impact_its_days_and_its_cause(
    opened: Open,
) -> None:
    app = visit(opened(burst()), PAGES["Anomalies"])

    said = texts(app)
    assert not app.exception
    assert "RDS in prod" in said
    assert "more than expected from 10 to 12 Nov 2026" in said
    assert "All of this is" in said
    assert "- Usage type InstanceUsage:db.t3.medium" in said
    assert len(app.get("vega_lite_chart")) == 1


def test_it_is_in_the_table_and_in_the_figures(opened: Open) -> None:
    app = visit(opened(burst()), PAGES["Anomalies"])

    [row] = app.dataframe[0].value.to_dict("records")
    figures = {metric.label: metric.value for metric in app.metric}
    assert (row["account"], row["last_day"]) == ("prod", date(2026, 11, 12))
    assert row["impact"] == row["cost"] - row["expected"]
    assert figures["More than expected"] == rf"\${row['impact']:,.2f}"


def test_one_click_leads_to_its_costs(opened: Open) -> None:
    app = visit(opened(burst()), PAGES["Anomalies"])

    [(label, query)] = links(app)

    assert label == "See these costs on Explore"
    assert "where=account%3Dprod" in query
    assert "where=usage_type%3DInstanceUsage%3Adb.t3.medium" in query


def test_an_ordinary_period_is_a_sentence(opened: Open) -> None:
    app = visit(opened(fakes.company()), PAGES["Anomalies"])

    assert "Nothing was out of the ordinary" in texts(app)
    assert not app.get("vega_lite_chart")


def test_the_overview_names_the_newest(opened: Open) -> None:
    app = opened(burst())

    app.run()

    assert "RDS in prod cost" in texts(app)
    assert ("All anomalies", "") in links(app)


def test_a_bill_too_short_to_judge_says_so_and_the_overview_still_shows(
    opened: Open,
) -> None:
    source = BillInMemory(bill(*every_day(fakes.DAYS, 5.0)))
    week = source.charges[DATE_COLUMN] >= pd.Timestamp("2026-11-18", tz="UTC")
    source.charges = source.charges[week]
    app = opened(source)

    app.run()
    assert app.title[0].value == "Overview"
    visit(app, PAGES["Anomalies"])

    assert "8 days of cost are needed; found 5." in texts(app)


def test_hostile_names_are_text(opened: Open) -> None:
    app = visit(opened(burst(account=fakes.HOSTILE[1])), PAGES["Anomalies"])

    assert not app.exception
    raw = [element.value for element in app.markdown]
    assert not any("[a](http://b.example)" in text for text in raw)
