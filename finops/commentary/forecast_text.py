"""The narrative of a forecast, by Claude where it can be asked, else by rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, Field

from finops.commentary.briefs import Brief, Said
from finops.commentary.facts import Facts, documented
from finops.commentary.narrative import (
    TITLES,
    Basis,
    Narrative,
    Section,
    by_rules,
    section,
    with_reason,
)
from finops.commentary.rules import forecast_rules
from finops.errors import ClaudeError

if TYPE_CHECKING:
    from finops.commentary.claude import Claude, Tell

NOT_ASKED: Final = "Written from your data by fixed rules."

NO_KEY: Final = (
    f"{NOT_ASKED} For a longer explanation by Claude, set ANTHROPIC_API_KEY or "
    "AI_PROVIDER=bedrock."
)

ROLE: Final = (
    "You write the narrative of an AWS cost forecast for the owner of the accounts, a "
    "person who decides about money. You say why costs move, as far as the facts show "
    "it, and what to do next."
)

ASKED: Final = """Write the narrative, with these sections:
- predicted_spend: the likely range with its confidence, then the key assumptions, per service where there are facts.
- trend_analysis: what grows or falls and why: growth, season, anomaly or mix.
- risk_factors: what could make it dearer, each with its amount.
- budget_alert: the day on which the budget is passed, the run rate against it, and the critical daily amount. Empty where there is no budget.
- recommendations: what to do first, from the findings alone, each with what it saves.
- early_warnings: thresholds at which to look, as "look into X above Y".
- cost_controls: measures that keep costs in check.
At most five sentences a section, none twice. basis is fact for what restates facts, inference for a judgement drawn from them."""


class Claim(BaseModel):
    """One sentence, and the facts that it relies on."""

    text: str = Field(
        description="One plain sentence. Every figure, date, period and name is {{id}}."
    )
    fact_ids: list[str] = Field(description="The id of every fact it relies on.")
    basis: Basis


class ForecastDraft(BaseModel):
    """What Claude writes about a forecast."""

    predicted_spend: list[Claim]
    trend_analysis: list[Claim]
    risk_factors: list[Claim]
    budget_alert: list[Claim]
    recommendations: list[Claim]
    early_warnings: list[Claim]
    cost_controls: list[Claim]


def forecast_brief(facts: Facts) -> Brief[ForecastDraft]:
    """The question for the narrative of a forecast."""
    return Brief(
        task="forecast",
        version=1,
        role=ROLE,
        document={"facts": documented(facts)},
        asked=ASKED,
        shape=ForecastDraft,
    )


def written_by_rules(facts: Facts, *, reason: str = NOT_ASKED) -> Narrative:
    """The narrative without Claude."""
    return by_rules(forecast_rules(facts), facts, reason=reason)


def write_forecast(
    facts: Facts, claude: Claude | None, *, tell: Tell | None = None
) -> Narrative:
    """The narrative by Claude; by rules, with the reason, where that fails."""
    ruled = written_by_rules(facts, reason=NO_KEY)
    if claude is None:
        return ruled
    try:
        said = claude.answer(forecast_brief(facts), tell=tell)
    except ClaudeError as error:
        return with_reason(ruled, f"{error} This is written by fixed rules instead.")
    return checked(said, ruled)


def checked(said: Said[ForecastDraft], ruled: Narrative) -> Narrative:
    """What Claude wrote, without the sentences whose figures are no facts."""
    parts: list[Section] = []
    left_out = written = 0
    for name, own in zip(TITLES, ruled.sections, strict=True):
        claims: list[Claim] = getattr(said.answer, name)
        part, bad = section(name, claims, ruled.facts, otherwise=own)
        parts.append(part)
        left_out += bad
        written += len(claims)
    by_claude = any(part.source == "claude" for part in parts)
    return Narrative(
        source="claude" if by_claude else "rules",
        model=said.model if by_claude else None,
        reason=_reason(parts, left_out, written),
        sections=tuple(parts),
        facts=ruled.facts,
        made_at=said.made_at,
        dollars=said.dollars,
    )


def _reason(parts: list[Section], left_out: int, written: int) -> str:
    told = []
    if left_out:
        told.append(
            f"{left_out} of {written} sentences left out: their figures are not backed "
            "by your data."
        )
    ruled = [part.title for part in parts if part.source == "rules"]
    if ruled:
        told.append(f"Written by fixed rules: {', '.join(ruled)}.")
    return " ".join(told)
