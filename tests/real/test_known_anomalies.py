"""A month of a real bill has the anomalies that are known of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from finops.analysis.anomalies import Anomaly
from finops.focus import Metric
from finops.sources.warehouse import open_warehouse
from finops.workspace import Scope, Workspace
from finops.workspace.anomalies import anomalies

TODAY = date(2026, 11, 23)
OCTOBER = "cur/walabs_2018-10_cur_hourly.snappy.parquet"


@pytest.fixture(params=["EffectiveCost", "BilledCost"])
def found(
    request: pytest.FixtureRequest, real_data: Path, tmp_path: Path
) -> tuple[Anomaly, ...]:
    """The anomalies of October 2018, looking back at the whole month."""
    metric: Metric = request.param
    bill = open_warehouse(str(real_data / OCTOBER), cache_dir=tmp_path, today=TODAY)
    return anomalies(
        Workspace(bill, TODAY), Scope(period=bill.extent, metric=metric)
    ).anomalies


def test_glue_is_the_cause_of_the_steps_of_the_10th_the_16th_and_the_18th(
    found: tuple[Anomaly, ...],
) -> None:
    glue = sorted(
        (each for each in found if each.service == "AWS Glue"),
        key=lambda each: each.period.start,
    )

    assert [(each.period.start.day, each.direction) for each in glue] == [
        (10, "up"),
        (16, "down"),
        (18, "up"),
    ]
    endpoints = [str(each.cause.dimensions["ResourceId"]) for each in glue]
    assert [endpoint.partition("/")[2] for endpoint in endpoints] == [
        "CUR-test",
        "CUR-test",
        "testing",
    ]
    assert {each.cause.dimensions["RegionId"] for each in glue} == {"us-east-1"}


def test_the_reservation_fees_of_the_1st_are_none(found: tuple[Anomaly, ...]) -> None:
    assert min(each.period.start.day for each in found) > 1
    assert len(found) <= 9
