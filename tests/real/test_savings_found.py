"""What real bills give away, and what a real export adds up to."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from finops.analysis.workload_optimization import total_monthly_savings
from finops.sources.exports import read_exports
from finops.sources.warehouse import open_warehouse
from finops.workspace import Scope, Workspace
from finops.workspace.commitments import commitments
from finops.workspace.recommendations import Recommendations, recommendations

TODAY = date(2026, 11, 23)


def found_in(file: Path, cache_dir: Path) -> Recommendations:
    """What could be saved of the last 30 days of a bill."""
    source = open_warehouse(str(file), cache_dir=cache_dir, today=TODAY)
    space = Workspace(source, TODAY)
    return recommendations(space, Scope(period=space.period()))


def test_october_2018_has_old_volumes_old_machines_and_endpoints(
    real_data: Path, tmp_path: Path
) -> None:
    bill = real_data / "cur/walabs_2018-10_cur_hourly.snappy.parquet"

    found = found_in(bill, tmp_path).found

    kinds = Counter(one.kind for one in found)
    assert kinds["ebs_gp3"] > 50
    assert kinds["ec2_previous_generation"] > 20
    assert kinds["glue_dev_endpoint"] == 2
    [largest, second, *_] = found
    assert (largest.kind, second.kind) == ("glue_dev_endpoint", "glue_dev_endpoint")
    groups = {dict(one.facts).get("aws:autoscaling:groupName") for one in found}
    assert "9-5" in groups
    [m4] = [one for one in found if "m4.xlarge" in one.title]
    assert m4.estimated_monthly_savings == pytest.approx(0.2 * 0.04 * 730)
    [volume] = [one for one in found if one.resource_id == "vol-0c67bde555f59bbad"]
    assert dict(volume.facts)["volume_id"] == "vol-0c67bde555f59bbad"
    assert volume.estimated_monthly_savings == pytest.approx(0.58, abs=0.01)


def test_a_bill_of_nothing_has_an_idle_address_and_nat_as_the_largest_lever(
    real_data: Path, tmp_path: Path
) -> None:
    bill = real_data / "cur/olaraji_2026-04_cur2_daily_scrubbed.csv"

    answer = found_in(bill, tmp_path)

    addresses = [one for one in answer.found if one.kind == "eip_idle"]
    assert len(addresses) == 4
    assert all((one.estimated_monthly_savings or 0) > 0 for one in addresses)
    assert answer.found[0].kind == "nat_idle"
    assert answer.found[0].estimated_monthly_savings == pytest.approx(32.87, abs=0.01)


def test_the_rightsizing_export_is_read_to_the_cent(real_data: Path) -> None:
    file = real_data / "recommendations/walabs_ENT206_ec2_rightsizing.csv"

    found = read_exports([str(file)])

    savings = [one.estimated_monthly_savings or 0.0 for one in found]
    assert len({one.fingerprint for one in found}) == len(found) == 2534
    assert sum(savings) == pytest.approx(86_627.74)
    assert total_monthly_savings(found) == pytest.approx(86_627.74)
    assert [saving for saving in savings if saving < 0] == [-2.31]
    assert Counter(one.action for one in found) == {"Rightsize": 2299, "Stop": 235}


def test_reservations_of_october_2018_wasted_49_dollars(
    real_data: Path, tmp_path: Path
) -> None:
    bill = real_data / "cur/walabs_2018-10_cur_hourly.snappy.parquet"
    space = Workspace(open_warehouse(str(bill), cache_dir=tmp_path, today=TODAY), TODAY)

    found = commitments(space, Scope(period=space.period()))

    assert len(found.rates.commitments) == 9
    assert found.rates.unused == pytest.approx(49.00, abs=0.005)
    assert found.rates.utilisation == pytest.approx(0.826, abs=0.001)
    assert found.rates.commitments[0].ends == date(2019, 4, 24)


@pytest.mark.parametrize(
    ("example", "utilisation"),
    [
        ("commitment_discount_scenarios/commitment_discount_usage_scenario_1", 1.0),
        ("commitment_discount_scenarios/commitment_discount_usage_scenario_2", 0.0),
        ("commitment_discount_scenarios/commitment_discount_usage_scenario_3", 0.75),
    ],
)
def test_the_specification_s_examples_are_used_as_much_as_they_say(
    real_data: Path, tmp_path: Path, example: str, utilisation: float
) -> None:
    bill = real_data / f"focus/spec_examples/{example}.csv"
    space = Workspace(open_warehouse(str(bill), cache_dir=tmp_path, today=TODAY), TODAY)

    found = commitments(space, Scope(period=space.period()))

    assert found.rates.utilisation == pytest.approx(utilisation)
