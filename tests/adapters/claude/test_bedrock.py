"""Claude on AWS Bedrock, with the AWS login that the app has anyway."""

from __future__ import annotations

import pytest

from finops.errors import ClaudeError
from tests.adapters.claude.conftest import Opens
from tests.adapters.claude.test_claude import GOOD, question
from tests.fake_claude import FakeClaude, as_json, refused


def test_bedrock_is_asked_with_the_apps_own_login(
    opens: Opens, api: FakeClaude
) -> None:
    api.will_say(as_json(GOOD, input_tokens=4000, output_tokens=2500))

    said = opens(AI_PROVIDER="bedrock").answer(question())

    [asked] = api.asked
    assert said.answer.mood == "calm"
    assert said.dollars == pytest.approx(0.033)
    assert asked.path == "/model/global.anthropic.claude-sonnet-5-5/invoke"
    assert asked.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=test")
    assert "sk-ant" not in str(asked)


def test_a_model_that_takes_no_schema_is_told_it_in_words(
    opens: Opens, api: FakeClaude
) -> None:
    objection = '{"message": "output_config: Extra inputs are not permitted"}'
    refusal = refused(400)
    api.will_say(
        type(refusal)(status=400, body=objection, headers=refusal.headers),
        as_json(GOOD),
    )

    said = opens(AI_PROVIDER="bedrock").answer(question())

    _, second = api.asked
    assert said.answer.mood == "calm"
    assert "output_config" not in second.body
    assert '"mood"' in second.body["system"]


def test_a_role_that_may_not_use_the_model_is_told(
    opens: Opens, api: FakeClaude
) -> None:
    api.otherwise = refused(403)

    with pytest.raises(ClaudeError, match="may not use the model"):
        opens(AI_PROVIDER="bedrock").answer(question())


def test_without_a_region_bedrock_cannot_be_asked(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    with pytest.raises(ClaudeError, match="names no region") as failed:
        opens(AI_PROVIDER="bedrock")

    assert failed.value.hint == "Set AWS_REGION."


def test_without_a_login_that_is_said(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)

    with pytest.raises(ClaudeError) as failed:
        opens(AI_PROVIDER="bedrock")

    assert str(failed.value) == "AWS gave no login for Bedrock."
