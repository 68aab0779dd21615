"""Which groups a chart shows by name, and how they are written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from finops.focus import Metric
from finops.services import short_service

MOST_NAMED: Final = 7
"""More colours than this cannot be told apart."""

NONE: Final = "(none)"
"""Stands for charges that carry no value of the dimension."""

OTHER: Final = "Other"

ARN_PARTS: Final = 5
"""What a resource is called follows after this many colons of its ARN."""


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A cost table with few enough groups to draw.

    Attributes:
        table: The rows, with the columns `group` and `cost`.
        names: The groups, largest first; "Other" is last.
    """

    table: pd.DataFrame
    names: tuple[str, ...]


def largest_groups(
    table: pd.DataFrame, by: str | None, metric: Metric, *, most: int = MOST_NAMED
) -> Groups:
    """`table` by `by`, the largest groups by name and the rest as one.

    Args:
        table: A cost table with the column `by`.
        by: What to group by; None for the cost as a whole.
        metric: Which cost is meant.
        most: How many groups keep their name.
    """
    keys = table[by].fillna(NONE) if by else pd.Series("Cost", index=table.index)
    totals = table.groupby(keys)[metric].sum().abs().sort_values(ascending=False)
    names = [str(name) for name in totals.index]
    if len(names) > most + 1:
        names = [*names[:most], OTHER]
        keys = keys.where(keys.isin(names), OTHER)
    return Groups(table.assign(group=keys, cost=table[metric]), tuple(names))


def short(name: str) -> str:
    """What a service is called where room is scarce, and the end of an ARN."""
    if name.startswith("arn:"):
        return name.split(":", maxsplit=ARN_PARTS)[-1] or name
    return short_service(name)


def label_expression(names: Iterable[str]) -> str:
    """A Vega expression that writes each of `names` short."""
    shorter = {name: short(name) for name in names if short(name) != name}
    if not shorter:
        return "datum.label"
    return f"({json.dumps(shorter)})[datum.value] || datum.label"


def in_words(names: Sequence[str], texts: Sequence[str], *, most: int = 3) -> str:
    """The first few names with their text, for those who cannot see the chart."""
    told = zip(names[:most], texts[:most], strict=True)
    return ", ".join(f"{name} {text}" for name, text in told)
