"""The rules write a whole narrative, and never a figure that is none of the facts."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from finops.analysis.variance import Variance
from finops.commentary.facts import Fact
from finops.commentary.forecast_text import written_by_rules
from finops.commentary.grounding import check
from finops.commentary.known import change_facts
from finops.commentary.narrative import TITLES, problems
from finops.periods import ChargePeriod
from tests.unit.commentary.known_facts import everything_known
from tests.unit.commentary.test_grounding import corrupted

FACTS = everything_known()


def sentences(facts: dict[str, Fact]) -> list[str]:
    """All that the rules write."""
    written = written_by_rules(facts)
    return [each.text for part in written.sections for each in part.sentences]


def test_every_section_is_there_in_the_order_it_is_read() -> None:
    written = written_by_rules(FACTS)

    assert [part.title for part in written.sections] == list(TITLES.values())
    assert all(part.sentences for part in written.sections)
    assert written.source == "rules"
    assert written.reason.startswith("Written from your data by fixed rules.")


def test_every_figure_is_one_of_the_facts_that_its_sentence_cites() -> None:
    assert problems(written_by_rules(FACTS)) == []


@pytest.mark.parametrize("missing", FACTS)
def test_a_fact_that_is_missing_takes_only_its_sentences_along(missing: str) -> None:
    facts = {name: fact for name, fact in FACTS.items() if name != missing}

    written = written_by_rules(facts)

    assert problems(written) == []
    assert written.sections[0].sentences


@examples(max_examples=60)
@given(st.sets(st.sampled_from(sorted(FACTS))))
def test_whatever_is_missing_no_figure_is_made_up(missing: set[str]) -> None:
    facts = {name: fact for name, fact in FACTS.items() if name not in missing}

    written = written_by_rules(facts)

    assert problems(written) == []
    assert not any("unknown" in text for text in sentences(facts))


def test_the_sentences_are_english() -> None:
    for text in sentences(FACTS):
        assert re.fullmatch(r"[A-Z].*\.", text), text
        assert "  " not in text
        assert "{" not in text
        assert " ," not in text
        assert not re.search(r"\b(\w+) \1\b", text), text


def test_a_fall_is_told_as_a_fall() -> None:
    falling = FACTS | {
        "trend.percent": Fact(value=-12.5, unit="%", signed=True),
        "past.change": Fact(value=-50.0, unit="USD", signed=True),
    }

    told = sentences(falling)

    assert "Costs are falling: a coming day costs 12.5 % less" in " ".join(told)
    assert "It is $50.00 less than" in " ".join(told)
    assert problems(written_by_rules(falling)) == []


def test_a_flat_trend_is_called_steady() -> None:
    flat = FACTS | {"trend.percent": Fact(value=0.4, unit="%", signed=True)}

    assert any(text.startswith("Costs are steady") for text in sentences(flat))


def test_without_a_budget_the_section_says_how_to_set_one() -> None:
    facts = {
        name: fact
        for name, fact in FACTS.items()
        if not name.startswith(("budget.", "month."))
    }

    [alert] = [
        part for part in written_by_rules(facts).sections if part.name == "budget_alert"
    ]

    [sentence] = alert.sentences
    assert "MONTHLY_BUDGET" in sentence.text


def test_the_budget_alert_has_the_milestone_the_run_rate_and_the_critical_day() -> None:
    [alert] = [
        part for part in written_by_rules(FACTS).sections if part.name == "budget_alert"
    ]

    told = " ".join(each.text for each in alert.sentences)
    assert FACTS["budget.breach_date"].shown in told
    assert FACTS["forecast.run_rate"].shown in told
    assert FACTS["month.critical_daily"].shown in told


def test_a_day_that_is_certain_is_no_range() -> None:
    day = FACTS["budget.breach_date"]
    certain = {**FACTS, "budget.breach_early": day, "budget.breach_late": day}

    told = " ".join(sentences(certain))

    assert f"on {day.shown}." in told
    assert "in most cases" not in told


def test_what_hardly_moves_is_not_worth_a_sentence() -> None:
    rows = {"ServiceName": ["EC2", "S3"], "before": [700, 90], "after": [706, 99]}
    moved = Variance(
        ChargePeriod(date(2026, 11, 1), date(2026, 11, 8)),
        ChargePeriod(date(2026, 11, 8), date(2026, 11, 15)),
        pd.DataFrame(rows).assign(change=[6, 9]),
    )

    facts = change_facts(moved, "ServiceName", "USD", why=[("Storage", 1.0)])

    names = [fact.value for name, fact in facts.items() if name.endswith(".name")]
    assert names == ["S3"]


def test_one_wrong_figure_in_what_the_rules_wrote_is_caught() -> None:
    chance = random.Random(3)  # noqa: S311 - not a secret
    tried = caught = 0
    for part in written_by_rules(FACTS).sections:
        for each in part.sentences:
            for cited in each.fact_ids:
                fact = FACTS[cited]
                if isinstance(fact.value, str) or fact.shown not in each.text:
                    continue
                told = each.text.replace(fact.shown, "@", 1)
                wrong = {
                    told.replace("@", other)
                    for other in corrupted(fact.shown, fact, FACTS_OF_NUMBERS)
                }
                kept = [text for text in sorted(wrong) if text != each.text]
                for text in chance.sample(kept, min(len(kept), 20)):
                    tried += 1
                    caught += bool(check(text, FACTS, cited=each.fact_ids).bad)

    assert tried > 1200
    assert caught / tried >= 0.995


FACTS_OF_NUMBERS = {
    name: fact for name, fact in FACTS.items() if not isinstance(fact.value, str)
}


@pytest.mark.parametrize("amount", [221.16, 224.28, 16.0, 1228.05])
def test_an_amount_in_30_days_is_no_share_of_30(amount: float) -> None:
    facts = FACTS | {"rise.1.change": replace(FACTS["rise.1.change"], value=amount)}

    problems = [
        (each.text, check(each.text, facts, cited=each.fact_ids).bad)
        for part in written_by_rules(facts).sections
        for each in part.sentences
        if "rise.1.change" in each.fact_ids
    ]

    assert len(problems) > 0
    assert [text for text, bad in problems if bad] == []
