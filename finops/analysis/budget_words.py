"""Whether a limit holds, in plain words."""

from __future__ import annotations

from finops import formats
from finops.analysis.budgeting import Outlook, Severity
from finops.periods import ChargePeriod


def severity_word(severity: Severity) -> str:
    """A severity as it is read: `none` is good news."""
    return "fine" if severity == "none" else severity


def overage_text(found: Outlook, currency: str) -> str:
    """By how much the projected cost is above or below the limit."""
    amount = formats.money(abs(found.overage), currency)
    side = "over" if found.overage > 0 else "under"
    if found.overage_percent is None:
        return f"{amount} {side} the budget"
    share = formats.percent(abs(found.overage_percent) / 100)
    return f"{amount} ({share}) {side} the budget"


def breach_text(found: Outlook) -> str:
    """When the limit is passed, how sure that is, and how likely at all."""
    chance = f"probability {formats.percent(found.probability)}"
    if found.breach_date is None:
        return f"not expected in this time ({_perhaps(found)}{chance})"
    when = formats.day(found.breach_date)
    if not found.days_left:
        return f"on {when} ({chance})"
    days = formats.plural(found.days_left, "day")
    return f"in {days}, on {when} ({breach_range(found)}; {chance})"


def breach_range(found: Outlook) -> str:
    """Between which days the limit is passed in 8 of 10 cases."""
    early = found.breach_early or found.breach_date
    if early is None:
        return "not at all"
    if found.breach_late is None:
        return f"{formats.day(early)} at the earliest, perhaps not at all"
    return f"{formats.day(early)} to {formats.day(found.breach_late)}"


def cut_text(found: Outlook, currency: str) -> str:
    """What would save the limit; empty where it needs no saving."""
    if found.reduce_per_day is None:
        return "the budget is passed already"
    if not found.reduce_per_day:
        return ""
    return (
        f"reduce daily spend by {formats.money(found.reduce_per_day, currency)} a day"
    )


def outlook_sentence(found: Outlook, period: ChargePeriod, currency: str) -> str:
    """Where a month lands, by how much that is too much, when, and what would help."""
    parts = [
        f"{period.start:%B %Y} is projected at "
        f"{formats.money(found.projected, currency)}, {overage_text(found, currency)} "
        f"of {formats.money(found.limit, currency)}"
    ]
    if found.breach_date:
        parts.append(f"exceeded {breach_text(found)}")
    if cut := cut_text(found, currency):
        parts.append(cut)
    return "; ".join(parts) + "."


def _perhaps(found: Outlook) -> str:
    early = found.breach_early
    return f"at the earliest on {formats.day(early)}; " if early else ""
