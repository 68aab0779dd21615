"""What a forecast rests on and how far to trust it, in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from finops import formats
from finops.analysis.forecasting.forecast import Confidence
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.record import Record

FEW_DAYS: Final = 14
"""With fewer days a forecast is a guess."""

ENOUGH_DAYS: Final = 60
"""With fewer days confidence is not high."""

NARROW, WIDE = 0.10, 0.25
"""Half the width of the 80 % interval, as a part of the sum: below the one
confidence may be high, above the other it is low."""

LONG_DAYS: Final = 45
"""Beyond so many days, tests show no skill over the mean of the last weeks."""


def confidence(
    path: Path, width: float | None, record: Record | None, *, history_days: int
) -> Confidence:
    """How far to trust the sum.

    Args:
        path: What is expected.
        width: Half the width of the 80 % interval of the sum, as a part of it;
            None where the sum is nothing.
        record: How the method did on past days.
        history_days: How many days of the past there are.
    """
    if history_days < FEW_DAYS:
        few = formats.plural(history_days, "day")
        return Confidence("low", f"{few} of history are not enough to learn from.")
    if width is None:
        return Confidence("medium", "Nothing is charged at present.")
    off = f"In 80 of 100 cases the sum is off by at most {formats.percent(width)}."
    if width > WIDE:
        return Confidence("low", f"{off} {_past(record)}".strip())
    if history_days < ENOUGH_DAYS or record is None:
        few = formats.plural(history_days, "day")
        return Confidence("medium", f"There are only {few} of history. {off}")
    level: Final = "high" if width <= NARROW and path.kind != "sparse" else "medium"
    return Confidence(level, f"{off} {_past(record)}".strip())


def _past(record: Record | None) -> str:
    """How the method did, where that is known."""
    if record is None or record.mean_error_percent is None:
        return ""
    tests = formats.plural(len(record.forecasts), "past day")
    off = formats.percent(record.mean_error_percent / 100)
    return f"Tested on {tests}, it was off by {off} on average."


def assumptions(
    path: Path,
    *,
    history_days: int,
    last_day: date,
    restated_days: int,
    trend_percent: float | None,
    volatility_percent: float | None,
) -> tuple[str, ...]:
    """What the forecast rests on, one sentence each."""
    return tuple(
        sentence
        for sentence in (
            _history(history_days, last_day, restated_days),
            *_taken_out(path, last_day),
            _growth(path, trend_percent),
            _volatility(volatility_percent),
        )
        if sentence
    )


def _history(history_days: int, last_day: date, restated_days: int) -> str:
    used = f"{formats.plural(history_days, 'day')} of history up to {formats.day(last_day)}"
    if not restated_days:
        return f"{used}."
    left_out = formats.plural(restated_days, "day")
    return f"{used}; {left_out} after it may still be restated and are left out."


def _taken_out(path: Path, last_day: date) -> list[str]:
    """What the recipe found in the history."""
    found = []
    if path.kind == "sparse" and path.fees.any():
        found.append("It is charged on the same days of each month, and will be again.")
    elif path.fees.any():
        found.append("Fees of the first days of a month come again on these days.")
    if path.priced_per_month:
        found.append("A price per month makes a day cheaper in a long month.")
    if path.spikes:
        days = formats.plural(path.spikes, "day")
        found.append(f"{days} that stood out for once will not come again.")
    if path.shift_days_ago:
        found.append(_shift(path, last_day))
    return found


def _shift(path: Path, last_day: date) -> str:
    first = last_day - timedelta(days=(path.shift_days_ago or 1) - 1)
    if path.shift_ratio is None:
        return f"The level changed on {formats.day(first)} and stays."
    by = formats.percent(path.shift_ratio - 1, signed=True)
    return f"The level changed by {by} on {formats.day(first)} and stays."


def _growth(path: Path, percent: float | None) -> str:
    if path.kind == "nothing":
        return "Nothing was charged, and nothing will be."
    if percent is None:
        return ""
    by = formats.percent(percent / 100, signed=True)
    return f"A coming day costs {by} against the last four weeks, fees aside."


def _volatility(percent: float | None) -> str:
    if percent is None:
        return ""
    return f"A day strays by {formats.percent(percent / 100)} from its weekday's usual cost."


def notes(path: Path, *, history_days: int, filled: int, days: int) -> tuple[str, ...]:
    """What to know before one relies on it; empty where all is well."""
    found = []
    if history_days < FEW_DAYS:
        found.append(
            f"There is not enough history: {formats.plural(history_days, 'day')}."
        )
    if filled:
        unknown = formats.plural(filled, "day")
        found.append(f"{unknown} without a known cost stand for the days around them.")
    if path.kind == "sparse":
        found.append("It is charged on few days only, which makes days hard to tell.")
    if days > LONG_DAYS:
        found.append(
            f"Beyond {LONG_DAYS} days a forecast is no better than the mean of the "
            "last weeks: look at the intervals."
        )
    return tuple(found)
