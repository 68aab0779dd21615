"""What CloudWatch measured, up to 500 metrics a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from finops.analysis.workload_optimization.inventory.metrics import Metric, Reading
from finops.analysis.workload_optimization.inventory.resources import Resource
from finops.aws.questions import Place, Question
from finops.errors import FinOpsError

METRICS: Final = Question("cloudwatch:GetMetricData", "MetricDataResults")

MOST: Final = 500
"""Metrics in one request."""

Wanted = tuple[Resource, Metric]


@dataclass(slots=True)
class Measured:
    """What was measured; a metric that is missing could not be read."""

    readings: dict[tuple[str, Metric], Reading] = field(default_factory=dict)
    failures: tuple[FinOpsError, ...] = ()
    asked: int = 0


def measure(resources: Sequence[Resource], place: Place, now: datetime) -> Measured:
    """What the metrics of those `resources` say that are old enough to judge."""
    measured = Measured()
    for batch in _batches(_wanted(resources, now)):
        measured.asked += len(batch)
        try:
            measured.readings |= _read(batch, place, now)
        except FinOpsError as error:
            measured.failures = (*measured.failures, error)
    return measured


def _wanted(resources: Sequence[Resource], now: datetime) -> Iterator[Wanted]:
    for resource in resources:
        for metric in resource.metrics:
            days = timedelta(days=metric.days)
            if resource.created is not None and now - resource.created >= days:
                yield resource, metric


def _batches(wanted: Iterator[Wanted]) -> Iterator[list[Wanted]]:
    """The metrics of as many days together, no more than a request may hold."""
    by_days: dict[int, list[Wanted]] = {}
    for resource, metric in wanted:
        by_days.setdefault(metric.days, []).append((resource, metric))
    for alike in by_days.values():
        for start in range(0, len(alike), MOST):
            yield alike[start : start + MOST]


def _read(
    batch: Sequence[Wanted], place: Place, now: datetime
) -> dict[tuple[str, Metric], Reading]:
    end = now.replace(minute=0, second=0, microsecond=0)
    [days] = {metric.days for _, metric in batch}
    results = place.ask(
        METRICS,
        StartTime=end - timedelta(days=days),
        EndTime=end,
        MetricDataQueries=[_query(n, *wanted) for n, wanted in enumerate(batch)],
    )
    values: dict[str, list[float]] = {}
    states: dict[str, set[str]] = {}
    for one in results:
        values.setdefault(one["Id"], []).extend(one["Values"])
        states.setdefault(one["Id"], set()).add(one["StatusCode"])
    return {
        (resource.id, metric): Reading(tuple(values[f"m{n}"]))
        for n, (resource, metric) in enumerate(batch)
        if _whole(states.get(f"m{n}", set()))
    }


def _whole(states: set[str]) -> bool:
    """Whether all of a metric came; parts of it come before the whole."""
    return "Complete" in states and states <= {"Complete", "PartialData"}


def _query(number: int, resource: Resource, metric: Metric) -> Mapping[str, Any]:
    dimensions = [{"Name": name, "Value": text} for name, text in resource.dimensions]
    return {
        "Id": f"m{number}",
        "MetricStat": {
            "Metric": {
                "Namespace": metric.namespace,
                "MetricName": metric.name,
                "Dimensions": dimensions,
            },
            "Period": metric.period,
            "Stat": metric.statistic,
        },
    }
