"""Claude drafts Terraform as structure; what is shown is written and checked by us."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from finops.commentary.claude import Claude
from finops.commentary.terraform import draft
from finops.errors import ClaudeError
from tests.fake_claude import FakeClaude, as_json, refused
from tests.unit.commentary.known_facts import recommendation

FINDING = recommendation('Limit /shop/access" {} to 30 days', 18.17)

TODAY = date(2026, 11, 23)


def filled(**changed: Any) -> dict[str, Any]:
    group = {
        "type": "aws_cloudwatch_log_group",
        "name": "access",
        "settings": [
            {"name": "name", "value": "/shop/access"},
            {"name": "retention_in_days", "value": 30},
        ],
        "blocks": [],
    }
    return {"resources": [group | changed], "unfit": None}


def test_a_draft_is_our_own_text_marked_as_a_draft(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(filled()))

    said = draft(FINDING, claude, today=TODAY)

    assert said.refused == ()
    assert said.text.startswith("# DRAFT, written by claude-sonnet-5-5 on 2026-11-23.")
    assert 'resource "aws_cloudwatch_log_group" "access" {' in said.text
    assert "prevent_destroy = true" in said.text
    assert api.asked[0].body["output_config"]["effort"] == "medium"


def test_a_draft_that_is_not_let_through_is_not_shown(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json(filled(type="aws_iam_access_key")))

    said = draft(FINDING, claude, today=TODAY)

    assert said.text == ""
    assert said.refused == ("aws_iam_access_key is not among the types of a draft.",)


def test_where_no_type_fits_that_is_said(claude: Claude, api: FakeClaude) -> None:
    api.will_say(as_json({"resources": [], "unfit": "It is a purchase."}))

    said = draft(FINDING, claude, today=TODAY)

    assert said.text == ""
    assert "none of the types fits" in said.refused[0]


def test_where_claude_fails_there_is_no_draft(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(401)

    with pytest.raises(ClaudeError):
        draft(FINDING, claude, today=TODAY)
