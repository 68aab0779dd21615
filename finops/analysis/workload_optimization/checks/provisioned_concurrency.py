"""Which functions are kept warm at a higher price than they save?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import (
    USAGE_TYPE,
    Check,
    Finding,
    own_id,
    public_share,
    the,
)
from finops.analysis.workload_optimization.list_prices import origin
from finops.analysis.workload_optimization.usage import Usage

USED: Final = r"Lambda-Provisioned-GB-Second(-ARM)?"

WORTH_IT: Final = 0.6
"""From this use on, provisioned concurrency is the cheaper way to run."""


def find(usage: Usage) -> Iterator[Finding]:
    """Each function that uses less than it has provisioned."""
    ran = usage.monthly(USED, ended=True)
    dearer = 1 / public_share(
        "Lambda provisioned GB-second", of="Lambda x86_64 GB-second"
    )
    used = usage.used(USED, "Lambda provisioned GB-second")
    for line in usage.lines(CHECK.meters):
        held = line.units("Lambda concurrency GB-second")
        use = used.get(line.place, 0.0) / held
        if use >= WORTH_IT:
            continue
        running = ran.get(line.place, 0.0)
        kept, spent = (
            formats.money(cost, usage.currency) for cost in (line.monthly, running)
        )
        yield Finding(
            line=line,
            title=f"Stop keeping {the(line, 'function')} warm",
            savings=line.monthly + running * (1 - dearer),
            bill=f"{kept} a month for provisioned concurrency, of which "
            f"{formats.percent(use)} is used",
            formula=f"{kept} + {spent} x (1 - {dearer:.2f}), as running without it is dearer",
            price=origin(),
            facts={"function_name": own_id(line)},
        )


CHECK: Final = Check(
    kind="lambda_provisioned_concurrency",
    name="Provisioned concurrency",
    action="Configure",
    risk="medium",
    effort="quick_win",
    rule="A function uses less than 60 % of its provisioned concurrency",
    service="AWS Lambda",
    meters=r"Lambda-Provisioned-Concurrency(-ARM)?",
    beside=USED,
    find=find,
    needs=(USAGE_TYPE, "ResourceId"),
    part="concurrency",
)
