"""Do two exports of different kinds tell of the same costs?

A bucket may hold the same bill as a CUR and as FOCUS, a folder the same costs
by project and by category. Their lines cannot be matched, and adding them
would double the bill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from finops.errors import SourceError
from finops.sources.warehouse.daily_costs import DAILY_COSTS
from finops.sources.warehouse.parts import Part
from finops.sources.warehouse.survey import FileFacts


def require_one_view(facts: Mapping[Part, Sequence[FileFacts]]) -> None:
    """Check that no two kinds of export have the same account and days.

    Raises:
        SourceError: For the first two that do.
    """
    for one, other in combinations(facts, 2):
        if (
            view(one) != view(other)
            and any(
                own.days.overlap(theirs.days)
                for own in facts[one]
                for theirs in facts[other]
            )
            and billing_accounts(one) & billing_accounts(other)
        ):
            first, second = (example(part) for part in (one, other))
            msg = f"{first} and {second} tell of the same costs."
            hint = "Name one of them: together they would count double."
            raise SourceError(msg, hint=hint)


def view(part: Part) -> tuple[str, ...]:
    """From which side `part` tells of costs: as line items, or per day and what."""
    if part.format is DAILY_COSTS:
        return tuple(part.bill.names)
    return (part.format.name,)


def billing_accounts(part: Part) -> set[str | None]:
    """The billing accounts of `part`; None among them where it does not say."""
    accounts = part.bill.lines.select(account=part.value("BillingAccountId"))
    return set(accounts.distinct().to_pyarrow()["account"].to_pylist())


def example(part: Part) -> str:
    """What to call `part`: its first file and its format."""
    return f"{part.files[0].name} ({part.format.name})"
