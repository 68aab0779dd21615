"""What the rules write about a forecast: sentences that need no model.

A sentence stands where all of its facts are known. Words that depend on a sign,
such as `more`, are chosen here; figures are put in later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from finops.commentary.facts import Facts
from finops.commentary.moves import (
    MOST_LISTED,
    anomaly_sentences,
    change_sentences,
    number,
    places,
    word_for,
)
from finops.commentary.narrative import SectionName, Template

FLAT: Final = 2.0
"""Percent within which a trend is called none."""

NOTABLE_SCATTER: Final = 1.0
"""Percent from which the scatter of days is worth a word."""


UNLIKELY, LIKELY = 0.05, 0.95


def forecast_rules(facts: Facts) -> Mapping[SectionName, Iterator[Template]]:
    """The sentences of each section, for whatever is known."""
    return {
        "predicted_spend": _predicted(facts),
        "trend_analysis": _trend(facts),
        "risk_factors": _risks(facts),
        "budget_alert": _budget(facts),
        "recommendations": _recommendations(facts),
        "early_warnings": _warnings(facts),
        "cost_controls": _controls(facts),
    }


def _predicted(facts: Facts) -> Iterator[Template]:
    yield Template(
        "The next {{forecast.days}}, from {{forecast.first_day}} to "
        "{{forecast.last_day}}, are expected to cost {{forecast.total}}."
    )
    yield Template(
        "In {{forecast.cases}} of {{forecast.of_cases}} they cost between "
        "{{forecast.low}} and {{forecast.high}}."
    )
    yield Template(
        "That is {{forecast.daily}} on average, which comes to {{forecast.run_rate}}."
    )
    more = word_for(facts, "past.change", up="more", down="less")
    yield Template(
        f"It is {{{{past.change}}}} {more} than the {{{{forecast.days}}}} before "
        f"cost, which was {{{{past.total}}}}."
    )
    for place in places(facts, "service"):
        name = f"service.{place}"
        moved = word_for(facts, f"{name}.percent", up="up", down="down")
        yield Template(
            f"Assumed for {{{{{name}.name}}}}: {{{{{name}.total}}}}, {moved} "
            f"{{{{{name}.percent}}}} on as many days before.",
            "inference",
        )
    yield Template("The forecast rests on {{history.days}} of history.")
    yield Template(
        "Made for past days, {{record.tries}} by the same method were off by "
        "{{record.error}} on average."
    )


def _trend(facts: Facts) -> Iterator[Template]:
    if number(facts, "trend.percent") is not None:
        yield _trend_sentence(facts)
    yield from change_sentences(facts)
    yield from anomaly_sentences(facts)
    less = word_for(facts, "weekend.percent", up="more", down="less")
    yield Template(
        f"A weekend day costs {{{{weekend.percent}}}} {less} than a weekday."
    )


def _trend_sentence(facts: Facts) -> Template:
    trend = number(facts, "trend.percent") or 0.0
    if abs(trend) < FLAT:
        return Template(
            "Costs are steady: a coming day costs about as much as one of the last "
            "{{trend.days}}."
        )
    word = "rising" if trend > 0 else "falling"
    more = "more" if trend > 0 else "less"
    return Template(
        f"Costs are {word}: a coming day costs {{{{trend.percent}}}} {more} than one "
        "of the last {{trend.days}}."
    )


def _risks(facts: Facts) -> Iterator[Template]:
    yield Template(
        "At the high end of the range the {{forecast.days}} cost {{forecast.high}}, "
        "which is {{forecast.more}} above what is expected.",
        "inference",
    )
    chance = number(facts, "budget.chance")
    if chance is not None and UNLIKELY < chance < LIKELY:
        yield Template(
            "The chance that the next {{budget.days}} pass the budget is "
            "{{budget.chance}}."
        )
    for place in places(facts, "anomaly")[:1]:
        name = f"anomaly.{place}"
        if (number(facts, f"{name}.impact") or 0) > 0:
            yield Template(
                f"Should what happened to {{{{{name}.name}}}} happen again, it adds "
                f"{{{{{name}.per_day}}}}.",
                "inference",
            )
    for place in places(facts, "rise")[:1]:
        yield Template(
            f"Should {{{{rise.{place}.name}}}} rise as much again, it adds another "
            f"{{{{rise.{place}.change}}}} in {{{{changes.days}}}}.",
            "inference",
        )
    if (number(facts, "volatility.percent") or 0.0) >= NOTABLE_SCATTER:
        yield Template(
            "A single day strays by {{volatility.percent}} from what its weekday "
            "usually costs, so one high day is no trend yet.",
            "inference",
        )


def _budget(facts: Facts) -> Iterator[Template]:
    if "budget.limit" not in facts:
        yield Template(
            "No budget is set, so there is nothing to compare with. Set MONTHLY_BUDGET "
            "to be warned before it is passed."
        )
        return
    yield _milestone(facts)
    yield Template(
        "The next {{budget.days}} are projected at {{budget.projected}}, which is "
        "{{budget.above}} ({{budget.above_percent}}) above it."
    )
    yield Template(
        "The next {{budget.days}} are projected at {{budget.projected}}, which is "
        "{{budget.below}} ({{budget.below_percent}}) below it."
    )
    yield Template(
        "The run rate is {{forecast.run_rate}}, against a budget of {{budget.limit}}."
    )
    yield Template(
        "The calendar month stands at {{month.to_date}} and is projected to end on "
        "{{month.last_day}} at {{month.projected}}."
    )
    yield Template(
        "Critical for the calendar month: above {{month.critical_daily}} on average "
        "over the {{month.days_ahead}} to come, the budget does not hold."
    )
    yield Template(
        "To stay within it, spend {{budget.reduce_per_day}} less on each of the next "
        "{{budget.days}}."
    )


def _milestone(facts: Facts) -> Template:
    """When the budget is passed, as exactly as that is known."""
    if not {"budget.above", "budget.below"} & facts.keys():
        return Template(
            "Whether the budget of {{budget.limit}} holds is not known, as not all "
            "accounts could be read."
        )
    if "budget.breach_date" not in facts:
        return Template(
            "The budget of {{budget.limit}} is not expected to be passed in the next "
            "{{budget.days}}."
        )
    span = ""
    early, late = (facts.get(f"budget.breach_{end}") for end in ("early", "late"))
    if early and late and early.value != late.value:
        span = (
            ", between {{budget.breach_early}} and {{budget.breach_late}} in most cases"
        )
    left = " in {{budget.days_left}}" if "budget.days_left" in facts else ""
    return Template(
        f"The budget of {{{{budget.limit}}}} is expected to be passed{left}, on "
        f"{{{{budget.breach_date}}}}{span}."
    )


def _recommendations(facts: Facts) -> Iterator[Template]:
    for place in places(facts, "finding", most=MOST_LISTED + 2):
        name = f"finding.{place}"
        where = "" if _said_already(facts, name) else f" ({{{{{name}.account}}}})"
        yield Template(
            f"{{{{{name}.name}}}}{where}: saves {{{{{name}.savings}}}} at "
            f"{{{{{name}.risk}}}} risk."
        )
    if "savings.low_risk" in facts:
        yield Template(
            "All {{savings.count}} together save {{savings.total}}, those of low risk "
            "alone {{savings.low_risk}}."
        )
    elif (number(facts, "savings.count") or 0) > 1:
        yield Template("All {{savings.count}} together save {{savings.total}}.")
    elif "savings.count" not in facts:
        yield Template("Nothing is open that would save money.")


def _said_already(facts: Facts, name: str) -> bool:
    """Whether the title names the account anyway."""
    title, account = facts[f"{name}.name"], facts.get(f"{name}.account")
    return account is not None and str(account.value) in str(title.value)


def _warnings(facts: Facts) -> Iterator[Template]:
    yield Template(
        "Look into any day above {{alert.daily}}, days with the month's fees aside."
    )
    for place in places(facts, "service"):
        name = f"service.{place}"
        yield Template(
            f"Look into any week of {{{{{name}.name}}}} above "
            f"{{{{{name}.weekly_alert}}}}."
        )
    yield Template(
        "Look into the month if it has cost more than {{milestone.amount}} by "
        "{{milestone.date}}."
    )
    yield Template(
        "Look into the budget once days cost more than {{month.critical_daily}} on "
        "average."
    )


def _controls(facts: Facts) -> Iterator[Template]:
    yield Template(
        "Set an alert in AWS Budgets at {{budget.notify}}, before {{budget.limit}} is "
        "reached."
    )
    if "budget.limit" not in facts:
        yield Template(
            "Without a budget, an alert in AWS Budgets at {{forecast.high}} tells when "
            "the costs leave their likely range."
        )
    if "anomaly.1.name" in facts:
        yield Template(
            "Name an owner for {{anomaly.1.name}}, who hears of the next anomaly."
        )
    if "rise.1.name" in facts:
        yield Template("Ask who planned the rise of {{rise.1.name}}, and until when.")
    yield Template(
        "Run the check command every day, so that an alert reaches somebody."
    )
