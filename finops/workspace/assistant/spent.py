"""What the assistant looks up about the past: costs and changes."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from finops import formats
from finops.analysis.allocation import cost_by, share_of
from finops.analysis.anomalies import whose
from finops.analysis.cost_table import currency_of
from finops.commentary.facts import Fact
from finops.commentary.known import anomaly_facts, change_facts
from finops.commentary.known.kinds import (
    Named,
    change,
    count,
    days,
    money,
    named,
    on_day,
)
from finops.commentary.lookups import Found
from finops.focus import dimension_label, dimension_named
from finops.workspace.anomalies import anomalies
from finops.workspace.assistant.asked import ChangesAsked, CostsAsked, DaysAsked
from finops.workspace.assistant.desk import MOST_ROWS, Desk, called

NOUNS = {"usage_type": "usage type"}


def costs(desk: Desk, asked: CostsAsked) -> Found:
    """What was spent, by one dimension."""
    dimension = dimension_named(asked.group_by)
    scope = desk.last(asked.days)
    scope = desk.narrowed(scope, "SubAccountName", asked.only_account)
    scope = desk.narrowed(scope, "ServiceName", asked.only_service)
    table = desk.space.cost_by(scope, dimension).table
    by = cost_by(table, [dimension], scope.metric).sort_values(ascending=False)
    total, currency = float(by.sum()), currency_of(table)
    largest = by.head(MOST_ROWS)
    mean = money(total / scope.period.days, currency, "mean of a day", per="day")
    noun = NOUNS.get(asked.group_by, asked.group_by)
    facts = {
        "total": money(total, currency, "total of all rows"),
        "days": days(scope.period.days, "days counted"),
        "daily": mean,
        "count": count(len(by), noun, "how many there are"),
        "first_day": on_day(scope.period.start, "the first day"),
        "last_day": on_day(scope.period.last_day, "the last day"),
        **dict(_ranked(largest, total, currency)),
    }
    rows = [
        (called(name), float(cost), share_of(float(cost), total))
        for name, cost in largest.items()
    ]
    head = (dimension_label(dimension), "Cost", "Share")
    label = desk.label(f"Costs by {noun}", scope)
    return Found(label, facts, head, tuple(rows), currency)


def _ranked(largest: pd.Series[float], total: float, currency: str) -> Iterator[Named]:
    for place, (name, cost) in enumerate(largest.items(), start=1):
        who = called(name)
        yield f"row.{place}.name", named(who, "who")
        yield f"row.{place}.cost", money(float(cost), currency, f"cost of {who}")
        if (share := share_of(float(cost), total)) is not None:
            part = Fact(value=share, unit="ratio", label=f"{who}'s part of the total")
            yield f"row.{place}.share", part


def changes(desk: Desk, asked: ChangesAsked) -> Found:
    """What moved against as many days before."""
    dimension = dimension_named(asked.group_by)
    scope = desk.last(asked.days)
    found = desk.space.changes(scope, dimension)
    moved, currency = found.variance, found.currency
    facts = {
        **change_facts(moved, dimension, currency),
        "total.before": money(moved.before, currency, "total before"),
        "total.after": money(moved.after, currency, "total of the latest days"),
        **dict(change("total", moved.after, moved.before, currency, "of the total")),
    }
    columns = moved.rows[[dimension, "before", "after", "change"]].head(MOST_ROWS)
    rows = [(called(name), *rest) for name, *rest in columns.itertuples(index=False)]
    head = (dimension_label(dimension), "Before", "After", "Change")
    noun = NOUNS.get(asked.group_by, asked.group_by)
    label = desk.label(f"Changes by {noun}", scope)
    return Found(label, facts, head, tuple(rows), currency)


def out_of_the_ordinary(desk: Desk, asked: DaysAsked) -> Found:
    """When a service left its usual cost, and what caused it."""
    scope = desk.last(asked.days)
    found = anomalies(desk.space, scope)
    largest = sorted(found.anomalies, key=lambda each: -abs(each.impact))[:MOST_ROWS]
    rows = [
        (
            whose(each),
            formats.days(each.period),
            each.cost,
            each.expected,
            each.impact,
        )
        for each in largest
    ]
    facts = {
        "count": count(len(found.anomalies), "anomaly", "in these days"),
        "days": days(scope.period.days, "days looked at"),
        **anomaly_facts(found.anomalies, found.currency),
    }
    head = ("What", "When", "Cost", "Expected", "Change")
    label = desk.label("Anomalies", scope)
    return Found(label, facts, head, tuple(rows), found.currency)
