"""What for developers and testers runs at night and at weekends?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.environments import environment
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
    the,
)
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.usage import Usage

OFFICE_HOURS: Final = 50
WEEK_HOURS: Final = 168

TWO_WEEKS: Final = 14
"""Two weekends must have been seen."""

NEARLY_ALL_DAY: Final = 23.0


def find(usage: Usage) -> Iterator[Finding]:
    """Each machine outside production that never rests."""
    for line in usage.lines(CHECK.meters):
        if not _never_rests(line):
            continue
        said = line.environment or line.account
        if environment(said) == "other":
            paid = formats.money(line.monthly, usage.currency)
            database = ":db." in line.meter
            noun, key = (
                ("database", "db_identifier")
                if database
                else ("machine", "instance_id")
            )
            yield Finding(
                line=line,
                title=f"Stop {the(line, noun)} at night and at weekends",
                savings=line.monthly * (1 - OFFICE_HOURS / WEEK_HOURS),
                bill=f"{paid} a month, the same on each of {line.days} days, in {said}",
                formula=f"{paid} x (1 - {OFFICE_HOURS} / {WEEK_HOURS} hours of a week)",
                facts={key: own_id(line), "environment": said},
            )


def _never_rests(line: Line) -> bool:
    if line.committed or not line.flat or line.span < TWO_WEEKS:
        return False
    return line.quantity is None or line.quantity / line.days >= NEARLY_ALL_DAY


CHECK: Final = Check(
    kind="office_hours",
    name="Running at night and weekends",
    action="Configure",
    risk="low",
    effort="moderate",
    rule="A machine outside production, by its tag or its account's name, runs day and "
    "night on 14 days or more",
    service="Amazon Elastic Compute Cloud",
    meters=r"BoxUsage:.+|(InstanceUsage|Multi-AZUsage):db\..+|Notebk:.+",
    find=find,
    needs=(USAGE_TYPE, "ResourceId"),
    part="instance",
)
