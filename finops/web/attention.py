"""What needs attention: the budgets that will not hold, and why."""

from __future__ import annotations

from typing import Final

import streamlit as st

from finops import formats
from finops.analysis.budget_words import brief
from finops.analysis.budgeting import Severity
from finops.web import budgets
from finops.web.filters import Chosen
from finops.web.session import settings
from finops.web.texts import dollars, md
from finops.workspace.budgets import BudgetStanding, budgets_of

MOST: Final = 2
"""More budgets than this are on their own page."""

ORDER: Final[tuple[Severity, ...]] = ("critical", "high", "medium")


def show_attention(chosen: Chosen) -> None:
    """The budgets that will not hold, the worst first; nothing where all will."""
    limits = budgets_of(settings())
    found = [each.standing for each in budgets.held(chosen, limits) if each.standing]
    urgent = {standing: worst for standing in found if (worst := _worst(standing))}
    if not urgent:
        return
    worst_first = sorted(urgent, key=lambda standing: ORDER.index(urgent[standing]))
    with st.container(border=True, key="attention"):
        for standing in worst_first[:MOST]:
            st.markdown(_line(standing, urgent[standing]))
        st.page_link(
            "pages/plan/budgets.py",
            label=f"{len(urgent)} of {formats.plural(len(limits), 'budget')} "
            "will not hold",
            icon=":material/wallet:",
        )


def _worst(standing: BudgetStanding) -> Severity | None:
    """How bad the month or the next 30 days are; None where both are fine."""
    outlooks = (standing.month_end, standing.next_30_days)
    urgent = [each.severity for each in outlooks if each.needs_attention]
    return min(urgent, key=ORDER.index) if urgent else None


def _line(standing: BudgetStanding, worst: Severity) -> str:
    """A budget with the worse one of its two outlooks; Markdown."""
    ahead = standing.ahead
    if standing.next_30_days.severity == worst:
        text = brief(standing.next_30_days, "the next 30 days", ahead.currency)
    else:
        text = brief(standing.month_end, ahead.month.name, ahead.currency)
    return (
        f":{budgets.COLOURS[worst]}[:material/notifications_active:] "
        f"**{md(standing.budget.label)}** {dollars(text)}{_why(standing)}"
    )


def _why(standing: BudgetStanding) -> str:
    """Which part rises most; Markdown."""
    steepest = standing.ahead.steepest
    if steepest is None:
        return ""
    name, rise = steepest
    amount = formats.money(rise, standing.ahead.currency, cents=False)
    return (
        f"  \n:gray[{md(name)} rises most, by {dollars(amount)} against the last "
        "30 days.]"
    )
