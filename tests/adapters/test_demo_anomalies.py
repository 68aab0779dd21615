"""The demo company's story is found in its bill, and little else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from finops.analysis.anomalies import Anomaly
from finops.periods import ChargePeriod
from finops.sources.demo import DemoSource
from finops.sources.demo.story import ANOMALY, LAUNCH_DAYS_AGO, RIGHTSIZING
from finops.sources.demo.tracked import TRACKED
from finops.workspace import Scope, Workspace
from finops.workspace.anomalies import anomalies

TODAY = date(2026, 11, 23)

MOST = 20
"""Eighteen months hold nine changes of the story; more than twice is noise."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.fixture(scope="module")
def space() -> Workspace:
    return Workspace(DemoSource(TODAY), TODAY)


@pytest.fixture(scope="module")
def found(space: Workspace) -> tuple[Anomaly, ...]:
    return anomalies(space, Scope(period=space.period("30 days"))).anomalies


@pytest.fixture(scope="module")
def in_all(space: Workspace) -> tuple[Anomaly, ...]:
    return anomalies(space, Scope(period=space.extent)).anomalies


def test_the_anomaly_of_the_story_is_found_with_its_cause(
    found: tuple[Anomaly, ...],
) -> None:
    days = ChargePeriod(ago(ANOMALY.first), ago(ANOMALY.last - 1))

    [nat] = [each for each in found if each.period == days]

    cause = nat.cause.dimensions
    assert nat.account == ANOMALY.account
    assert cause["x_UsageType"] == ANOMALY.usage_type
    assert str(cause["ResourceId"]).endswith(ANOMALY.resource)
    assert nat.cause.share > 0.95
    assert nat.impact == pytest.approx(4 * 500 * 0.045, rel=0.1)


def test_the_launch_is_a_lasting_step_of_what_was_launched(
    found: tuple[Anomaly, ...],
) -> None:
    launched = [e for e in found if e.period.start == ago(LAUNCH_DAYS_AGO)]

    assert {each.service for each in launched} == {
        "Amazon Elastic Compute Cloud",
        "Amazon OpenSearch Service",
    }
    assert {each.ending for each in launched} == {"lasting"}
    [machines] = [e for e in launched if e.service == "Amazon Elastic Compute Cloud"]
    assert machines.cause.dimensions["Tags.team"] == "search"


def test_nothing_else_happened_in_the_last_30_days(found: tuple[Anomaly, ...]) -> None:
    assert len(found) == 3


def test_what_was_done_to_save_is_all_that_fell(in_all: tuple[Anomaly, ...]) -> None:
    falls = {
        each.cause.dimensions["ResourceId"]: each.period.start
        for each in in_all
        if each.direction == "down"
    }

    done = {
        change.resource_id: ago(change.implemented)
        for change in TRACKED
        if change.implemented
    }
    assert {resource: done.get(resource) for resource in falls} == falls
    assert falls[RIGHTSIZING.resource] == ago(RIGHTSIZING.days_ago)


def test_there_are_few_false_alarms_in_eighteen_months(
    in_all: tuple[Anomaly, ...],
) -> None:
    assert 9 <= len(in_all) <= MOST


@pytest.mark.parametrize("metric", ["BilledCost", "EffectiveCost"])
def test_fees_of_the_first_are_no_anomaly(space: Workspace, metric: str) -> None:
    year = ChargePeriod(ago(365), TODAY)
    scope = Scope(period=year, metric=metric)  # type: ignore[arg-type]

    told = anomalies(space, scope).anomalies

    assert [each for each in told if each.period.start.day == 1] == []
