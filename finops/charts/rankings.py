"""What costs most, and what moved most: one row per group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import NONE, OTHER, in_words, largest_groups
from finops.charts.look import finished, group_colour
from finops.charts.rows import (
    PICKED,
    ROW,
    SMALL,
    VALUE_WIDTH,
    amount,
    bars,
    hits,
    track,
    value,
)
from finops.focus import Metric

MOST_MOVERS: Final = 8

CENT: Final = 0.01
"""What has moved by less has not moved."""


def top_costs(
    table: pd.DataFrame,
    by: str,
    metric: Metric,
    currency: str,
    *,
    ranking: tuple[str, ...] = (),
    pickable: bool = True,
) -> alt.LayerChart:
    """The groups that cost most, with their share."""
    groups = largest_groups(table, by, metric)
    costs = groups.table.groupby("group")["cost"].sum().reindex(list(groups.names))
    total = float(costs.sum())
    shares = [cost / total if total > 0 else None for cost in costs]
    money = [amount(cost, currency) for cost in costs]
    rows = costs.reset_index().assign(
        text=[
            f"{cost}  ·  {formats.percent(share)}" if share is not None else cost
            for cost, share in zip(money, shares, strict=True)
        ],
        exact=[formats.money(cost, currency) for cost in costs],
        share=[formats.percent(share) for share in shares],
    )
    full = max(float(costs.max()), 0.0) or 1.0
    x = alt.X("cost:Q", axis=None, scale=alt.Scale(domain=[0, full], nice=False))
    lengths = bars(rows).encode(
        x=x, color=group_colour(list(groups.names), ranking, legend=False)
    )
    tooltip = [
        alt.Tooltip("group:N", title=" "),
        alt.Tooltip("exact:N", title="Cost"),
        alt.Tooltip("share:N", title="Share of these costs"),
    ]
    told = in_words(groups.names, list(rows["text"]))
    return finished(
        track(rows),
        lengths,
        value(rows, "text"),
        hits(rows, tooltip, pickable=pickable),
        height=ROW * len(rows),
        description=f"What costs most: {told}.",
    )


def top_movers(
    rows: pd.DataFrame, by: str, currency: str, *, most: int = MOST_MOVERS
) -> alt.LayerChart:
    """The groups that moved most, from what they cost before to what they cost now.

    Args:
        rows: The rows of a Variance, the largest move first.
        by: The dimension it was made by.
        currency: The currency of the costs.
        most: How many groups are shown.
    """
    moved = rows[rows["change"].abs() >= CENT].head(most)
    drawn = pd.DataFrame(
        {
            "group": moved[by].fillna(NONE).astype("str"),
            "change": moved["change"],
            "text": [
                formats.change(change, currency, cents=abs(change) < SMALL)
                for change in moved["change"]
            ],
            "sides": [
                f"{amount(before, currency)} → {amount(after, currency)}"
                for before, after in zip(moved["before"], moved["after"], strict=True)
            ],
            "direction": ["up" if c > 0 else "down" for c in moved["change"]],
            "before": [formats.money(cost, currency) for cost in moved["before"]],
            "after": [formats.money(cost, currency) for cost in moved["after"]],
            "exact": [formats.change(cost, currency) for cost in moved["change"]],
        }
    )
    domain = [
        min(float(moved["change"].min()), 0),
        max(float(moved["change"].max()), 0),
    ]
    room: list[Any] = [0, alt.ExprRef(f"max(40, width - {VALUE_WIDTH})")]
    colour = alt.Color(
        "direction:N",
        scale=alt.Scale(domain=["up", "down"], range=["red", "green"]),
        legend=None,
    )
    x = alt.X(
        "change:Q",
        axis=None,
        scale=alt.Scale(domain=domain, range=room, nice=False),
    )
    tooltip = [
        alt.Tooltip("group:N", title=" "),
        alt.Tooltip("before:N", title="Before"),
        alt.Tooltip("after:N", title="After"),
        alt.Tooltip("exact:N", title="Change"),
    ]
    layers = (
        bars(drawn).encode(x=x, color=colour),
        value(drawn, "text", colour=colour, strong=True),
        value(drawn, "sides", below=True),
        hits(drawn, tooltip),
    )
    told = in_words(list(drawn["group"]), list(drawn["text"]))
    return finished(
        *layers, height=ROW * len(drawn), description=f"What moved most: {told}."
    )


def has_movers(rows: pd.DataFrame) -> bool:
    """Whether any group moved at all."""
    return bool((rows["change"].abs() >= CENT).any())


def picked_name(selection: Mapping[str, Any]) -> str | None:
    """The group that was picked in a ranking; None for none, or for the rest."""
    points = selection.get(PICKED) or []
    name = points[0].get("group") if points else None
    return name if isinstance(name, str) and name != OTHER else None
