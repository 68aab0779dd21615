"""The parts of the budgets page: each budget's month, and what would save it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st

from finops import charts, formats
from finops.analysis.budget_words import (
    breach_day,
    breach_range,
    cut_text,
    missing_text,
    overage_text,
    severity_word,
)
from finops.analysis.budgeting import Severity
from finops.budgets import Budget
from finops.errors import FinOpsError
from finops.web import states
from finops.web.ahead import past_of
from finops.web.cards import chart, show_code
from finops.web.filters import Chosen
from finops.web.session import ask, settings
from finops.web.tables import money_column, show_table
from finops.web.texts import dollars, md
from finops.workspace.budgets import BudgetStanding, budget_standing, budgets_of

COLOURS: Final[dict[Severity, str]] = {
    "none": "green",
    "unknown": "gray",
    "low": "blue",
    "medium": "orange",
    "high": "red",
    "critical": "red",
}
"""What a severity is shown in."""

SEVERITY_NOTE: Final = (
    "Critical: passed already, or by a quarter at the end of the month. High: by a "
    "tenth. Medium: by less. Low: it will hold, with less than 4 chances in 5."
)

EXAMPLE: Final = """MONTHLY_BUDGET=2500.00
BUDGETS=prod:1500,service/Amazon RDS:400,tag/team=web:900"""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A budget with where it stands, or why that is not known."""

    budget: Budget
    standing: BudgetStanding | None
    error: FinOpsError | None = None


def choose() -> tuple[Budget, ...]:
    """The budgets that are set; a limit that is tried stands for the whole."""
    configured = budgets_of(settings())
    tried = st.number_input(
        "Try a monthly limit for all costs",
        min_value=0.0,
        value=None,
        step=100.0,
        format="%.2f",
        key="limit",
        bind="query-params",
        placeholder="2500.00",
        help="It is in this page's link, and changes no setting.",
        width=280,
    )
    if tried is None:
        return configured
    parts = [budget for budget in configured if budget.kind != "whole"]
    return (Budget(tried), *parts)


def held(chosen: Chosen, budgets: tuple[Budget, ...]) -> list[Held]:
    """Where each budget stands; accounts that were picked do not matter."""
    scope = past_of(replace(chosen.scope, where=()))
    found = []
    for budget in budgets:
        try:
            with st.spinner(f"Forecasting {budget.label}"):
                standing = ask(budget_standing, scope, budget)
        except FinOpsError as error:
            found.append(Held(budget, None, error))
        else:
            found.append(Held(budget, standing))
    return found


def show_none() -> None:
    """That no budget is set, and how to set one."""
    with st.container(border=True, key="no_budget"):
        st.markdown(":material/savings: **No budget is set**")
        st.markdown(
            "With one, this page says where the month lands, on which day the limit "
            "is passed and how likely that is, and which daily cut would save it."
        )
        st.markdown(
            ":gray[Try a limit above, or write one of these into the file .env and "
            "start the app again: one for everything, and others for an account, a "
            "service or a tag.]"
        )
        show_code(EXAMPLE, "ini")


def rows(found: list[Held]) -> pd.DataFrame:
    """One row per budget; what is not known is empty."""
    return pd.DataFrame([_row(each) for each in found])


def show_summary(found: list[Held], currency: str) -> None:
    """All budgets side by side."""
    words = [severity_word(severity).capitalize() for severity in COLOURS]
    show_table(
        rows(found),
        {
            "budget": st.column_config.TextColumn("Budget", pinned=True),
            "status": st.column_config.MultiselectColumn(
                "Status",
                options=words,
                color=list(COLOURS.values()),
                help=SEVERITY_NOTE,
            ),
            "limit": money_column("Limit", currency),
            "to_date": money_column("To date", currency),
            "projected": money_column("Month end", currency),
            "overage": money_column("Over", currency, note="Negative for under."),
            "percent": st.column_config.NumberColumn("Over in %", format="%+.1f %%"),
            "breach": st.column_config.TextColumn("Passed on"),
            "probability": st.column_config.ProgressColumn(
                "Probability", format="%.0f %%", min_value=0, max_value=100
            ),
            "months": st.column_config.BarChartColumn("Past months", y_min=0),
        },
        alt="Each budget with its limit, projected cost and breach",
    )


def show_budget(each: Held) -> None:
    """A budget's burn-down, when it is passed, and what would save it."""
    if each.standing is None:
        error = each.error
        states.sentence(f"{md(error)} {md(error.hint if error else '')}")
        return
    standing, currency = each.standing, each.standing.ahead.currency
    found = standing.month_end
    chart(
        f"burn_{each.budget.target or 'all'}",
        (standing.ahead.scope, each.budget),
        lambda: charts.budget_burn(standing.ahead.month, found, currency),
    )
    st.table(_facts(standing), border="horizontal")


def title(each: Held) -> str:
    """What a budget is called, with how it stands; Markdown."""
    if each.standing is None:
        return f"{md(each.budget.label)} :gray-badge[Unknown]"
    severity = each.standing.month_end.severity
    word = severity_word(severity).capitalize()
    return f"{md(each.budget.label)} :{COLOURS[severity]}-badge[{word}]"


def note(each: Held) -> str:
    """Which month, and what it may cost; Markdown."""
    if each.standing is None:
        return "This budget could not be checked"
    ahead = each.standing.ahead
    limit = formats.money(each.budget.limit, ahead.currency)
    return f"{ahead.month.name}, {limit} a month"


def _facts(standing: BudgetStanding) -> pd.DataFrame:
    """The month and the next 30 days side by side; Markdown."""
    currency = standing.ahead.currency
    periods = {
        standing.ahead.month.name: standing.month_end,
        "Next 30 days": standing.next_30_days,
    }
    facts = pd.DataFrame(
        {
            name: {
                "Projected": formats.money(found.projected, currency),
                "Not counted": md(missing_text(found) or "nothing"),
                "Overage": overage_text(found, currency),
                "Passed": breach_day(found),
                "Range": breach_range(found),
                "Probability": formats.percent(found.probability),
                "To save it": cut_text(found, currency) or "nothing is needed",
            }
            for name, found in periods.items()
        }
    ).map(dollars)
    return facts.drop(index="Not counted") if standing.month_end.whole else facts


def _row(each: Held) -> dict[str, object]:
    label = {"budget": each.budget.label, "limit": each.budget.limit}
    if each.standing is None:
        unknown = ["to_date", "projected", "overage", "percent", "breach"]
        empty = dict.fromkeys([*unknown, "probability", "months"])
        return label | {"status": ["Unknown"]} | empty
    found = each.standing.month_end
    return label | {
        "status": [severity_word(found.severity).capitalize()],
        "to_date": found.to_date,
        "projected": found.projected,
        "overage": found.overage,
        "percent": found.overage_percent,
        "breach": formats.day(found.breach_date)
        if found.breach_date
        else breach_day(found).removesuffix(" in this time").capitalize(),
        "probability": None if found.probability is None else 100 * found.probability,
        "months": _past_months(each.standing),
    }


def _past_months(standing: BudgetStanding) -> list[float]:
    """What each whole month before cost."""
    ahead = standing.ahead
    history = ahead.history.loc[: pd.Timestamp(ahead.month.period.start, tz="UTC")]
    months = history.resample("MS").agg(["sum", "count"])
    days = pd.DatetimeIndex(months.index).days_in_month
    return [round(cost, 2) for cost in months.loc[months["count"] == days, "sum"]]
