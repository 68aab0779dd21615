"""What the figures mean, in sentences: by Claude where it can be asked, else by rules.

Claude is never asked by itself: each of these is called because somebody clicked,
except those that only look up what was said before, and what asking would cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from finops.commentary.briefs import kept_answer, price
from finops.commentary.explanation import (
    explain,
    explained_by_rules,
    explanation_brief,
)
from finops.commentary.facts import Facts
from finops.commentary.forecast_text import (
    NO_KEY,
    checked,
    forecast_brief,
    write_forecast,
    written_by_rules,
)
from finops.commentary.ledger import open_ledger
from finops.commentary.narrative import Narrative, Template
from finops.commentary.prices import CHEAP_MODEL, Estimate, name_on
from finops.commentary.review import (
    checked as checked_review,
)
from finops.commentary.review import (
    review,
    review_brief,
    reviewed_by_rules,
)
from finops.commentary.terraform import Draft, draft, draft_brief
from finops.errors import ClaudeError, FinOpsError
from finops.recommendations import Recommendation
from finops.settings import Settings

if TYPE_CHECKING:
    from finops.commentary.claude import Claude, Tell

Now = Callable[[], datetime]


def forecast_narrative(
    facts: Facts,
    settings: Settings,
    *,
    now: Now,
    tell: Tell | None = None,
) -> Narrative:
    """What `facts` mean, by Claude; by rules, with the reason, where that fails."""
    if settings.ai_provider is None:
        return write_forecast(facts, None)
    try:
        with way_to_claude(settings, now=now) as claude:
            return write_forecast(facts, claude, tell=tell)
    except FinOpsError as error:
        reason = f"{error} {error.hint} This is written by fixed rules instead."
        return written_by_rules(facts, reason=reason)


def kept_narrative(facts: Facts, settings: Settings, *, now: Now) -> Narrative:
    """What Claude said of these very facts before, else what the rules say."""
    if settings.ai_provider is None:
        return written_by_rules(facts, reason=NO_KEY)
    ruled = written_by_rules(facts)
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, settings.ai_model)
    try:
        said = kept_answer(forecast_brief(facts), model, ledger)
    except ClaudeError:
        return ruled  # kept by an earlier version
    return checked(said, ruled) if said else ruled


def explanation(
    subject: str,
    facts: Facts,
    ruled: Sequence[Template],
    settings: Settings,
    *,
    now: Now,
) -> Narrative:
    """Why one thing is as it is, by the cheap model; by rules where that fails."""
    if settings.ai_provider is None:
        return explained_by_rules(subject, facts, ruled)
    try:
        with way_to_claude(settings, now=now) as claude:
            if claude:
                cheap = claude.with_model(CHEAP_MODEL)
                return explain(subject, facts, ruled, cheap)
    except FinOpsError as error:
        reason = f"{error} {error.hint} This is written by fixed rules instead."
        return explained_by_rules(subject, facts, ruled, reason=reason)
    return explained_by_rules(subject, facts, ruled)


def explanation_price(
    subject: str, facts: Facts, settings: Settings, *, now: Now
) -> Estimate:
    """What an explanation will cost."""
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, CHEAP_MODEL)
    return price(explanation_brief(subject, facts), model, ledger)


def first_steps(facts: Facts, settings: Settings, *, now: Now) -> Narrative:
    """Which findings to act on first, and what else to look into."""
    if settings.ai_provider is None:
        return reviewed_by_rules(facts, reason=NO_KEY)
    try:
        with way_to_claude(settings, now=now) as claude:
            if claude:
                return review(facts, claude)
    except FinOpsError as error:
        reason = f"{error} {error.hint} This is written by fixed rules instead."
        return reviewed_by_rules(facts, reason=reason)
    return reviewed_by_rules(facts)


def kept_first_steps(facts: Facts, settings: Settings, *, now: Now) -> Narrative:
    """What Claude said of these very findings before, else what the rules say."""
    if settings.ai_provider is None:
        return reviewed_by_rules(facts, reason=NO_KEY)
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, settings.ai_model)
    try:
        said = kept_answer(review_brief(facts), model, ledger)
    except ClaudeError:
        return reviewed_by_rules(facts)  # kept by an earlier version
    return checked_review(said, facts) if said else reviewed_by_rules(facts)


def first_steps_price(facts: Facts, settings: Settings, *, now: Now) -> Estimate:
    """What the review of the findings will cost."""
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, settings.ai_model)
    return price(review_brief(facts), model, ledger)


def narrative_price(facts: Facts, settings: Settings, *, now: Now) -> Estimate:
    """What a narrative by Claude will cost."""
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, settings.ai_model)
    return price(forecast_brief(facts), model, ledger)


def terraform_draft(finding: Recommendation, settings: Settings, *, now: Now) -> Draft:
    """Terraform code for a finding that no kind of change covers.

    Raises:
        ClaudeError: If Claude gives no answer that can be used, or may not be asked.
    """
    with way_to_claude(settings, now=now) as claude:
        if claude is None:
            msg = "A draft needs Claude."
            raise ClaudeError(msg, cause="no_key", hint="Set ANTHROPIC_API_KEY.")
        ours = [finding.account_id] if finding.account_id else []
        return draft(finding, claude, today=now().date(), accounts=ours)


def draft_price(finding: Recommendation, settings: Settings, *, now: Now) -> Estimate:
    """What a draft will cost."""
    ledger = open_ledger(settings, now=now)
    model = name_on(settings.ai_provider, settings.ai_model)
    return price(draft_brief(finding), model, ledger)


@contextmanager
def way_to_claude(settings: Settings, *, now: Now) -> Iterator[Claude | None]:
    """The way to Claude, for as long as it is needed; None where there is none.

    Raises:
        FinOpsError: If Bedrock is meant, and AWS gives no login or no region.
    """
    if settings.ai_provider is None:
        yield None
        return
    # Imported here: the SDK is slow to load, and most pages never ask.
    from finops.commentary.client import open_claude  # noqa: PLC0415

    claude = open_claude(settings, now=now)
    try:
        yield claude
    finally:
        if claude:
            claude.close()
