"""What is spent at all times, on demand, that a commitment would make cheaper?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pandas as pd

from finops import formats
from finops.analysis.workload_optimization.findings import Check, Finding
from finops.analysis.workload_optimization.line_table import A_MONTH
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.usage import Usage
from finops.focus import DATE_COLUMN
from finops.periods import ChargePeriod

ON_DEMAND: Final = "Standard"

TWO_WEEKS: Final = 14

NOTABLE: Final = 10.0
"""An amount a month below which a commitment is not worth the bond."""

DISCOUNT: Final = 0.2

SOURCE: Final = (
    "20 % is what the KPI dashboard of AWS's Cloud Intelligence Dashboards assumes "
    "for a commitment of one year"
)


def steady_spend(usage: Usage, check: Check, *, title: str) -> Iterator[Finding]:
    """Each account that spends on `check.meters` on demand without a pause.

    The cheapest day is what a commitment may safely cover. The last day of the
    period is left out: it may not be billed in full yet.
    """
    if usage.period.days <= TWO_WEEKS:
        return
    period = ChargePeriod(usage.period.start, usage.period.last_day)
    per_day = _on_demand(usage, check.meters, period)
    for (account, account_id), costs in per_day:
        least = float(costs.min()) if len(costs) == period.days else 0.0
        if least * A_MONTH >= NOTABLE:
            line = Line.of_account(account, account_id, costs, monthly=least * A_MONTH)
            yield _finding(line, usage, title.format(account=account))


def _on_demand(
    usage: Usage, meters: str, period: ChargePeriod
) -> Iterator[tuple[tuple[str, object], pd.Series[float]]]:
    """What each account, by name and id, spent on each day."""
    days = usage.days
    wanted = days["meter"].str.fullmatch(meters, na=False)
    wanted &= days["pricing"] == ON_DEMAND
    wanted &= days[DATE_COLUMN] < pd.Timestamp(period.end, tz="UTC")
    accounts = days[wanted].groupby(["account", "account_id"], dropna=False)
    for (name, account_id), rows in accounts:
        yield (str(name), account_id), rows.groupby(DATE_COLUMN)["cost"].sum()


def _finding(line: Line, usage: Usage, title: str) -> Finding:
    least, most, month = (
        formats.money(amount, usage.currency)
        for amount in (line.least, line.most, line.monthly)
    )
    return Finding(
        line=line,
        title=title,
        savings=line.monthly * DISCOUNT,
        bill=f"From {least} to {most} a day on demand, over {line.days} days",
        formula=f"The cheapest day, all month: {month} x {DISCOUNT:.1f}",
        price=SOURCE,
        facts={"hourly_commitment": f"{line.least * (1 - DISCOUNT) / 24:.4f}"},
    )
