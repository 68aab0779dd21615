"""Where a month lands and whether its budget holds, as text and as JSON."""

from __future__ import annotations

from dataclasses import asdict, astuple
from typing import TYPE_CHECKING, Any, Final

from finops import formats
from finops.budgets import Budget
from finops.cli import output

if TYPE_CHECKING:
    from finops.analysis.budgeting import Outlook
    from finops.analysis.landing import Landing
    from finops.workspace.ahead import Ahead

OUTLOOK_KEYS: Final = (
    *("limit", "projected", "overage", "overage_percent", "severity", "days_left"),
    *("breach_date", "breach_early", "breach_late", "probability", "reduce_per_day"),
)


def outlook_json(landing: Landing, budget: Budget | None) -> dict[str, Any]:
    """Whether `budget` holds; without one, what is known all the same."""
    from finops.analysis.budgeting import outlook  # noqa: PLC0415 - loads pandas

    if budget is None:
        return dict.fromkeys(OUTLOOK_KEYS) | {"projected": landing.projected}
    found = outlook(landing, budget.limit)
    return {key: getattr(found, key) for key in OUTLOOK_KEYS}


def landing_json(landing: Landing) -> dict[str, Any]:
    """Where a period lands."""
    return {
        "start": landing.period.start,
        "end": landing.period.end,
        "missing": landing.missing and asdict(landing.missing),
        "unread": landing.unread,
        "to_date": landing.to_date,
        "days_ahead": landing.days_ahead,
        "interval": {
            "80": astuple(landing.interval80),
            "95": astuple(landing.interval95),
        },
    }


def alert_text(ahead: Ahead, budget: Budget) -> str:
    """Whether the next 30 days stay within the budget."""
    from finops.analysis.budgeting import outlook  # noqa: PLC0415 - loads pandas

    found = outlook(ahead.next_30_days, budget.limit)
    title = "Budget alert" if found.needs_attention else "Budget"
    return (
        f"{title}, next 30 days: {_severity(found)}\n"
        f"{output.table(_outlook_rows(found, ahead.currency), align='<<')}"
    )


def month_text(ahead: Ahead, budget: Budget | None) -> str:
    """Where the calendar month lands, and whether its budget holds."""
    from finops.analysis.budgeting import outlook  # noqa: PLC0415 - loads pandas

    lands, currency = ahead.month, ahead.currency
    head = lands.name
    low, high = (formats.money(end, currency) for end in astuple(lands.interval80))
    rows = [
        [
            "To date",
            f"{formats.money(lands.to_date, currency)}, with "
            f"{formats.plural(lands.days_ahead, 'day')} to come{_may_rise(ahead)}",
        ],
        [
            "Month end",
            f"{formats.money(lands.projected, currency)}; {low} to {high} in 80 of "
            "100 cases",
        ],
    ]
    if budget:
        found = outlook(lands, budget.limit)
        head = f"{head}: {_severity(found)}"
        rows += _outlook_rows(found, currency)
    return f"{head}\n{output.table(rows, align='<<')}"


def _may_rise(ahead: Ahead) -> str:
    """That AWS may still add to the last days that are counted as known."""
    known = min(ahead.restated_days, len(ahead.month.burned))
    if not known:
        return ""
    last = "day" if known == 1 else f"{known} days"
    return f"; the last {last} may still rise"


def _outlook_rows(found: Outlook, currency: str) -> list[list[str]]:
    """The limit, by how much it is passed, when, and what would save it."""
    from finops.analysis import budget_words as words  # noqa: PLC0415 - loads pandas

    rows = [
        [
            "Budget",
            f"{formats.money(found.limit, currency)}, projected "
            f"{formats.money(found.projected, currency)}",
        ],
        ["Not counted", words.missing_text(found)],
    ]
    if found.overage is not None:
        rows += [
            [
                "Overage" if found.overage > 0 else "Left",
                words.overage_text(found, currency),
            ],
            ["Exceeded", words.breach_text(found)],
            ["To save it", words.cut_text(found, currency)],
        ]
    return [row for row in rows if row[1]]


def _severity(found: Outlook) -> str:
    from finops.analysis import budget_words as words  # noqa: PLC0415 - loads pandas

    return words.severity_word(found.severity).upper()
