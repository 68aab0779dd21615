"""The filters say what is shown, and a link carries them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from finops.errors import SpendingLimitError
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import PAGES, texts, visit


def first_figure(app: AppTest) -> tuple[str, str]:
    """The label and the text of the first figure."""
    return app.metric[0].label, app.metric[0].value


def test_a_link_shows_what_its_sender_saw(opened: Open) -> None:
    app = opened(fakes.company())
    app.query_params["period"] = "Last 7 days"
    app.query_params["accounts"] = ["prod", "dev"]
    app.query_params["metric"] = "List cost"
    app.query_params["charges"] = "All charges"

    app.run()

    assert first_figure(app)[0] == "Last 7 days"
    assert (
        "16 to 22 Nov 2026 · list cost · all charges, with taxes and credits · USD · "
        "prod, dev"
    ) in texts(app)


def test_picked_accounts_are_counted_alone(opened: Open) -> None:
    app = opened(fakes.company())
    app.run()
    _, everything = first_figure(app)

    app.pills(key="accounts").set_value(["staging"]).run()

    assert everything == r"\$3,796"
    assert first_figure(app) == ("Last 30 days", r"\$825")


def test_filters_stay_when_the_page_changes(opened: Open) -> None:
    app = opened(fakes.company())
    app.run()
    app.pills(key="accounts").set_value(["staging"]).run()

    app.switch_page(PAGES["Accounts"]).run()
    app.switch_page(PAGES["Settings"]).run()
    app.switch_page(PAGES["Overview"]).run()

    assert app.pills(key="accounts").value == ["staging"]


def test_many_accounts_are_picked_from_a_list(opened: Open) -> None:
    app = opened(fakes.company([f"team-{n}" for n in range(9)]))

    app.run()

    assert not app.pills
    assert app.multiselect(key="accounts").options[0] == "team-0"


def test_names_that_markdown_would_act_on_are_picked_from_a_list(opened: Open) -> None:
    app = opened(fakes.hostile())

    app.run()

    assert not app.pills
    assert set(app.multiselect(key="accounts").options) == set(fakes.HOSTILE)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_hostile_account_name_is_shown_as_text(opened: Open, page: str) -> None:
    app = opened(fakes.hostile())

    visit(app, page)

    written = [element.value for element in [*app.markdown, *app.caption]]
    written += [metric.label for metric in app.metric]
    for name in fakes.HOSTILE:
        assert not any(name in text for text in written)


def test_a_metric_that_the_source_does_not_know_is_not_offered(opened: Open) -> None:
    app = opened(fakes.live())

    app.run()

    assert app.selectbox(key="metric").options == ["Effective cost", "Billed cost"]


def test_a_metric_asked_for_by_settings_is_explained_where_it_is_not_known(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COST_METRIC", "ListCost")
    app = opened(fakes.live())

    app.run()

    assert "the bill does not report ListCost." in texts(app)
    assert "Choose EffectiveCost or BilledCost." in texts(app)


def test_an_answer_is_worked_out_once_for_all_visitors(opened: Open) -> None:
    bill = fakes.company()
    app = opened(bill)
    app.run()
    asked = len(bill.queries)

    app.run()
    app.pills(key="accounts").set_value(["dev"]).run()
    after_a_pick = len(bill.queries)
    app.pills(key="accounts").set_value([]).run()

    assert after_a_pick > asked
    assert len(bill.queries) == after_a_pick


def test_a_failure_is_not_kept_and_no_filter_is_lost(opened: Open) -> None:
    bill = fakes.company()
    app = opened(bill)
    app.query_params["accounts"] = ["staging"]
    bill.refusal = SpendingLimitError("Today's limit is reached.", hint="Wait.")
    app.run()
    assert "Today's limit is reached." in texts(app)

    bill.refusal = None
    app.button(key="try_again").click().run()

    assert not app.exception
    assert app.pills(key="accounts").value == ["staging"]
    assert first_figure(app) == ("Last 30 days", r"\$825")
