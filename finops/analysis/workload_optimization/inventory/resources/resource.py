"""What all that is paid for has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from finops.analysis.workload_optimization.inventory.metrics import Metric

Dimensions = tuple[tuple[str, str], ...]
"""How CloudWatch tells a resource from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Something that is paid for.

    Attributes:
        id: What AWS calls it, as the bill does.
        created: None where AWS does not tell.
    """

    id: str
    created: datetime | None = None
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What must be measured to judge it."""
        return ()

    @property
    def dimensions(self) -> Dimensions:
        """What CloudWatch calls it."""
        return ()
