"""The savings tracker for a terminal and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from finops import formats
from finops.cli import output
from finops.focus import METRIC_NAMES, NO_VALUE, Metric

if TYPE_CHECKING:
    from finops.analysis.realization import MeasuredSaving
    from finops.savings import Event, Summary, TrackedItem
    from finops.workspace.savings import Saving, Savings

NOTHING: Final = (
    "Nothing is tracked yet. The command savings accept tracks what recommend found, "
    "and savings add what somebody else did."
)

NOT_ASKED: Final = "It was not asked for."
"""Why nothing was measured where --no-measure is given."""

SUMMARY_KEYS: Final = (
    *("total", "implemented", "pending", "rejected", "implementation_rate"),
    *("estimated", "implemented_estimated", "actual", "measured"),
    *("annual_projection", "forecast_accuracy", "lacking_actual", "currency"),
)


def summary_json(summary: Summary) -> dict[str, Any]:
    """Counts and sums; null for what nobody knows, or would add two currencies."""
    return {key: getattr(summary, key) for key in SUMMARY_KEYS}


def groups_json(found: Savings) -> dict[str, Any]:
    """The summary of each currency, month, type and account."""
    return {
        name: {
            NO_VALUE if key is None else str(key): summary_json(summary)
            for key, summary in groups.items()
        }
        for name, groups in found.groups.items()
    }


def item_json(saving: Saving) -> dict[str, Any]:
    """An item, with what the bill shows of it."""
    from finops.savings.exchange import exported  # noqa: PLC0415 - loads SQLite

    found = saving.amount
    return exported(saving.item) | {
        "measured": asdict(found) | {"verified": found.verified} if found else None,
        "evidence": saving.evidence,
        "why_not_measured": saving.why_not or None,
    }


def dashboard(found: Savings, metric: Metric, today: date) -> str:
    """The counts, the sums, and the items by what became of them."""
    if not found.items:
        return NOTHING
    parts = [_counts(found.summary)]
    parts += [
        _sums(summary, str(currency), metric, found)
        for currency, summary in found.groups["by_currency"].items()
    ]
    groups: dict[str, Callable[[Sequence[Saving]], str]] = {
        "pending": partial(_pending, today),
        "implemented": _implemented,
        "rejected": _rejected,
    }
    for name, rows in groups.items():
        savings = [saving for saving in found.items if saving.group == name]
        if savings:
            parts.append(f"{name.capitalize()}\n{rows(savings)}")
    return "\n\n".join(parts)


def history_text(events: Sequence[Event]) -> str:
    """Who did what to which item, the latest first."""
    from finops.savings.words import change_text  # noqa: PLC0415 - loads SQLite

    if not events:
        return "Nothing has been done yet."
    lines = [["When (UTC)", "Who", "Item", "What", "Change"]]
    lines += [
        [
            f"{event.at:%Y-%m-%d %H:%M}",
            event.who,
            str(event.item_id),
            event.what,
            output.one_line(change_text(event)),
        ]
        for event in events
    ]
    return output.table(lines, align="<<><<")


def _counts(summary: Summary) -> str:
    rate = formats.percent(summary.implementation_rate)
    return output.table(
        [
            ["Recommendations", str(summary.total), ""],
            ["Implemented", str(summary.implemented), f"{rate} of all"],
            ["Pending", str(summary.pending), ""],
            ["Rejected", str(summary.rejected), ""],
        ],
        align="<><",
    )


def _sums(summary: Summary, currency: str, metric: Metric, found: Savings) -> str:
    def money(amount: float | None) -> str:
        return formats.money(amount, currency)

    measured = sum(
        s.amount is not None for s in found.items if s.item.currency == currency
    )
    lacking = f", {summary.lacking_actual} unknown" if summary.lacking_actual else ""
    rows = [
        ["Estimated", money(summary.estimated), "all but the rejected"],
        ["Estimated", money(summary.implemented_estimated), "the implemented"],
        ["Actual", money(summary.actual), f"as reported{lacking}"],
        [
            "Measured",
            money(summary.measured),
            f"on the bill, {METRIC_NAMES[metric].lower()}, "
            f"{measured} of {formats.plural(summary.implemented, 'item')}",
        ],
        ["Projection", money(summary.annual_projection), "a year, from the actual"],
        [
            "Accuracy",
            formats.percent(summary.forecast_accuracy),
            "of the estimates, against the actual",
        ],
    ]
    return f"Savings a month in {currency}\n{output.table(rows, align='<><')}"


def _pending(today: date, savings: Iterable[Saving]) -> str:
    lines = [["Id", "Estimated", "State", "Owner", "Due", "What"]]
    lines += [
        [
            str(item.id),
            formats.money(item.estimated, item.currency),
            "snoozed" if item.snoozed(today) else item.state,
            item.owner or "",
            _due_text(item, today),
            output.one_line(item.title),
        ]
        for item in _items(savings)
    ]
    return output.table(lines, align=">><<<<")


def _due_text(item: TrackedItem, today: date) -> str:
    if item.due_on is None:
        return ""
    return f"{item.due_on}{', overdue' if item.overdue(today) else ''}"


def _implemented(savings: Iterable[Saving]) -> str:
    lines = [["Id", "Since", "Estimated", "Actual", "Measured", "90 %", "What"]]
    for saving in savings:
        item, amount = saving.item, saving.amount
        lines.append(
            [
                str(item.id),
                str(item.implemented_on),
                formats.money(item.estimated, item.currency),
                formats.money(item.actual, item.currency),
                _measured(saving),
                interval(amount, item.currency) if amount else "",
                output.one_line(item.title),
            ]
        )
    return output.table(lines, align="><>>><<")


def _measured(saving: Saving) -> str:
    if saving.amount is None:
        return "not looked up" if saving.why_not == NOT_ASKED else saving.evidence
    return formats.money(saving.amount.saving, saving.item.currency)


def interval(found: MeasuredSaving, currency: str) -> str:
    """Where a saving lies, with what that tells."""
    low, high = (formats.money(end, currency) for end in (found.low, found.high))
    if found.high < 0:
        told = "costs more"
    else:
        told = "verified" if found.verified else "may be nothing"
    return f"{told}, exact" if low == high else f"{told}, {low} to {high}"


def _rejected(savings: Iterable[Saving]) -> str:
    lines = [["Id", "Estimated", "Reason", "What"]]
    lines += [
        [
            str(item.id),
            formats.money(item.estimated, item.currency),
            output.one_line(item.reason or ""),
            output.one_line(item.title),
        ]
        for item in _items(savings)
    ]
    return output.table(lines, align=">><<")


def _items(savings: Iterable[Saving]) -> list[TrackedItem]:
    return [saving.item for saving in savings]
