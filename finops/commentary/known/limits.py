"""Facts about a budget, from whether it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.budgeting import Outlook
from finops.analysis.landing import Landing
from finops.commentary.facts import Fact, Facts
from finops.commentary.known.kinds import WEEK, Named, days, money, on_day

NOTIFY_AT: Final = 80.0
"""Percent of a budget at which somebody should hear of it."""

MONTH_DAYS: Final = 30


def budget_facts(
    month: Outlook, landing: Landing, coming: Outlook, currency: str
) -> Facts:
    """Whether the budget holds: this month, and over the next 30 days."""
    return dict(_of_budget(month, landing, coming, currency))


def _of_budget(
    month: Outlook, landing: Landing, coming: Outlook, currency: str
) -> Iterator[Named]:
    limit = coming.limit
    yield "budget.limit", money(limit, currency, "what a month may cost", per="month")
    notify = limit * NOTIFY_AT / 100
    yield "budget.notify", money(notify, currency, "where to be warned", per="month")
    yield "budget.days", days(MONTH_DAYS, "the days that the budget is held against")
    yield from _outlook("budget", coming, currency, "the next 30 days")
    if not month.whole:
        return  # a part of the month is no match for a month's budget
    yield from _outlook("month", month, currency, "the calendar month")
    yield "month.to_date", money(month.to_date, currency, "cost of the month so far")
    yield "month.last_day", on_day(landing.period.last_day, "the end of the month")
    if landing.days_ahead:
        yield "month.days_ahead", days(landing.days_ahead, "days of it to come")
        left = (limit - month.to_date) / landing.days_ahead
        if left > 0:
            told = "what each coming day may cost for the month to stay within"
            yield "month.critical_daily", money(left, currency, told, per="day")


def _outlook(
    name: str, outlook: Outlook, currency: str, period: str
) -> Iterator[Named]:
    yield f"{name}.projected", money(outlook.projected, currency, f"cost of {period}")
    over = outlook.overage
    side = "above" if over and over > 0 else "below"
    told = f"{period} {side} the budget"
    if over is not None:
        yield f"{name}.{side}", money(abs(over), currency, told)
    if outlook.overage_percent is not None:
        percent = abs(outlook.overage_percent)
        yield f"{name}.{side}_percent", Fact(value=percent, unit="%", label=told)
    if outlook.probability is not None:
        told = f"probability that {period} cost more than the budget"
        chance = Fact(value=outlook.probability, unit="ratio", label=told)
        yield f"{name}.chance", chance
    for end in ("date", "early", "late"):
        if day := getattr(outlook, f"breach_{end}"):
            yield f"{name}.breach_{end}", on_day(day, f"when it is passed ({end})")
    if outlook.breach_date and outlook.days_left:
        yield f"{name}.days_left", days(outlook.days_left, "until it is passed")
    if outlook.reduce_per_day:
        told = f"what each of {period} must cost less"
        cut = money(outlook.reduce_per_day, currency, told, per="day")
        yield f"{name}.reduce_per_day", cut


def milestone_facts(landing: Landing, currency: str) -> Facts:
    """What the month should have cost at most, half way through what is to come."""
    if landing.missing or landing.days_ahead < WEEK:
        return {}
    place = landing.days_ahead // 2
    most = float(landing.ahead["high80"].iloc[place])
    return {
        "milestone.date": on_day(
            landing.ahead.index[place], "half way through the days to come"
        ),
        "milestone.amount": money(
            most,
            currency,
            "the most that the month should cost by then",
        ),
    }
