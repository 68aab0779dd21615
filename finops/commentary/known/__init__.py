"""What was worked out elsewhere, as facts that a text can cite.

Every figure that people ask for is worked out here, so that nobody who writes
has to compute: by how much more, how many percent, per day, from which day.
"""

from __future__ import annotations

from finops.commentary.known.ahead import forecast_facts, service_facts
from finops.commentary.known.findings import finding_facts
from finops.commentary.known.limits import budget_facts, milestone_facts
from finops.commentary.known.moves import anomaly_facts, change_facts

__all__ = [
    "anomaly_facts",
    "budget_facts",
    "change_facts",
    "finding_facts",
    "forecast_facts",
    "milestone_facts",
    "service_facts",
]
