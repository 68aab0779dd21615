"""Everything that the checks find in a bill, and which of them could not look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from finops.analysis.workload_optimization.checks import CHECKS
from finops.analysis.workload_optimization.findings import Check
from finops.analysis.workload_optimization.inventory.checks import (
    CHECKS as INVENTORY_CHECKS,
)
from finops.analysis.workload_optimization.usage import HISTORY_DAYS, Usage
from finops.analysis.workload_optimization.usage_types import meter
from finops.focus import dimension_label
from finops.recommendations import Recommendation

FEW: Final = 4
"""More checks than this are counted, not named."""

KIND_NAMES: Final[Mapping[str, str]] = {
    **{check.kind: check.name for check in INVENTORY_CHECKS},
    **{check.kind: check.name for check in CHECKS},
}
"""What each kind of finding is called on screen."""

NEEDED_HISTORY: Final = "ebs_old_snapshot"
"""The check that needs to know what was there long ago."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Checks that could not look, and why."""

    checks: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        named = ", ".join(self.checks[:FEW])
        more = f" and {left} more" if (left := len(self.checks) - FEW) > 0 else ""
        return f"Not looked for: {named}{more}. {self.why}"


@dataclass(frozen=True, slots=True)
class BillFindings:
    """What the bill gives away.

    Attributes:
        left_out: The checks that could not look.
    """

    recommendations: tuple[Recommendation, ...]
    left_out: tuple[LeftOut, ...] = ()


def looked_at(
    usage_types: Iterable[str], checks: Sequence[Check] = CHECKS
) -> tuple[str, ...]:
    """Those of `usage_types` that any of `checks` looks at."""
    return tuple(
        usage_type
        for usage_type in usage_types
        if any(check.looks_at(meter(usage_type)) for check in checks)
    )


def findings_in(usage: Usage, checks: Sequence[Check] = CHECKS) -> BillFindings:
    """All that `checks` find in `usage`, the largest saving first."""
    able = [
        check
        for check in checks
        if set(check.needs) <= usage.dimensions and (usage.whole or not check.beside)
    ]
    found = [one for check in able for one in check.recommend(usage)]
    found.sort(key=lambda one: -(one.estimated_monthly_savings or 0.0))
    return BillFindings(tuple(found), tuple(_left_out(usage, checks)))


def _left_out(usage: Usage, checks: Iterable[Check]) -> Iterable[LeftOut]:
    lacking: dict[str, list[str]] = {}
    for check in checks:
        for name in check.needs:
            if name not in usage.dimensions:
                lacking.setdefault(name, []).append(check.name)
                break
        else:
            if check.kind == NEEDED_HISTORY and usage.seen_before is None:
                why = f"It does not reach back {HISTORY_DAYS} days from its end."
                yield LeftOut((check.name,), f"The bill: {why}")
    comparing = tuple(check.name for check in checks if check.beside)
    if comparing and not usage.whole:
        yield LeftOut(comparing, "The filter may leave out what they compare with.")
    for name, names in lacking.items():
        yield LeftOut(tuple(names), f"The bill has no {dimension_label(name).lower()}.")
