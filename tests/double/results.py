"""How Cost Explorer writes down what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Row = tuple[Any, ...]
"""The keys of the groups, the sum of each metric, the currency."""

Bucket = tuple[date, date]
"""A day or a month, half-open."""


def results_by_time(
    cells: Sequence[tuple[Bucket, Row | None]],
    metrics: Sequence[str],
    grouped: int,
    closed: date,
) -> list[dict[str, Any]]:
    """The cells of one page; a page may cut a day in two."""
    results: dict[Bucket, dict[str, Any]] = {}
    for (start, end), row in cells:
        result = results.setdefault(
            (start, end),
            {
                "TimePeriod": {"Start": str(start), "End": str(end)},
                "Total": {},
                "Groups": [],
                "Estimated": end > closed,
            },
        )
        if row is None:
            nothing = (*(0 for _ in metrics), "USD")
            result["Total"] = _amounts(nothing, metrics)
        elif grouped:
            amounts = _amounts(row[grouped:], metrics)
            result["Groups"].append({"Keys": [*row[:grouped]], "Metrics": amounts})
        else:
            result["Total"] = _amounts(row, metrics)
    return list(results.values())


def account_names(
    cells: Sequence[tuple[Bucket, Row | None]],
    groups: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """What the accounts on a page are called."""
    places = [i for i, g in enumerate(groups) if g["Key"] == "LINKED_ACCOUNT"]
    accounts = {row[place] for place in places for _, row in cells if row}
    return [
        {
            "Value": account,
            "Attributes": {"description": names.get(account, account)},
        }
        for account in sorted(accounts)
    ]


def _amounts(sums: Row, metrics: Sequence[str]) -> dict[str, dict[str, str]]:
    """Amounts as AWS writes them: text, without trailing zeros."""
    *amounts, currency = sums
    units = ["N/A" if name == "UsageQuantity" else currency for name in metrics]
    return {
        name: {"Amount": format(Decimal(amount or 0).normalize(), "f"), "Unit": unit}
        for name, amount, unit in zip(metrics, amounts, units, strict=True)
    }
