"""Whether a limit holds, in plain words."""

from __future__ import annotations

from typing import Final

from finops import formats
from finops.analysis.budgeting import Outlook, Severity

NAMED: Final = 3
"""More accounts that could not be read are counted, not named."""


def severity_word(severity: Severity) -> str:
    """A severity as it is read: `none` is good news."""
    return "fine" if severity == "none" else severity


def overage_text(found: Outlook, currency: str) -> str:
    """By how much the projected cost is above or below the limit."""
    if found.overage is None:
        return formats.UNKNOWN
    amount = formats.money(abs(found.overage), currency)
    side = "over" if found.overage > 0 else "under"
    if found.overage_percent is None:
        return f"{amount} {side} the budget"
    share = formats.percent(abs(found.overage_percent) / 100)
    return f"{amount} ({share}) {side} the budget"


def missing_text(found: Outlook) -> str:
    """What is not counted, and what that means; empty where everything is."""
    if found.whole:
        return ""
    days = [formats.days(found.missing)] if found.missing else []
    named = len(found.unread) <= NAMED
    unread = found.unread if named else [formats.plural(len(found.unread), "account")]
    lacking = " and ".join([*days, *unread])
    if found.severity == "unknown":
        return f"what {lacking} cost is not known, nor whether the budget holds"
    return f"what {lacking} cost is not known, and comes on top"


def breach_text(found: Outlook) -> str:
    """When the limit is passed, how sure that is, and how likely at all."""
    if found.probability is None:
        return formats.UNKNOWN
    chance = f"probability {formats.percent(found.probability)}"
    known = found.breach_early == found.breach_late
    sure = chance if known else f"{breach_range(found)}; {chance}"
    return f"{breach_day(found)} ({sure})"


def breach_day(found: Outlook) -> str:
    """When the limit is passed."""
    if found.severity == "unknown":
        return formats.UNKNOWN
    if found.breach_date is None:
        return "not expected in this time"
    when = f"on {formats.day(found.breach_date)}"
    if not found.days_left:
        return when
    return f"in {formats.plural(found.days_left, 'day')}, {when}"


def breach_range(found: Outlook) -> str:
    """Between which days the limit is passed in 8 of 10 cases."""
    early = found.breach_early or found.breach_date
    if found.severity == "unknown":
        return formats.UNKNOWN
    if early is None:
        return "not at all"
    if found.breach_late is None:
        return f"{formats.day(early)} at the earliest, perhaps not at all"
    if found.breach_late == early:
        return formats.day(early)
    return f"{formats.day(early)} to {formats.day(found.breach_late)}"


def cut_text(found: Outlook, currency: str) -> str:
    """What would save the limit; empty where it needs no saving."""
    if found.severity == "unknown":
        return formats.UNKNOWN
    if found.reduce_per_day is None:
        return "the budget is passed already"
    if not found.reduce_per_day:
        return ""
    cut = formats.money(found.reduce_per_day, currency)
    least = "" if found.whole else "at least "
    return f"reduce daily spend by {least}{cut} a day"


def outlook_sentence(found: Outlook, name: str, currency: str) -> str:
    """Where a period lands, by how much that is too much, when, and what would help.

    Args:
        found: Whether the limit holds.
        name: What the period is called.
        currency: The currency of the costs.
    """
    projected, limit = (
        formats.money(cost, currency) for cost in (found.projected, found.limit)
    )
    if found.severity == "unknown":
        return (
            f"{name}: {projected} projected, of {limit} a month; {missing_text(found)}."
        )
    parts = [
        f"{name}: {projected} projected, {overage_text(found, currency)} of {limit}"
    ]
    if not found.whole:
        parts.append(missing_text(found))
    if found.breach_date:
        parts.append(f"passed {breach_text(found)}")
    if found.reduce_per_day:
        parts.append(cut_text(found, currency))
    return "; ".join(parts) + "."


def brief(found: Outlook, name: str, currency: str) -> str:
    """The same after the budget's name, in whole units, for those in a hurry."""
    projected, limit = (
        formats.money(cost, currency, cents=False)
        for cost in (found.projected, found.limit)
    )
    share = found.overage_percent
    over = "over" if share is None else f"{formats.percent(share / 100)} over"
    passed = f"; passed {breach_day(found)}" if found.breach_date else ""
    cut = (
        f"; {formats.money(found.reduce_per_day, currency)} a day less would save it"
        if found.reduce_per_day and found.whole
        else ""
    )
    return f"lands at {projected} in {name}, {over} {limit}{passed}{cut}."
