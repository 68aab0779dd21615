"""Which machines are of a generation that today's beats at a lower price?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from finops import formats
from finops.analysis.workload_optimization.findings import Check, Finding, the
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.list_prices import (
    EC2_SUCCESSORS,
    Successor,
    origin,
)
from finops.analysis.workload_optimization.machine_prices import machine_hour
from finops.analysis.workload_optimization.usage import Usage
from finops.analysis.workload_optimization.usage_types import InstanceType

LINUX: Final = (None, "RunInstances")


def find(usage: Usage) -> Iterator[Finding]:
    """Each machine of an old generation that is paid for by the hour."""
    for line in usage.lines(CHECK.meters):
        old = InstanceType.within(line.meter)
        if old is None or line.committed or old.family not in EC2_SUCCESSORS:
            continue
        yield _finding(line, old, EC2_SUCCESSORS[old.family], usage.currency)


def _finding(line: Line, old: InstanceType, new: Successor, currency: str) -> Finding:
    target = f"{new.family}.{old.size}" if old.size in new.sizes else None
    known = target is not None and line.operation in LINUX
    ratio = _ratio(str(old), target or "", usual=new.ratio)
    paid = formats.money(line.monthly, currency)
    return Finding(
        line=line,
        title=f"Move {the(line, 'machine')} from {old} to {target or new.family}",
        savings=line.monthly * (1 - ratio) if known else None,
        bill=f"{paid} a month for {old}, on demand",
        formula=f"{paid} x (1 - {ratio:.3f}), which is what {target} costs of {old}"
        if known
        else "Not known: there is no successor of its size, or its price holds a licence",
        price=origin(machines=True) if known else "",
        facts={
            "instance_id": line.resource_id,
            "current_type": str(old),
            "target_type": target,
        },
    )


def _ratio(old: str, new: str, *, usual: float) -> float:
    """What `new` costs of `old`: not every size costs as much in proportion."""
    before, after = machine_hour(old), machine_hour(new)
    return after / before if before and after else usual


CHECK: Final = Check(
    kind="ec2_previous_generation",
    name="Machines of an old generation",
    action="Upgrade",
    risk="medium",
    effort="moderate",
    rule="A machine of generation t1, t2, m1 to m4, c3, c4, r3, r4 or i2 is paid on demand",
    service="Amazon Elastic Compute Cloud",
    meters=r"BoxUsage:.+",
    find=find,
)
