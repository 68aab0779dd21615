"""Which resources do less than what is paid for them?

The bill shows a good deal of it by itself, for any number of accounts: each
check in `checks` looks at the usage types that give one kind of waste away.
"""

from __future__ import annotations

from finops.analysis.workload_optimization.merging import merged
from finops.analysis.workload_optimization.overlaps import (
    counted_savings,
    total_monthly_savings,
)
from finops.analysis.workload_optimization.run import (
    KIND_NAMES,
    BillFindings,
    LeftOut,
    findings_in,
    looked_at,
)
from finops.analysis.workload_optimization.usage import HISTORY_DAYS, Usage

__all__ = [
    "HISTORY_DAYS",
    "KIND_NAMES",
    "BillFindings",
    "LeftOut",
    "Usage",
    "counted_savings",
    "findings_in",
    "looked_at",
    "merged",
    "total_monthly_savings",
]
