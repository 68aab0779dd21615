"""CloudWatch is asked for many metrics at once, and a failed answer is no zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from finops.analysis.workload_optimization.inventory.metrics import EC2_CPU
from finops.analysis.workload_optimization.inventory.resources import Instance
from finops.aws.inventory.measuring import METRICS, Measured, measure
from finops.aws.questions import Place, Question
from finops.errors import ThrottledError

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@dataclass
class CloudWatch:
    """Answers each metric with 1.0; the requests of `refused` it does not answer."""

    refused: Sequence[int] = ()
    states: Sequence[str] = ("Complete",)
    requests: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, question: Question, **request: Any) -> list[Any]:
        assert question is METRICS
        self.requests.append(request)
        if len(self.requests) in self.refused:
            msg = "Slow down."
            raise ThrottledError(msg)
        return [
            {"Id": query["Id"], "Values": [1.0], "StatusCode": state}
            for query in request["MetricDataQueries"]
            for state in self.states
        ]


def machines(count: int, *, days: int = 100) -> list[Instance]:
    started = NOW - timedelta(days=days)
    return [
        Instance(id=f"i-{n}", created=started, type="m5.large", state="running")
        for n in range(count)
    ]


def measured(cloudwatch: CloudWatch, resources: Sequence[Instance]) -> Measured:
    return measure(resources, cast("Place", cloudwatch), NOW)


def test_five_hundred_metrics_go_into_a_request() -> None:
    cloudwatch = CloudWatch()

    found = measured(cloudwatch, machines(300))

    sizes = [len(request["MetricDataQueries"]) for request in cloudwatch.requests]
    assert sizes == [500, 500, 200]
    assert found.asked == len(found.readings) == 1200


def test_a_request_that_fails_leaves_its_metrics_unknown_and_no_others() -> None:
    found = measured(CloudWatch(refused=[2]), machines(300))

    assert len(found.readings) == 700
    assert [str(failure) for failure in found.failures] == ["Slow down."]


def test_parts_of_an_answer_are_put_together() -> None:
    whole = measured(CloudWatch(states=["PartialData", "Complete"]), machines(1))
    cut = measured(CloudWatch(states=["PartialData"]), machines(1))

    assert whole.readings["i-0", EC2_CPU].values == (1.0, 1.0)
    assert cut.readings == {}


def test_what_is_too_young_to_judge_is_not_asked_for() -> None:
    cloudwatch = CloudWatch()

    found = measured(cloudwatch, machines(3, days=13))

    assert (found.asked, cloudwatch.requests) == (0, [])


def test_the_look_back_ends_with_a_whole_hour() -> None:
    cloudwatch = CloudWatch()

    measured(cloudwatch, machines(1))

    [request] = cloudwatch.requests
    assert request["EndTime"] == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert request["EndTime"] - request["StartTime"] == timedelta(days=14)
