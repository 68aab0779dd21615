"""Claude is asked over real HTTP by the real SDK; only the server is a stand-in."""

from __future__ import annotations

import time
from typing import Literal

import pytest
from pydantic import BaseModel

from finops.commentary.briefs import Brief, price
from finops.commentary.claude import Claude
from finops.errors import ClaudeError
from tests.adapters.claude.conftest import Opens
from tests.fake_claude import (
    FakeClaude,
    Reply,
    as_json,
    broken_off,
    declined,
    delayed,
    message,
    refused,
    text,
    unreadable,
)


class Note(BaseModel):
    """What the tests ask for."""

    text: str
    mood: Literal["calm", "worried"]


GOOD = {"text": "Spend is {{total}}.", "mood": "calm"}


def question(**document: object) -> Brief[Note]:
    return Brief(
        task="note",
        version=1,
        role="You write one note.",
        document=document or {"total": "$2,450.80"},
        asked="Write the note.",
        shape=Note,
    )


def test_an_answer_has_the_shape_that_was_asked_for(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD))

    said = claude.answer(question())

    assert said.answer == Note(text="Spend is {{total}}.", mood="calm")
    assert said.model == "claude-sonnet-5-5"
    assert said.fresh


def test_the_request_is_one_that_this_version_of_the_api_takes(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD))

    claude.answer(question())

    [asked] = api.asked
    assert asked.headers["authorization"] == "Bearer sk-ant-test"
    assert asked.body["output_config"]["format"]["type"] == "json_schema"
    assert asked.body["thinking"] == {"type": "adaptive"}
    assert {"temperature", "tool_choice"} & set(asked.body) == set()


def test_a_key_that_was_copied_with_a_line_break_works(
    opens: Opens, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD))

    opens(ANTHROPIC_API_KEY=" sk-ant-\ntest\n").answer(question())

    assert api.asked[0].headers["authorization"] == "Bearer sk-ant-test"


def test_what_an_answer_used_is_booked_with_its_price(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD, input_tokens=4000, output_tokens=2500))

    said = claude.answer(question())

    [spent] = claude.ledger.history(1)
    assert said.dollars == pytest.approx(0.033)
    assert spent.dollars == pytest.approx(0.033)
    assert (spent.task, spent.calls, spent.tokens) == ("note", 1, 6500)


def test_the_same_question_is_paid_for_once(claude: Claude, api: FakeClaude) -> None:
    api.will_say(as_json(GOOD))
    first = claude.answer(question())

    second = claude.answer(question())

    assert len(api.asked) == 1
    assert second.answer == first.answer
    assert (second.fresh, second.dollars, second.made_at) == (False, 0, first.made_at)
    assert price(question(), claude.model, claude.ledger).expected == 0


def test_one_cent_makes_another_question(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = as_json(GOOD)
    claude.answer(question(total="$2,450.80"))

    claude.answer(question(total="$2,450.81"))

    assert len(api.asked) == 2


def test_the_price_is_known_before_and_learns_from_what_answers_had(
    claude: Claude, api: FakeClaude
) -> None:
    before = price(question(), claude.model, claude.ledger)
    api.will_say(as_json(GOOD, output_tokens=100))
    claude.answer(question())

    after = price(question(total="$1.00"), claude.model, claude.ledger)

    assert before.expected is not None
    assert before.at_most is not None
    assert after.expected is not None
    assert 0.02 < before.expected < before.at_most < 0.1
    assert after.expected < before.expected


def test_an_answer_that_is_streamed_tells_how_far_it_is(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD))
    heard: list[int] = []

    said = claude.answer(question(), tell=heard.append)

    assert said.answer.mood == "calm"
    assert heard == sorted(heard)
    assert len(heard) > 2


FAILURES: dict[str, tuple[Reply, str]] = {
    "key": (refused(401), "Claude did not accept the key."),
    "credit": (refused(402), "The Claude account has no credit left."),
    "permission": (refused(403), "This key may not use the model."),
    "model": (refused(404), "Claude has no model of that name."),
    "too_large": (refused(413), "The question is too large for Claude."),
    "request": (refused(400), "Claude refused the request."),
    "declined": (declined("I would rather not"), "Claude declined to answer."),
    "cut": (text('{"text": "Sp', stop="max_tokens"), "Claude's answer was cut off."),
    "unreadable": (unreadable(), "Claude's answer could not be read."),
}


