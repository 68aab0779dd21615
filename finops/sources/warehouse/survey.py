"""What does each file hold: how many charges, of which days?

One query over a few columns tells the extent of the data, whether files may
hold the same charges, and whether net amounts are filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import ibis

from finops.errors import MalformedTableError
from finops.periods import DAY, ChargePeriod
from finops.sources.warehouse.amortization import NET
from finops.sources.warehouse.bills import Value
from finops.sources.warehouse.parts import FILE_COLUMN, Part


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What one file holds, or one table of a database.

    Attributes:
        file: Its path; empty for a table of a database.
        charges: How many it has.
        first: When the first of them starts.
        last: When the last of them starts.
        covered_until: When the last hourly or daily one ends; monthly taxes
            and fees end long after the data does.
        first_billing_period, last_billing_period: None where it does not say.
        net_amounts: How many charges have an amount after discounts.
    """

    file: str
    charges: int
    first: datetime
    last: datetime
    covered_until: datetime | None
    first_billing_period: datetime | None
    last_billing_period: datetime | None
    net_amounts: int

    @property
    def days(self) -> ChargePeriod:
        """The days from its first charge to its last."""
        return ChargePeriod(self.first.date(), self.last.date() + DAY)

    def may_share_charges_with(self, other: FileFacts) -> bool:
        """Whether both have charges of one billing period, on the same days."""
        own, others = self.billing_periods, other.billing_periods
        return self.days.overlap(other.days) is not None and (
            own is None or others is None or own.overlap(others) is not None
        )

    @property
    def billing_periods(self) -> ChargePeriod | None:
        """From the first day of its first billing period to that of its last."""
        if self.first_billing_period is None or self.last_billing_period is None:
            return None
        first, last = self.first_billing_period, self.last_billing_period
        return ChargePeriod(first.date(), last.date() + DAY)


def survey(part: Part) -> list[FileFacts]:
    """The facts of each file of `part` that holds any charge.

    Raises:
        MalformedTableError: If a charge has no date: it would be in no period.
    """
    rows = facts_of(part).to_pyarrow().to_pylist()
    found = [row for row in rows if row["charges"]]
    if undated := sum(row.pop("undated") for row in found):
        msg = f"Charges without a date: {undated}."
        raise MalformedTableError(msg, hint="Take these lines out, or date them.")
    only = str(part.files[0]) if part.files else ""
    return [FileFacts(**{"file": only, **row}) for row in found]


def facts_of(part: Part) -> Value:
    """One row for each file, with everything in `FileFacts`."""
    bill, net = part.bill, NET["line_item_unblended_cost"]
    several = {"file": bill.lines[FILE_COLUMN]} if len(part.files) > 1 else {}
    lines = bill.lines.select(
        **several,
        start=part.value("ChargePeriodStart"),
        end=part.value("ChargePeriodEnd"),
        billing_period=part.value("BillingPeriodStart"),
        net=bill[net] if net in bill else ibis.null("float64"),
    )
    a_day_at_most = lines.end <= lines.start + ibis.interval(days=1)
    return lines.aggregate(
        by=list(several),
        charges=lines.count(),
        first=lines.start.min(),
        last=lines.start.max(),
        covered_until=lines.end.max(where=a_day_at_most),
        first_billing_period=lines.billing_period.min(),
        last_billing_period=lines.billing_period.max(),
        undated=lines.start.isnull().sum(),
        net_amounts=lines.net.count(),
    )
