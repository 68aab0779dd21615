"""What would a database or a cache cost on Graviton, in the same size?"""

from __future__ import annotations

from collections.abc import Mapping

from finops import formats
from finops.analysis.workload_optimization.findings import Finding, own_id, the
from finops.analysis.workload_optimization.lines import Line
from finops.analysis.workload_optimization.list_prices import Successor
from finops.analysis.workload_optimization.usage import Usage
from finops.analysis.workload_optimization.usage_types import InstanceType


def on_graviton(
    line: Line,
    usage: Usage,
    successors: Mapping[str, Successor],
    *,
    noun: str,
    facts: tuple[str, str, str],
    price: str,
) -> Finding | None:
    """The move of `line` to its family's successor; None where there is none.

    Args:
        line: The hours of a machine.
        usage: What it was found in.
        successors: What replaces each family.
        noun: What to call the machine.
        facts: What a change calls its id, its present type and the one to come.
        price: Where the ratio of the prices is from.
    """
    old = InstanceType.within(line.meter)
    if old is None or line.committed:
        return None
    new = successors.get(old.family)
    if new is None or old.size not in new.sizes:
        return None
    target = str(InstanceType(old.scope, new.family, old.size))
    paid = formats.money(line.monthly, usage.currency)
    return Finding(
        line=line,
        title=f"Move {the(line, noun)} from {old} to {target}",
        savings=line.monthly * (1 - new.ratio),
        bill=f"{paid} a month for {old}, on demand",
        formula=f"{paid} x (1 - {new.ratio:.3f}), which is what {target} costs of {old}",
        price=price,
        facts=dict(zip(facts, (own_id(line), str(old), target), strict=True)),
    )
