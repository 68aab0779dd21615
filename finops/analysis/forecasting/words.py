"""What a forecast rests on and how far to trust it, in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from finops import formats
from finops.analysis.forecasting.daily_costs import DailyCosts
from finops.analysis.forecasting.forecast import Confidence
from finops.analysis.forecasting.path import Path
from finops.analysis.forecasting.record import Record
from finops.analysis.forecasting.short import SHORT

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
    path: Path, history: DailyCosts, width: float | None, record: Record | None
) -> Confidence:
    """How far to trust the sum.

    Args:
        path: What is expected.
        history: The days it was made from.
        width: Half the width of the 80 % interval of the sum, as a part of it;
            None where the sum is nothing.
        record: How the method did on past days.
    """
    days = formats.plural(len(history), "day")
    if len(history) < SHORT:
        return Confidence("low", f"There are only {days} of history.")
    if width is None:
        return Confidence("medium", "Nothing is charged at present.")
    off = f"In 80 of 100 cases the sum is off by at most {formats.percent(width)}."
    if width > WIDE:
        return Confidence("low", f"{off} {_past(record)}".strip())
    if len(history) < ENOUGH_DAYS or record is None:
        return Confidence("medium", f"There are only {days} of history. {off}")
    sure = width <= NARROW and path.kind != "sparse"
    return Confidence("high" if sure else "medium", f"{off} {_past(record)}".strip())


def _past(record: Record | None) -> str:
    """How the method did, where that is known."""
    if record is None or record.mean_error_percent is None:
        return ""
    tests = formats.plural(len(record.forecasts), "past day")
    off = formats.percent(record.mean_error_percent / 100)
    return f"Tested on {tests}, it was off by {off} on average."


def assumptions(
    path: Path,
    history: DailyCosts,
    *,
    restated_days: int,
    trend_percent: float | None,
    volatility_percent: float | None,
) -> tuple[str, ...]:
    """What the forecast rests on, one sentence each."""
    sentences = (
        _history(history, restated_days),
        *_taken_out(path, history.last_day),
        _growth(path, trend_percent),
        _volatility(volatility_percent),
    )
    return tuple(sentence for sentence in sentences if sentence)


def _history(history: DailyCosts, restated_days: int) -> str:
    days = formats.plural(len(history), "day")
    used = f"{days} of history up to {formats.day(history.last_day)}"
    if not restated_days:
        return f"{used}."
    left_out = formats.plural(restated_days, "day")
    return f"{used}; {left_out} after it may still be restated and are left out."


def _taken_out(path: Path, last_day: date) -> list[str]:
    """What the recipe found in the history."""
    if path.kind == "linear":
        return ["The straight line through these days goes on."]
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


def notes(path: Path, history: DailyCosts, *, days: int) -> tuple[str, ...]:
    """What to know before one relies on it; empty where all is well."""
    sentences = (
        _short(history),
        _new(path, history),
        _unknown(history),
        "It is charged on few days only, so that single days are hard to tell."
        if path.kind == "sparse"
        else "",
        "Credits outweigh what is charged; they end once they are used up."
        if path.costs.sum() < 0
        else "",
        f"Beyond {LONG_DAYS} days it is no better than the mean of the last weeks."
        if days > LONG_DAYS
        else "",
    )
    return tuple(sentence for sentence in sentences if sentence)


def _short(history: DailyCosts) -> str:
    if len(history) >= SHORT:
        return ""
    days = formats.plural(len(history), "day")
    if len(history) < FEW_DAYS:
        return f"There is not enough history for a forecast to rely on: {days}."
    return f"{days} of history are too few to see a trend."


def _new(path: Path, history: DailyCosts) -> str:
    """Most of the window passed before the first charge."""
    lived = len(path.usual)
    if path.kind == "sparse" or lived == len(history):
        return ""
    first = formats.day(history.day(len(history) - lived))
    return f"It was first charged on {first}; what is new is hard to foresee."


def _unknown(history: DailyCosts) -> str:
    unknown = int((~history.known).sum())
    if not unknown:
        return ""
    days = formats.plural(unknown, "day")
    return f"{days} without a known cost stand for the days around them."
