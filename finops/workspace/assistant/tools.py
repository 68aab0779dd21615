"""What the assistant can look up; each tool is read-only, typed and capped."""

from __future__ import annotations

from collections.abc import Sequence

from finops.commentary.lookups import NoArguments, Tool
from finops.workspace.assistant.asked import (
    ChangesAsked,
    CostsAsked,
    DaysAsked,
    ForecastAsked,
)
from finops.workspace.assistant.desk import Desk
from finops.workspace.assistant.plans import budgets, coming_days, open_findings, saved
from finops.workspace.assistant.spent import changes, costs, out_of_the_ordinary


def tools_of(desk: Desk) -> Sequence[Tool]:
    """Everything that can be looked up."""
    return (
        Tool(
            "costs",
            "What was spent, by one dimension, the largest first.",
            CostsAsked,
            lambda asked: costs(desk, asked),
        ),
        Tool(
            "changes",
            "What moved most against as many days before, and by how much.",
            ChangesAsked,
            lambda asked: changes(desk, asked),
        ),
        Tool(
            "anomalies",
            "When a service left its usual cost, by how much, and what caused it.",
            DaysAsked,
            lambda asked: out_of_the_ordinary(desk, asked),
        ),
        Tool(
            "forecast",
            "What the coming days will cost, and whether the budget for all holds.",
            ForecastAsked,
            lambda asked: coming_days(desk, asked),
        ),
        Tool(
            "recommendations",
            "What could be saved a month, the largest first.",
            NoArguments,
            lambda _: open_findings(desk),
        ),
        Tool(
            "budgets",
            "Each budget, and where its calendar month lands.",
            NoArguments,
            lambda _: budgets(desk),
        ),
        Tool(
            "savings",
            "What became of recommendations, and what was really saved.",
            NoArguments,
            lambda _: saved(desk),
        ),
    )
