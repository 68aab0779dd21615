"""What a cost is made of: parts of a whole, one row per whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.analysis.allocation import TagCoverage
from finops.charts.groups import in_words, largest_groups
from finops.charts.look import finished, group_colour
from finops.charts.rows import BAR, ROW, amount, bars, hits, names, track, value
from finops.focus import Metric

MOST_ACCOUNTS: Final = 8


def service_mix(
    table: pd.DataFrame, metric: Metric, currency: str, *, ranking: tuple[str, ...] = ()
) -> alt.LayerChart:
    """What each account spends its money on, the accounts that cost most first.

    Args:
        table: Cost by `account` and ServiceName.
        metric: Which cost is meant.
        currency: The currency of the costs.
        ranking: The services in the order that gives them their colours.
    """
    totals = table.groupby("account")[metric].sum().nlargest(MOST_ACCOUNTS)
    totals = totals[totals > 0]
    groups = largest_groups(
        table[table["account"].isin(totals.index)], "ServiceName", metric
    )
    costs = groups.table.groupby(["account", "group"])["cost"].sum().clip(lower=0)
    parts = costs.reset_index()
    wholes = parts.groupby("account")["cost"].transform("sum")
    ranks = {name: rank for rank, name in enumerate(groups.names)}
    drawn = parts.rename(columns={"group": "service", "account": "group"}).assign(
        rank=parts["group"].map(ranks),
        exact=[formats.money(cost, currency) for cost in parts["cost"]],
        share=[formats.percent(share) for share in parts["cost"] / wholes],
    )
    rows = pd.DataFrame(
        {
            "group": [str(account) for account in totals.index],
            "text": [amount(cost, currency) for cost in totals],
        }
    )
    segments = (
        alt.Chart(drawn)
        .mark_bar(size=BAR + 4, yOffset=9, stroke=None)
        .encode(
            y=names(rows),
            x=alt.X("cost:Q", stack="normalize", axis=None),
            color=group_colour(list(groups.names), ranking, field="service"),
            order="rank:Q",
            tooltip=[
                alt.Tooltip("group:N", title="Account"),
                alt.Tooltip("service:N", title="Service"),
                alt.Tooltip("exact:N", title="Cost"),
                alt.Tooltip("share:N", title="Share of the account"),
            ],
        )
    )
    told = in_words(list(rows["group"]), list(rows["text"]))
    return finished(
        segments,
        value(rows, "text"),
        height=ROW * len(rows),
        legend_below=True,
        description=f"What each account spends on which service: {told}.",
    )


def tag_shares(coverage: Sequence[TagCoverage], currency: str) -> alt.LayerChart:
    """How much of the cost carries each tag."""
    shares = [found.share or 0.0 for found in coverage]
    rows = pd.DataFrame(
        {
            "group": [found.key for found in coverage],
            "share": shares,
            "text": [f"{formats.percent(found.share)} allocated" for found in coverage],
            "with": [formats.money(found.allocated, currency) for found in coverage],
            "without": [formats.money(f.unallocated, currency) for f in coverage],
        }
    )
    x = alt.X("share:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    tooltip = [
        alt.Tooltip("group:N", title="Tag"),
        alt.Tooltip("with:N", title="Allocated"),
        alt.Tooltip("without:N", title="Unallocated"),
    ]
    told = in_words(list(rows["group"]), list(rows["text"]))
    return finished(
        track(rows),
        bars(rows).encode(x=x),
        value(rows, "text"),
        hits(rows, tooltip),
        height=ROW * len(rows),
        description=f"How much of the cost carries a tag: {told}.",
    )
