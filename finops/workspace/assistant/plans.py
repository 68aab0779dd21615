"""What the assistant looks up about what comes, and what could be saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from finops import formats
from finops.analysis.budgeting import outlook
from finops.commentary.facts import Fact
from finops.commentary.known import budget_facts, finding_facts, forecast_facts
from finops.commentary.known.kinds import Named, count, money, named, on_day
from finops.commentary.lookups import Found
from finops.errors import ConfigurationError
from finops.savings.roi import Summary
from finops.workspace.assistant.asked import ForecastAsked
from finops.workspace.assistant.desk import MOST_ROWS, WHO, Desk
from finops.workspace.budgets import BudgetStanding, budget_standing, budgets_of
from finops.workspace.forecasts import forecast
from finops.workspace.recommendations import (
    OPEN,
    recommendations,
    statuses,
    still_to_save,
)
from finops.workspace.savings import open_tracker


def coming_days(desk: Desk, asked: ForecastAsked) -> Found:
    """What the coming days cost, and whether the budget for everything holds."""
    ahead = forecast(desk.space, desk.scope, days=asked.days)
    facts = dict(forecast_facts(ahead.forecast, ahead.history, ahead.currency))
    for budget in budgets_of(desk.settings):
        if budget.kind == "whole" and not desk.scope.where:
            month, coming = (
                outlook(each, budget.limit)
                for each in (ahead.month, ahead.next_30_days)
            )
            facts |= budget_facts(month, ahead.month, coming, ahead.currency)
    sides = ahead.forecast.interval80
    rows = (
        ("Expected", ahead.forecast.total),
        ("Low end, in 80 of 100 cases", sides.low),
        ("High end, in 80 of 100 cases", sides.high),
    )
    label = desk.label("Forecast", replace(ahead.scope, period=ahead.period))
    return Found(label, facts, ("Coming days", "Cost"), rows, ahead.currency)


def open_findings(desk: Desk) -> Found:
    """What could be saved a month."""
    exports = desk.settings.recommendation_exports
    answer = recommendations(desk.space, desk.scope, exports=exports)
    tracker = open_tracker(desk.settings, now=desk.now, who=WHO)
    status = statuses(answer.found, tracker)
    still = [one for one in answer.found if status[one.fingerprint] in OPEN]
    counted = still_to_save(still, status, currency=answer.currency)
    facts = finding_facts(still, counted, answer.currency)
    rows = tuple(
        (one.title, one.account, one.estimated_monthly_savings, one.risk)
        for one in still[:MOST_ROWS]
    )
    head = ("What to do", "Account", "Saves a month", "Risk")
    label = desk.label("Recommendations", answer.scope)
    return Found(label, facts, head, rows, answer.currency)


def budgets(desk: Desk) -> Found:
    """Each budget, and where its calendar month lands.

    Raises:
        ConfigurationError: If none is set.
    """
    limits = budgets_of(desk.settings)
    if not limits:
        msg = "No budget is set."
        raise ConfigurationError(msg, hint="Set MONTHLY_BUDGET or BUDGETS.")
    standings = [budget_standing(desk.space, desk.scope, each) for each in limits]
    facts = {
        f"budget.{place}.{name}": fact
        for place, standing in enumerate(standings, start=1)
        for name, fact in _of_budget(standing)
    }
    rows = tuple(
        (
            each.budget.label,
            each.month_end.limit,
            each.month_end.to_date,
            each.month_end.projected,
        )
        for each in standings
    )
    head = ("Budget", "Limit", "To date", "Month end")
    currency = standings[0].ahead.currency
    return Found("Budgets, this calendar month", facts, head, rows, currency)


def _of_budget(standing: BudgetStanding) -> Iterator[Named]:
    month, currency = standing.month_end, standing.ahead.currency
    yield "name", named(standing.budget.label, "what it is for")
    yield "limit", money(month.limit, currency, "the budget", per="month")
    yield "to_date", money(month.to_date, currency, "cost of the month so far")
    yield "projected", money(month.projected, currency, "cost of the month at its end")
    if month.missing:
        missing = formats.days(month.missing)
        yield "not_counted", named(missing, "days whose cost is not known")
    if month.unread:
        unread = ", ".join(month.unread)
        yield "not_read", named(unread, "accounts whose cost is not known")
    if month.overage is not None:
        side = "above" if month.overage > 0 else "below"
        yield side, money(abs(month.overage), currency, f"month end {side} the budget")
    if month.probability is not None:
        yield "chance", Fact(value=month.probability, unit="ratio", label="to pass it")
    if month.breach_date:
        yield "breach_date", on_day(month.breach_date, "when it is passed")


def saved(desk: Desk) -> Found:
    """What became of recommendations, and what was really saved."""
    summary = open_tracker(desk.settings, now=desk.now, who=WHO).summary()
    facts = dict(_of_tracker(summary))
    rows = tuple(
        (name.capitalize(), getattr(summary, name))
        for name in ("total", "implemented", "pending", "rejected")
    )
    head = ("Recommendations", "Count")
    return Found("Savings tracker", facts, head, rows, summary.currency or "USD")


def _of_tracker(summary: Summary) -> Iterator[Named]:
    noun = "recommendation"
    yield "total", count(summary.total, noun, "in the tracker")
    yield "implemented", count(summary.implemented, "", "of them are implemented")
    yield "pending", count(summary.pending, "", "of them wait")
    yield "rejected", count(summary.rejected, "", "of them are rejected")
    if summary.currency is None:
        return
    for name in ("estimated", "implemented_estimated", "actual", "measured"):
        amount = getattr(summary, name)
        if amount is not None:
            told = f"{name.replace('_', ' ')} savings"
            yield f"{name}.monthly", money(amount, summary.currency, told, per="month")
    if summary.forecast_accuracy is not None:
        told = "how near actual savings came to their estimates"
        yield (
            "accuracy",
            Fact(value=summary.forecast_accuracy, unit="ratio", label=told),
        )
