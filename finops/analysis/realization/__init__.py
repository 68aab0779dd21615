"""What did a change really save? (FinOps Framework: Reporting & Analytics).

The bill after a change is held against what it would have been without it, and
the saving has an interval: the days before tell how well that is known.
"""

from __future__ import annotations

from finops.analysis.realization.measuring import measure
from finops.analysis.realization.saving import (
    LEAST_DAYS_AFTER,
    MeasuredSaving,
    Method,
    NotMeasurable,
    falls_short,
)

__all__ = [
    "LEAST_DAYS_AFTER",
    "MeasuredSaving",
    "Method",
    "NotMeasurable",
    "falls_short",
    "measure",
]
