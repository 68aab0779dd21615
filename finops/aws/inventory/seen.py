"""What was read of one kind of resource, in one account and region."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from finops.analysis.workload_optimization.inventory.metrics import Metric, Reading
from finops.analysis.workload_optimization.inventory.resources import Resource
from finops.aws.questions import Place, Question
from finops.errors import FinOpsError


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read, and what could not be.

    Attributes:
        failures: Why single resources or metrics are missing.
        asked: How many metrics CloudWatch was asked for; it charges for them.
    """

    resources: Sequence[Resource] = ()
    readings: Mapping[tuple[str, Metric], Reading] = field(default_factory=dict)
    failures: tuple[FinOpsError, ...] = ()
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of resource, and how it is read.

    Attributes:
        question: What is asked first.
        read: Lists the resources of a place at a time.
    """

    name: str
    question: Question
    read: Callable[[Place, datetime], Seen]


def tags_of(
    found: Mapping[str, Any], *, key: str = "Tags", name: str = "Key"
) -> dict[str, str]:
    """The tags of something that AWS describes."""
    value = "value" if name == "key" else "Value"
    return {tag[name]: tag.get(value, "") for tag in found.get(key) or ()}
