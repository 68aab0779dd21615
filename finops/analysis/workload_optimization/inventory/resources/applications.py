"""Functions and secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from finops.analysis.workload_optimization.inventory import metrics
from finops.analysis.workload_optimization.inventory.metrics import Metric
from finops.analysis.workload_optimization.inventory.resources.resource import (
    Dimensions,
    Resource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Resource):
    """A Lambda function; `created` is when it was changed last."""

    runtime: str
    memory_mb: int
    architecture: str

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """How long it runs."""
        return (metrics.LAMBDA_DURATION,)

    @property
    def dimensions(self) -> Dimensions:
        """Its name."""
        return (("FunctionName", self.id),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret(Resource):
    """A secret; its id is its ARN.

    Attributes:
        used: The last day on which somebody read it, if anybody ever did.
        replica: Whether it follows a secret in another region.
    """

    name: str
    used: datetime | None = None
    replica: bool = False
