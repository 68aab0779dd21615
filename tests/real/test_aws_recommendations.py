"""Recorded answers of AWS's own recommendations, through the whole road."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from finops.accounts import Account
from finops.analysis.workload_optimization.machine_prices import machine_hour
from finops.aws.findings import Findings
from finops.aws.scan import scan
from finops.aws.sessions import Sessions
from tests.adapters.recommended import HUB, OPTIMIZER, enrol
from tests.double.plugin import NOW, Aws

RECORDED = "recommendations/api"


def recorded(path: Path) -> Any:
    """What AWS answered, with its times as times."""

    def times(value: dict[str, Any]) -> Any:
        if value.pop("__class__", "") != "datetime":
            return value
        return datetime(**value, tzinfo=UTC)

    answer = json.loads(path.read_text(), object_hook=times)["data"]
    answer.pop("ResponseMetadata")
    return answer


def scanned(aws: Aws) -> Findings:
    aws.world.checked = False  # one answer is trimmed, another has no tags
    return scan(
        [Account(name="sandbox")],
        sessions=Sessions(),
        now=NOW,
        topics=(),
        regions={aws.world.payer: ["us-east-1"]},
    )


def test_the_hubs_other_instance_type_saves_43_dollars_a_month(
    aws: Aws, real_data: Path
) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    answer = "test_ec2_costhub_resize/cost-optimization-hub.ListRecommendations_1.json"
    told = recorded(real_data / RECORDED / answer)
    aws.world.fixtures[HUB, "ListRecommendations", None] = told

    [found] = scanned(aws).recommendations

    assert found.estimated_monthly_savings == 43.07
    assert (found.kind, found.risk, found.effort) == (
        "ec2_rightsize",
        "medium",
        "moderate",
    )
    assert dict(found.facts) == {
        "instance_id": "i-000ce83ee0c70e572",
        "current_type": "m5a.xlarge",
        "target_type": "r5a.large",
    }


def test_the_hubs_volume_is_a_quick_win(aws: Aws, real_data: Path) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    answer = "cost_opt_hub_ebs/cost-optimization-hub.ListRecommendations_1.json"
    told = recorded(real_data / RECORDED / answer)
    aws.world.fixtures[HUB, "ListRecommendations", None] = told

    [found] = scanned(aws).recommendations

    assert (found.kind, found.estimated_monthly_savings) == ("ebs_gp3", 0.64)
    assert (found.risk, found.effort) == ("low", "quick_win")


def test_an_instance_that_fits_is_left_alone(aws: Aws, real_data: Path) -> None:
    enrol(aws.world, HUB)
    enrol(aws.world, OPTIMIZER)
    operation = "GetEC2InstanceRecommendations"
    folder = "test_ec2_compute_optimizer_client_side"
    told = recorded(real_data / RECORDED / folder / f"{OPTIMIZER}.{operation}_1.json")
    aws.world.fixtures[OPTIMIZER, operation, None] = told

    found = scanned(aws)

    assert len(told["instanceRecommendations"]) == 2
    assert found == Findings()


def test_machines_cost_what_aws_asks(real_data: Path) -> None:
    listed = real_data / "prices/ec2_linux_ondemand_us-east-1_karpenter.csv"
    with listed.open(newline="") as file:
        told = {
            row["instance_type"]: float(row["usd_per_hour"])
            for row in csv.DictReader(file)
        }

    known = {name: machine_hour(name) for name in told}

    wrong = {
        name: (hour, told[name])
        for name, hour in known.items()
        if hour is not None and abs(hour - told[name]) > 0.0005 * told[name] + 0.00005
    }
    assert sum(hour is not None for hour in known.values()) > 200
    assert wrong == {}
