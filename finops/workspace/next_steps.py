"""What are the three things to do next?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Final, Literal

from finops import formats
from finops.analysis.anomalies import sentence
from finops.analysis.budget_words import breach_text, overage_text
from finops.recommendations import PURCHASES, Effort, Recommendation, Risk
from finops.workspace.executive import Executive, ToSave

MOST: Final = 3

RECENT: Final = timedelta(days=14)
"""A cost that rose longer ago has been seen by now."""

NOTABLE: Final = 0.01
"""An anomaly below this part of the total is left to its page."""

RISKS: Final[dict[Risk, float]] = {"low": 1.0, "medium": 0.6, "high": 0.3}
EFFORTS: Final[dict[Effort, float]] = {
    "quick_win": 1.0,
    "moderate": 0.8,
    "project": 0.5,
}
TIED: Final = 0.3
"""A saving counts for less where it is risky, laborious, or ties one for a year:
judgements that put a large saving at some risk before a tiny one at none."""

Where = Literal["accounts", "budgets", "anomalies", "recommendations"]
"""What the step is about, and so where more is to be read."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do, and why."""

    where: Where
    text: str


def next_steps(found: Executive) -> tuple[NextStep, ...]:
    """The three things to do next, the most urgent first.

    What is missing comes first, for without it the figures mislead; then the
    budget, the largest new anomaly, and what saves most for its risk and effort.
    """
    return tuple(islice(_candidates(found), MOST))


def _candidates(found: Executive) -> Iterator[NextStep]:
    for problem in found.accounts.costs.problems[:1]:
        name = problem.account or "What could not be read"
        yield NextStep(
            "accounts", f"Bring {name} back: {problem.message} {problem.hint}"
        )
    yield from _budget(found)
    yield from _anomaly(found)
    if found.to_save:
        yield from _savings(found.to_save)


def _budget(found: Executive) -> Iterator[NextStep]:
    holds = found.next_30_days
    if holds is None or not holds.needs_attention:
        return
    over = overage_text(holds, found.currency)
    text = f"The next 30 days are projected {over}, passed {breach_text(holds)}."
    if holds.reduce_per_day:
        cut = formats.money(holds.reduce_per_day, found.currency)
        text = f"Spend {cut} a day less. {text}"
    yield NextStep("budgets", text)


def _anomaly(found: Executive) -> Iterator[NextStep]:
    since = found.scope.period.end - RECENT
    recent = [
        each
        for each in found.rises
        if each.period.start >= since and each.impact > NOTABLE * found.accounts.total
    ]
    if recent:
        largest = max(recent, key=lambda each: each.impact)
        told = sentence(largest, found.currency)
        yield NextStep("anomalies", f"Find out whether this was planned: {told}")


def _savings(to_save: ToSave) -> Iterator[NextStep]:
    def worth(one: Recommendation) -> float:
        return to_save.counted[one.fingerprint] * _ease(one)

    for one in sorted(to_save.open, key=worth, reverse=True):
        amount = formats.money(to_save.counted[one.fingerprint], one.currency)
        text = f"{one.title} in {one.account}: saves {amount} a month."
        yield NextStep("recommendations", text)


def _ease(one: Recommendation) -> float:
    """How much of a saving counts, by its risk and what it takes, from 0 to 1."""
    bound = TIED if one.action in PURCHASES else 1.0
    return RISKS[one.risk] * EFFORTS[one.effort] * bound
