"""The assistant answers on its page, with a key and without one."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from finops.commentary.narrative import Sentence
from finops.web.assistant import sentences_text
from finops.workspace.assistant import CANNED
from tests.app import fakes
from tests.app.conftest import Open
from tests.app.test_pages import texts, visit
from tests.fake_claude import FakeClaude, as_json, calls, refused
from tests.unit.commentary.attacks import attacks

PAGE = "pages/more/assistant.py"

COSTS = {"group_by": "account", "days": 30, "only_account": None, "only_service": None}


def told(*sentences: str) -> Any:
    claims = [{"text": text, "fact_ids": [], "basis": "fact"} for text in sentences]
    return as_json({"sentences": claims, "unanswerable": None})


def asked(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def test_without_a_key_a_usual_question_is_answered_at_a_click(opened: Open) -> None:
    app = visit(opened(fakes.company()), PAGE)

    app.button(key="canned_0").click().run()

    assert not app.exception
    assert CANNED[0].question in texts(app)
    assert "Answered by fixed rules." in texts(app)
    assert len(app.expander) == 1


def test_without_a_key_the_field_says_what_it_needs(opened: Open) -> None:
    app = visit(opened(fakes.company()), PAGE)

    [field] = app.chat_input
    assert field.disabled
    assert "Claude" in field.placeholder


def test_a_free_question_is_answered_by_claude_with_its_origin(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGE)
    api.will_say(
        calls(("costs", COSTS)), told("{{q1.row.1.name}} cost {{q1.row.1.cost}}.")
    )

    asked(app, "Who costs most?")

    assert not app.exception
    assert "prod cost $2,476." in texts(app)
    assert "Costs by account, 24 Oct to 22 Nov 2026, effective cost" in texts(app)
    assert "By claude-sonnet-5-5, $0.0008." in texts(app)


def test_nothing_is_asked_before_somebody_asks(opened: Open, api: FakeClaude) -> None:
    app = visit(opened(fakes.company()), PAGE)

    assert api.asked == []
    assert "at most" in app.chat_input[0].placeholder


def test_where_claude_fails_the_rules_answer_and_the_page_says_why(
    opened: Open, api: FakeClaude
) -> None:
    app = visit(opened(fakes.company()), PAGE)
    api.otherwise = refused(401)

    asked(app, "What did we spend?")

    assert not app.exception
    assert "Claude did not accept the key." in texts(app)
    assert "was spent in 30 days" in texts(app)


@pytest.mark.parametrize("attack", attacks("markdown").values(), ids=range(29))
def test_what_a_model_writes_is_plain_text_on_the_page(
    attack: str,
) -> None:
    """Every sign that Markdown knows is escaped where it is shown."""
    shown = sentences_text([Sentence(attack, (), "fact")])

    bare = shown.replace("\\\\", "")
    for sign in "`*_[]<>#|$~!":
        assert all(
            bare[place - 1] == "\\" for place, s in enumerate(bare) if s == sign
        ), sign


def test_a_hostile_name_in_an_answer_is_plain_text(opened: Open) -> None:
    app = visit(opened(fakes.hostile()), PAGE)

    app.button(key="canned_1").click().run()

    assert not app.exception
    shown = " ".join(element.value for element in app.markdown)
    assert "](http" not in shown
    assert "<b>" not in shown


def test_a_bill_that_cannot_be_read_is_explained(opened: Open) -> None:
    app = visit(opened(fakes.failing()), PAGE)

    assert not app.exception
    assert "No answer from ce.us-east-1.amazonaws.com." in texts(app)
