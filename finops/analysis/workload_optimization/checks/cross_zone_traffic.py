"""What is paid for data between zones of one region?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops.analysis.workload_optimization.findings import (
    Check,
    Finding,
    at_most,
    the,
)
from finops.analysis.workload_optimization.usage import Usage

NOTABLE: Final = 10.0
"""An amount a month below which it is not worth the work."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each machine that sends for $10 a month or more to other zones."""
    for line in usage.lines(CHECK.meters):
        if line.monthly >= NOTABLE:
            yield at_most(
                line,
                usage,
                title=f"Keep the traffic of {the(line, 'machine')} within its zone",
                bill="for data between zones",
                why="some of it pays for standing in two zones",
            )


CHECK: Final = Check(
    kind="cross_zone_traffic",
    name="Data between zones",
    action="Configure",
    risk="medium",
    effort="project",
    rule="Data between zones costs 10 a month or more",
    service="Amazon Elastic Compute Cloud",
    meters=r"DataTransfer-Regional-Bytes",
    find=find,
    part="data",
)
