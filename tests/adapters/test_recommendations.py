"""What could be saved, in the demo and where a source tells less than a bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from finops.aws.findings import Findings
from finops.errors import DimensionUnavailableError, Problem
from finops.focus import CostQuery, Costs
from finops.savings import SavingsTracker
from finops.sources import Progress, in_silence
from finops.sources.demo import DemoSource
from finops.sources.demo.tracked import TRACKED
from finops.sources.live import LiveAccounts
from finops.workspace import Scope, Workspace
from finops.workspace.demo_savings import fill
from finops.workspace.recommendations import (
    Recommendations,
    recommendations,
    statuses,
    still_to_save,
)
from tests.fakes import BillInMemory, bill
from tests.unit.usage import PERIOD, meter

TODAY = date(2026, 11, 23)


@dataclass(eq=False)
class FewGroups(BillInMemory):
    """A bill that is asked like Cost Explorer: by a few things at most."""

    most: int = 2

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        groups = [name for name in query.group_by if name != "SubAccountName"]
        if len(groups) > self.most:
            raise DimensionUnavailableError(groups[-1], source=self.name, known=groups)
        return super().costs(query, progress=progress)


def found(today: date) -> Recommendations:
    space = Workspace(DemoSource(today), today)
    return recommendations(space, Scope(period=space.period()))


def test_a_filter_that_hides_the_traffic_makes_no_gateway_idle() -> None:
    busy = [*meter("NatGateway-Hours", 32.85), *meter("NatGateway-Bytes", 450.0)]
    table = bill(*busy)
    space = Workspace(BillInMemory(table), TODAY)
    scope = Scope(period=space.period()).narrowed("x_UsageType", "NatGateway-Hours")

    answer = recommendations(space, scope)

    assert answer.found == ()
    [note] = [n for n in answer.costs.notes if "The filter" in n]
    assert "Idle NAT gateways" in note


@pytest.mark.parametrize("ago", [0, 40, 100, 200], ids=str)
def test_the_demo_has_waste_of_many_kinds_whatever_the_day(ago: int) -> None:
    answer = found(TODAY - timedelta(days=ago))

    assert len(answer.found) >= 15
    assert len({one.kind for one in answer.found}) >= 10
    assert {one.account for one in answer.found} == {"prod", "staging", "dev"}
    assert answer.costs.notes == ()


def test_what_the_demo_tracks_is_not_found_anew(tmp_path: Path) -> None:
    tracker = tmp_path / "savings.db"
    fill(tracker, TODAY)

    answer = found(TODAY)

    status = statuses(answer.found, SavingsTracker(tracker))
    tracked = {(each.kind, each.account, each.resource_id) for each in TRACKED}
    again = [
        one
        for one in answer.found
        if (one.kind, one.account, one.resource_id) in tracked
    ]
    assert len(again) >= 2
    assert "new" not in {status[one.fingerprint] for one in again}


def test_the_demo_s_total_is_less_than_its_sum_and_than_half_its_cost(
    tmp_path: Path,
) -> None:
    answer = found(TODAY)

    status = statuses(answer.found, SavingsTracker(tmp_path / "tracker.db"))
    counted = still_to_save(answer.found, status, currency="USD")
    total = sum(counted.values())

    assert set(status.values()) == {"new"}
    assert total < sum(one.estimated_monthly_savings or 0.0 for one in answer.found)
    assert 400.0 < total < 2450.80 / 2


@pytest.mark.parametrize(
    ("most", "service_told"),
    [(2, "Amazon Elastic Compute Cloud"), (3, "EC2 - Other")],
    ids=["an organization", "a member"],
)
def test_cost_explorer_tells_accounts_and_usage_types_and_hardly_more(
    most: int, service_told: str
) -> None:
    charges = [
        *meter("EBS:VolumeUsage.gp2", 20.0, resource="vol-1", service="EC2 - Other"),
        *meter("EBS:VolumeUsage.gp2", 30.0, resource="vol-2", service="EC2 - Other"),
        *meter("EUC1-NatGateway-Hours", 32.85, account="dev"),
    ]
    space = Workspace(FewGroups(bill(*charges), most=most), TODAY)

    answer = recommendations(space, Scope(period=PERIOD))

    told = {(one.kind, one.account, one.region): one for one in answer.found}
    volumes = told["ebs_gp3", "prod", "us-east-1"]
    assert volumes.service == service_told
    assert volumes.resource_id is None
    assert volumes.estimated_monthly_savings == pytest.approx(10.0)
    assert ("nat_idle", "dev", "eu-central-1") in told
    assert any("Not looked for" in note for note in answer.costs.notes)


def test_accounts_are_looked_into_where_they_spend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    volume = meter("EBS:VolumeUsage.gp2", 20.0, resource="vol-1")
    space = Workspace(BillInMemory(bill(*volume)), TODAY)
    [by_bill] = recommendations(space, Scope(period=PERIOD)).found
    by_account = replace(by_bill, source="inventory", estimated_monthly_savings=3.0)
    problem = Problem("dev", "denied", "AWS denied it.", "Grant it.")
    asked: list[Mapping[str, Sequence[str]]] = []

    def scan(
        *_: object, regions: Mapping[str, Sequence[str]], **__: object
    ) -> Findings:
        asked.append(regions)
        return Findings((by_account,), (problem,), ("Not enrolled.",))

    monkeypatch.setattr("finops.aws.scan.scan", scan)
    answer = recommendations(
        space, Scope(period=PERIOD), live=lambda: cast("LiveAccounts", FakeAccounts())
    )

    [one] = answer.found
    assert (one.source, one.estimated_monthly_savings) == ("inventory", 3.0)
    assert asked == [{"111111111111": ("us-east-1",)}]
    assert (answer.unread, answer.costs.problems) == ((problem,), ())
    assert "Not enrolled." in answer.costs.notes


class FakeAccounts:
    """Stands for the accounts of AWS_ACCOUNTS, where nobody looks into them."""

    accounts = ()
    sessions = None
    organization = None

    def now(self) -> datetime:
        """The morning of the day."""
        return datetime(2026, 11, 23, 8, tzinfo=UTC)
