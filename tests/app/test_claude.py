"""Pages with Claude's words: asked at a click, checked, priced, and never alone."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from finops.recommendations import Recommendation
from tests.adapters.claude.test_forecast_text import claim
from tests.adapters.claude.test_terraform_draft import filled
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import PAGES, texts, visit
from tests.fake_claude import FakeClaude, as_json, refused
from tests.unit.commentary.known_facts import recommendation

SECTIONS = (
    "predicted_spend",
    "trend_analysis",
    "risk_factors",
    "budget_alert",
    "recommendations",
    "early_warnings",
    "cost_controls",
)

NOTHING: dict[str, list[dict[str, Any]]] = {name: [] for name in SECTIONS}

NARRATIVE = NOTHING | {
    "predicted_spend": [claim("Expect {{forecast.total}} in {{forecast.days}}.")],
    "risk_factors": [claim("It may cost $99,999.", "forecast.high")],
}


def clicked(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def buttons(app: AppTest) -> dict[str, str]:
    return {each.key: each.label.replace("\\", "") for each in app.button if each.key}


@pytest.mark.parametrize("page", ["Accounts", "Forecast", "Recommendations"])
def test_no_page_asks_claude_by_itself(
    opened: Open, api: FakeClaude, page: str
) -> None:
    app = visit(opened(fakes.company()), PAGES[page])

    assert not app.exception
    assert api.asked == []


def test_without_a_key_the_forecast_is_explained_by_rules(opened: Open) -> None:
    app = visit(opened(fakes.company()), PAGES["Forecast"])

    assert "Written from your data by fixed rules." in texts(app)
    assert "Early warning signs" in texts(app)
    assert "ask_meaning" not in buttons(app)


def test_claude_explains_the_forecast_at_a_click_whose_price_is_shown(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGES["Forecast"])
    api.will_say(as_json(NARRATIVE, input_tokens=3000, output_tokens=1000))
    before = buttons(app)["ask_meaning"]

    clicked(app, "ask_meaning")

    assert not app.exception
    assert "about $0.0" in before
    assert "at most $0." in before
    assert "Written by claude-sonnet-5-5" in texts(app)
    assert "$0.02" in texts(app)
    assert "1 of 2 sentences left out" in texts(app)
    assert "99,999" not in texts(app)
    assert "Risk factors** :gray[by fixed rules]" in texts(app)
    assert "ask_meaning" not in buttons(app)


def test_what_was_paid_for_is_shown_to_the_next_visitor_for_nothing(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGES["Forecast"])
    api.will_say(as_json(NARRATIVE))
    clicked(app, "ask_meaning")
    del app.session_state["claude_said"]

    app.run()

    assert "Written by claude-sonnet-5-5" in texts(app)
    assert len(api.asked) == 1


def test_where_claude_fails_the_rules_stay_and_it_can_be_asked_again(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGES["Forecast"])
    api.otherwise = refused(402)

    clicked(app, "ask_meaning")

    assert not app.exception
    assert "The Claude account has no credit left." in texts(app)
    assert "Early warning signs" in texts(app)
    assert "ask_meaning" in buttons(app)


def test_an_account_is_explained_by_the_small_model(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGES["Accounts"])
    sentences = [claim("{{account.name}} cost {{account.cost}}, a usual month.")]
    api.will_say(as_json({"sentences": sentences}))
    [key] = [name for name in buttons(app) if name.startswith("explain account")]

    clicked(app, key)

    assert not app.exception
    assert api.asked[0].body["model"] == "claude-haiku-5-5"
    assert "a usual month." in texts(app)


def test_without_a_key_what_moved_is_explained_by_rules(opened: Open) -> None:
    app = visit(opened(fakes.company()), PAGES["Overview"])
    [key] = [name for name in buttons(app) if name.startswith("explain movers")]

    clicked(app, key)

    assert not app.exception
    assert "EC2 rose by" in texts(app)


def test_settings_show_the_model_its_price_and_what_was_spent(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGES["Forecast"])
    api.will_say(as_json(NARRATIVE, input_tokens=3000, output_tokens=1000))
    clicked(app, "ask_meaning")

    app.switch_page(PAGES["Settings"]).run()

    [spent] = [each for each in app.metric if each.label == "Today (UTC)"]
    assert spent.value.replace("\\", "") == "$0.02"
    shown: Any = app.table
    assert "claude-sonnet-5-5" in "".join(str(each.value) for each in shown).replace(
        "\\", ""
    )


def test_settings_tell_when_a_model_ends(
    opened: Open, api: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AI_MODEL", "claude-sonnet-4-5")

    app = visit(opened(fakes.company()), PAGES["Settings"])

    shown: Any = app.table
    assert "November 30th, 2026" in "".join(str(each.value) for each in shown)


def unknown_kind() -> Recommendation:
    return recommendation("Ask AWS about the log group /shop/access", 18.17)


def test_a_draft_is_offered_with_its_price_and_shown_as_code(
    opened: Open, api: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "finops.workspace.recommendations.merged", lambda _: [unknown_kind()]
    )
    app = visit(opened(fakes.company()), PAGES["Recommendations"])
    api.will_say(as_json(filled()))
    [key] = [name for name in buttons(app) if name.startswith("draft ")]

    clicked(app, key)

    assert not app.exception
    assert "at most $0." in buttons(app).get(key, "at most $0.")
    assert any("# DRAFT, written by" in each.value for each in app.code)
    assert "nothing has been applied" in texts(app)
