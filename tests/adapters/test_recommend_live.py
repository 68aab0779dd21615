"""Everything that could be saved, asked of live accounts on the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from finops.cli import cli
from tests.adapters.recommended import HUB, enrol, hub_item, not_enrolled
from tests.double import LineItem
from tests.double.company import accounts_setting
from tests.double.plugin import Aws

PROD = "555555555555"


@pytest.fixture
def account(aws: Aws, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Aws:
    """A live account that spends in one region, and keeps an idle address there."""
    monkeypatch.setenv("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    monkeypatch.setenv("PYTHON_DOTENV_DISABLED", "1")
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAVINGS_DB", str(tmp_path / "tracker.db"))
    monkeypatch.setenv("AWS_ACCOUNTS", accounts_setting([PROD], ["prod"]))
    aws.world.now = datetime.now(UTC)
    for days in range(1, 40):
        day = (aws.world.now - timedelta(days=days)).date()
        aws.world.items.add(LineItem(day=day, account=PROD, unblended=Decimal(12)))
    not_enrolled(aws.world)
    aws.client("ec2", account=PROD).allocate_address(Domain="vpc")
    return aws


def test_the_accounts_are_looked_into_beside_the_bill(account: Aws) -> None:
    enrol(account.world, HUB)
    told = {"items": [hub_item(PROD)]}
    account.world.fixtures[HUB, "ListRecommendations", None] = told
    account.world.denied = {("rds", PROD)}

    ran = CliRunner().invoke(cli, ["--json", "recommend"], catch_exceptions=False)

    answer = json.loads(ran.stdout)
    found = {one["kind"]: one for one in answer["recommendations"]}
    assert found["eip_idle"]["source"] == "inventory"
    assert found["eip_idle"]["estimated_monthly_savings"] == pytest.approx(3.65)
    assert found["ec2_rightsize"]["source"] == "cost_optimization_hub"
    assert found["ec2_rightsize"]["account"] == "prod"
    assert not answer["complete"]
    [problem] = answer["problems"]
    assert problem["account"] == "prod"
    assert "rds:DescribeDBInstances" in problem["hint"]
    assert "rds:DescribeDBInstances" in ran.stderr
