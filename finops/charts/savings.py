"""Where could most be saved?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt
import pandas as pd

from finops import formats
from finops.charts.groups import OTHER, in_words
from finops.charts.look import finished
from finops.charts.rows import ROW, amount, bars, hits, track, value

MOST_KINDS: Final = 7


def top_savings(savings: Mapping[str, float], currency: str) -> alt.LayerChart:
    """What each kind of change saves a month, the largest first, the rest as Other."""
    largest = pd.Series(savings, dtype="float64").sort_values(
        ascending=False, kind="stable"
    )
    shown = largest.head(MOST_KINDS)
    if rest := float(largest.iloc[MOST_KINDS:].sum()):
        shown.loc[OTHER] = rest
    rows = pd.DataFrame(
        {
            "group": shown.index.astype("str"),
            "saving": shown.to_numpy(),
            "text": [amount(saving, currency) for saving in shown],
            "exact": [formats.money(saving, currency) for saving in shown],
        }
    )
    full = max(float(rows["saving"].max()), 0.0) or 1.0
    x = alt.X("saving:Q", axis=None, scale=alt.Scale(domain=[0, full], nice=False))
    tooltip = [
        alt.Tooltip("group:N", title=" "),
        alt.Tooltip("exact:N", title=f"{currency} a month"),
    ]
    told = in_words(list(rows["group"]), list(rows["text"]))
    return finished(
        track(rows),
        bars(rows).encode(x=x, color=alt.ColorValue("green")),
        value(rows, "text"),
        hits(rows, tooltip, pickable=False),
        height=ROW * len(rows),
        description=f"What could be saved a month: {told}.",
    )