@pytest.mark.parametrize(("reply", "sentence"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_one_sentence_and_is_not_tried_again(
    claude: Claude,
    api: FakeClaude,
    reply: Reply,
    sentence: str,
    request: pytest.FixtureRequest,
) -> None:
    api.otherwise = reply

    with pytest.raises(ClaudeError) as failed:
        claude.answer(question())

    assert str(failed.value) == sentence
    assert failed.value.hint
    assert failed.value.cause == request.node.callspec.id
    assert len(api.asked) == 1


@pytest.mark.parametrize(
    "body", ['{"hello": 1}', '{"id": "msg_1", "type": "mess', '"text"', "[]", ""]
)
def test_json_that_is_no_message_is_unreadable(
    claude: Claude, api: FakeClaude, body: str
) -> None:
    api.otherwise = unreadable(body, media="application/json")

    with pytest.raises(ClaudeError) as failed:
        claude.answer(question())

    assert failed.value.cause == "unreadable"


@pytest.mark.parametrize(
    "written",
    ["Sure. Here it is:", '{"a": 1}', '{"text": "x", "mood": "glad"}', '{"text": "S'],
)
def test_an_answer_of_another_shape_is_refused_and_booked(
    claude: Claude, api: FakeClaude, written: str
) -> None:
    api.will_say(text(written, input_tokens=1000, output_tokens=1000))

    with pytest.raises(ClaudeError, match="shape that was asked for"):
        claude.answer(question())

    assert claude.ledger.spent_today() == pytest.approx(0.012)
    assert claude.ledger.kept(question().key(claude.model)) is None


def test_a_refusal_has_used_tokens_and_they_are_booked(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(message(stop="refusal", input_tokens=1000, output_tokens=0))

    with pytest.raises(ClaudeError):
        claude.answer(question())

    assert claude.ledger.spent_today() == pytest.approx(0.002)


def test_a_request_that_failed_costs_nothing(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(401)

    with pytest.raises(ClaudeError):
        claude.answer(question())

    assert claude.ledger.spent_today() == 0
    assert claude.ledger.history(1) == []


def test_an_hour_of_waiting_is_not_waited(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(429, retry_after=3600)
    began = time.monotonic()

    with pytest.raises(ClaudeError, match="asked too often") as failed:
        claude.answer(question())

    assert time.monotonic() - began < 5
    assert failed.value.retry_after == 3600
    assert len(api.asked) == 1


def test_an_overload_is_tried_once_more(claude: Claude, api: FakeClaude) -> None:
    api.will_say(refused(529), as_json(GOOD))

    assert claude.answer(question()).answer.mood == "calm"
    assert len(api.asked) == 2


def test_an_overload_that_lasts_is_told(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(529)

    with pytest.raises(ClaudeError, match="Claude is overloaded"):
        claude.answer(question())

    assert len(api.asked) == 2


def test_the_accounts_own_spending_limit_is_not_called_too_many_requests(
    claude: Claude, api: FakeClaude
) -> None:
    api.otherwise = refused(429, code="enforced_spend_limit_reached", retry_after=3600)

    with pytest.raises(ClaudeError) as failed:
        claude.answer(question())

    assert failed.value.cause == "credit"


def test_an_overload_in_the_middle_of_a_stream_is_told_and_booked(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(broken_off(as_json(GOOD, input_tokens=1000), after=5))

    with pytest.raises(ClaudeError, match="Claude is overloaded"):
        claude.answer(question(), tell=lambda _: None)

    assert claude.ledger.spent_today() > 0.002


def test_a_stream_that_breaks_off_in_silence_is_no_answer(
    claude: Claude, api: FakeClaude
) -> None:
    whole = as_json(GOOD, input_tokens=1000)
    api.will_say(broken_off(whole, after=6, by="silence"))

    with pytest.raises(ClaudeError, match="cut off"):
        claude.answer(question(), tell=lambda _: None)

    assert claude.ledger.spent_today() > 0.002


def test_no_answer_in_time_is_told(
    claude: Claude, api: FakeClaude, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.otherwise = delayed(1.0, as_json(GOOD))
    hasty = claude._sdk.with_options(timeout=0.2, max_retries=0)
    monkeypatch.setattr(claude, "_sdk", hasty)

    with pytest.raises(ClaudeError, match="did not answer in time"):
        claude.answer(question())


def test_no_way_to_claude_is_told(
    claude: Claude, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = claude._sdk.with_options(base_url="http://127.0.0.1:9", max_retries=0)
    monkeypatch.setattr(claude, "_sdk", nowhere)

    with pytest.raises(ClaudeError, match="could not be reached"):
        claude.answer(question())


def test_the_days_limit_is_kept_before_anything_is_asked(
    opens: Opens, api: FakeClaude
) -> None:
    claude = opens(AI_DAILY_LIMIT="0.10")
    api.otherwise = as_json(GOOD, input_tokens=10_000, output_tokens=4000)
    claude.answer(question())

    with pytest.raises(ClaudeError, match=r"\$0.10 a day") as failed:
        claude.answer(question(total="$1.00"))

    assert failed.value.cause == "limit"
    assert len(api.asked) == 1


def test_a_model_whose_price_is_not_known_counts_as_the_dearest(
    opens: Opens, api: FakeClaude
) -> None:
    claude = opens(AI_MODEL="claude-fable-5-2")
    api.will_say(as_json(GOOD, input_tokens=1_000, output_tokens=1_000))

    said = claude.answer(question())

    [spent] = claude.ledger.history(1)
    assert (
        said.dollars,
        spent.dollars,
        price(question(a=1), claude.model, claude.ledger).expected,
    ) == (
        None,
        None,
        None,
    )
    assert claude.ledger.spent_today() == pytest.approx(0.024)


def test_small_tasks_have_a_small_model(claude: Claude, api: FakeClaude) -> None:
    api.will_say(as_json(GOOD))

    claude.with_model("claude-haiku-5-5").answer(question())

    assert api.asked[0].body["model"] == "claude-haiku-5-5"
