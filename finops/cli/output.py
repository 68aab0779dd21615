"""Tables, bars and JSON values for a terminal and for other programs."""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from finops import formats
from finops.focus import (
    COSTS,
    DATE_COLUMN,
    METRIC_NAMES,
    NO_VALUE,
    Costs,
    Metric,
    dimension_label,
)

if TYPE_CHECKING:
    import pandas as pd

BAR_WIDTH: Final = 24

NAMED: Final = 3
"""With more accounts missing, they are counted behind a total, not named."""


def bar(share: float | None) -> str:
    """A bar as long as `share`, from 0 to 1, of the width for bars."""
    return "█" * round(BAR_WIDTH * min(max(share or 0.0, 0.0), 1.0))


def table(rows: Sequence[Sequence[str]], *, align: str) -> str:
    """`rows` as columns, each aligned as its letter in `align` says."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(
            f"{cell:{side}{width}}"
            for cell, side, width in zip(row, align, widths, strict=True)
        )
        for row in cells
    )
    return "\n".join(f"  {line}".rstrip() for line in lines)


def cost_rows(costs: pd.DataFrame, keys: Sequence[str], metric: Metric) -> str:
    """One line per row of `costs`: the cost, then the values of `keys`.

    The last line is the total; there is one for each currency.
    """
    heads = ["Date" if key == DATE_COLUMN else dimension_label(key) for key in keys]
    lines = [[METRIC_NAMES[metric], *heads]]
    costs = _in_one_currency(costs)
    columns = costs[[metric, "BillingCurrency", *keys]]
    for cost, paid_in, *labels in columns.itertuples(index=False):
        lines.append([formats.money(cost, label(paid_in)), *map(label, labels)])
    totals = costs.groupby("BillingCurrency", dropna=False)[metric].sum(min_count=1)
    for paid_in, cost in totals.items():
        lines.append([formats.money(cost, label(paid_in)), *_total_label(keys)])
    return table(lines, align=">" + "<" * len(keys))


def _in_one_currency(costs: pd.DataFrame) -> pd.DataFrame:
    """`costs` with the currency that its head tells, where a bill names none."""
    told = currencies(costs)
    return costs.assign(BillingCurrency=told[0]) if len(told) == 1 else costs


def _total_label(keys: Sequence[str]) -> list[str]:
    return ["Total", *[""] * (len(keys) - 1)] if keys else []


def label(key: Any) -> str:
    """A key of the cost table as text: a day, a name, or that there is none."""
    if hasattr(key, "date"):
        return str(key.date())
    return key if isinstance(key, str) else NO_VALUE


def printable(text: str) -> str:
    """`text` without characters that steer a terminal: names come from outside."""
    if text.isprintable():
        return text
    return "".join(
        "?" if unicodedata.category(character).startswith("C") else character
        for character in text
    )


def text_of(path: Path) -> str:
    """What a file says; a binary one, such as a plan, is told by who reads it."""
    return path.read_text(encoding="utf-8", errors="replace")


def one_line(text: str) -> str:
    """`text`, which may hold names from outside, as one line for a terminal."""
    return printable(" ".join(text.split()))


def incomplete(costs: Costs) -> str:
    """What to write behind a total: nothing, or who is not in it."""
    if costs.complete:
        return ""
    names = [problem.account for problem in costs.problems if problem.account]
    if not names:
        return " (incomplete)"
    if len(names) > NAMED:
        return f" (incomplete: without {formats.plural(len(names), 'account')})"
    return f" (incomplete: without {one_line(', '.join(names))})"


def currencies(costs: pd.DataFrame) -> list[str]:
    """The currencies of `costs`, in order; USD for none."""
    return sorted(costs["BillingCurrency"].dropna().unique()) or ["USD"]


def totals(costs: pd.DataFrame) -> dict[str, float | None]:
    """The sum of each cost column.

    None where the source does not know it, and where it would add currencies.
    """
    if len(currencies(costs)) > 1:
        return dict.fromkeys(COSTS)
    known = costs[list(COSTS)].sum(min_count=1 if len(costs) else 0)
    return {metric: number(known[metric]) for metric in COSTS}


def rows(costs: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table for JSON: null for what is unknown, days as text."""
    named = costs.rename(columns={DATE_COLUMN: "date"})
    return [
        {str(name): _value(value) for name, value in row.items()}
        for row in named.to_dict("records")
    ]


def _value(value: Any) -> Any:
    if hasattr(value, "date"):
        return str(value.date())
    return number(value) if isinstance(value, float) else value


def number(value: float) -> float | None:
    """`value`, or None for NaN, which JSON does not know."""
    return None if math.isnan(value) else float(value)


def as_dict(result: Any) -> dict[str, Any]:
    """A frozen result as a dictionary of its fields."""
    return dataclasses.asdict(result)
