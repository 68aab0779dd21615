"""Claude ranks what was found; what it would look into besides promises nothing."""

from __future__ import annotations

from typing import Any

import pytest

from finops.commentary.claude import Claude
from finops.commentary.explanation import explain
from finops.commentary.facts import Fact
from finops.commentary.narrative import Narrative, Template, problems
from finops.commentary.review import review, reviewed_by_rules
from tests.adapters.claude.test_forecast_text import claim
from tests.fake_claude import FakeClaude, as_json, refused
from tests.unit.commentary.known_facts import everything_known

FACTS = everything_known() | {
    "service.1.cost": Fact(value=1011.0, unit="USD"),
    "service.1.share": Fact(value=0.41, unit="ratio"),
}

STEP = claim(
    "{{finding.3.name}} first: {{finding.3.savings}} at {{finding.3.risk}} risk."
)
LOOK = claim("What does {{service.1.name}} run for {{service.1.cost}} at night?")


def reviewed(claude: Claude, api: FakeClaude, **changed: list[Any]) -> Narrative:
    api.will_say(as_json({"first": [STEP], "investigations": [LOOK]} | changed))
    return review(FACTS, claude)


def test_claude_ranks_findings_and_asks_further(
    claude: Claude, api: FakeClaude
) -> None:
    said = reviewed(claude, api)

    first, look = said.sections
    assert [first.source, look.source] == ["claude", "claude"]
    assert first.sentences[0].text.startswith(
        "Delete the idle load balancer promo-2025"
    )
    assert problems(said) == []


@pytest.mark.parametrize(
    "wrong",
    [
        claim("Moving {{service.1.name}} saves {{service.1.cost}}.", "service.1.cost"),
        claim("{{service.1.name}} at {{service.1.cost}} would be cheaper on Graviton."),
        claim("Look at {{finding.1.name}} too, {{finding.1.savings}}."),
        claim("Look at {{service.1.name}}, it costs $5,000."),
    ],
    ids=range(4),
)
def test_an_investigation_never_promises_a_saving(
    claude: Claude, api: FakeClaude, wrong: dict[str, Any]
) -> None:
    said = reviewed(claude, api, investigations=[wrong])

    assert said.sections[1].source == "rules"
    assert "1 of 2 sentences left out" in said.reason


def test_a_step_that_no_check_found_is_left_out(
    claude: Claude, api: FakeClaude
) -> None:
    said = reviewed(claude, api, first=[claim("Close {{service.1.name}} down.")])

    assert said.sections[0].source == "rules"


def test_by_rules_what_is_easy_and_harmless_comes_first() -> None:
    first, look = reviewed_by_rules(FACTS).sections

    assert first.sentences[0].text == (
        "Delete the idle load balancer promo-2025: $16.43 a month at low risk, a quick "
        "win."
    )
    assert "high risk" in first.sentences[-1].text
    assert problems(reviewed_by_rules(FACTS)) == []
    assert all("no finding is about it" in each.text for each in look.sentences)


def test_where_claude_fails_the_rules_rank(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(401)

    said = review(FACTS, claude)

    assert said.source == "rules"
    assert "did not accept the key" in said.reason


RULED = [Template("{{anomaly.1.name}} cost {{anomaly.1.impact}} more than expected.")]


def test_one_thing_is_explained_in_a_few_sentences(
    claude: Claude, api: FakeClaude
) -> None:
    sentences = [claim("{{anomaly.1.name}} rose by {{anomaly.1.impact}}.")] * 5
    api.will_say(as_json({"sentences": sentences}))

    said = explain("An anomaly", FACTS, RULED, claude)

    [part] = said.sections
    assert (said.source, len(part.sentences)) == ("claude", 3)


def test_an_explanation_without_a_right_sentence_is_that_of_the_rules(
    claude: Claude, api: FakeClaude
) -> None:
    api.will_say(as_json({"sentences": [claim("It cost $12,345.", "anomaly.1.cost")]}))

    said = explain("An anomaly", FACTS, RULED, claude)

    assert said.source == "rules"
    assert said.sections[0].sentences[0].text.startswith("Lambda in prod cost $36.00")
    assert "left out" in said.reason


def test_where_claude_fails_the_rules_explain(claude: Claude, api: FakeClaude) -> None:
    api.otherwise = refused(529)

    said = explain("An anomaly", FACTS, RULED, claude)

    assert said.reason.startswith("Claude is overloaded.")
