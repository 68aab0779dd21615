"""From which day to which does a bill know every charge?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from finops.errors import EmptySourceError, MalformedTableError, SourceError
from finops.periods import DAY, ChargePeriod
from finops.sources.warehouse.survey import FileFacts

FIRST_BILL: Final = date(2006, 1, 1)
"""AWS has sent bills since this year; an earlier date is a misread one."""


def require_charges(facts: Sequence[FileFacts], *, today: date, source: str) -> None:
    """Check that there is something to count, of days that can be.

    Raises:
        EmptySourceError: If there is no charge.
        MalformedTableError: If a charge has an impossible date.
        SourceError: If every charge lies in the future.
    """
    if not facts:
        msg = f"{source} holds no charges."
        raise EmptySourceError(msg, hint="Check that the export has been delivered.")
    first = min(each.days.start for each in facts)
    if first < FIRST_BILL:
        msg = f"{source} has a charge of the year {first.year}."
        raise MalformedTableError(msg, hint="Write dates as YYYY-MM-DD.")
    if first > today:
        msg = f"Every charge in {source} lies in the future: the first is of {first}."
        hint = "Check the dates in it and the clock of this machine."
        raise SourceError(msg, hint=hint)


def extent_of(facts: Sequence[FileFacts], *, today: date) -> ChargePeriod:
    """The days from the first charge to the last day that is known.

    That is the last complete one, and the day after it if the bill breaks off
    in it: what was delivered of that day is counted.
    Charges dated later are answered when they are asked for, but no period
    ends with them by itself.
    """
    first = min(each.days.start for each in facts)
    complete = complete_until(facts)
    breaks_off = max(each.days.end for each in facts) > complete
    end = complete + DAY if breaks_off else complete
    return ChargePeriod(first, max(min(end, today), first + DAY))


def complete_until(facts: Sequence[FileFacts]) -> date:
    """The day after the last complete one: hourly or daily charges reach its end."""
    return max(covered_until(each) for each in facts)


def covered_until(facts: FileFacts) -> date:
    """The day after the last complete one of a file.

    One that has neither hourly nor daily charges knows the day of its last.
    """
    if facts.covered_until is not None:
        return facts.covered_until.date()
    return facts.days.end
