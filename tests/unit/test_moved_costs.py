"""What a change moves to another meter is not saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from finops.analysis.realization import MeasuredSaving, NotMeasurable
from finops.errors import DimensionUnavailableError
from finops.focus import CostQuery, Costs
from finops.periods import DAY, ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace import Workspace
from finops.workspace.realization import Change, measured_saving
from tests.fakes import BillInMemory, Charge, bill, every_day

TODAY = date(2026, 11, 23)

CHANGE = date(2026, 9, 24)

BEFORE = ChargePeriod(date(2026, 6, 1), CHANGE)

AFTER = ChargePeriod(CHANGE, TODAY)

WHOLE = ChargePeriod(BEFORE.start, TODAY)

HOURS = 730 / 24

EC2 = "Amazon Elastic Compute Cloud"

OLD, NEW = "i-0old", "i-0new"


def paid(
    period: ChargePeriod,
    cost: float,
    usage_type: str,
    *,
    resource: str | None = None,
    service: str = EC2,
) -> list[Charge]:
    return every_day(
        period, cost, service=service, ResourceId=resource, x_UsageType=usage_type
    )


def source(*rows: list[Charge], resources: bool = True) -> BillInMemory:
    text = dict.fromkeys(("ResourceId", "x_UsageType"), "str")
    table = bill(*(row for each in rows for row in each)).astype(text)
    return BillInMemory(table if resources else table.drop(columns="ResourceId"))


def change(action: str | None, **where: str | None) -> Change:
    return Change(
        implemented_on=CHANGE,
        currency="USD",
        account="prod",
        account_id=None,
        service=where.get("service", EC2),
        resource_id=where.get("resource"),
        usage_type=where.get("usage_type"),
        action=action,
    )


def looked_up(of: Change, found_in: BillInMemory) -> MeasuredSaving | NotMeasurable:
    return measured_saving(Workspace(found_in, TODAY), of)


def saved_a_day(of: Change, found_in: BillInMemory) -> float:
    found = looked_up(of, found_in)
    assert isinstance(found, MeasuredSaving), found
    return found.saving / HOURS


Move = tuple[str, Mapping[str, float], Mapping[str, float]]
"""An action, and what a day costs by usage type, before it and after it."""

MOVES: dict[str, Move] = {
    "gp2 to gp3 with throughput": (
        "Upgrade",
        {"EBS:VolumeUsage.gp2": 10.0},
        {"EBS:VolumeUsage.gp3": 8.0, "EBS:VolumeP-Throughput.gp3": 0.5},
    ),
    "io1 to gp3": (
        "Upgrade",
        {"EBS:VolumeUsage.piops": 4.0, "EBS:VolumeP-IOPS.piops": 6.0},
        {"EBS:VolumeUsage.gp3": 3.0},
    ),
    "a smaller machine": (
        "Rightsize",
        {"BoxUsage:m5.2xlarge": 9.2, "DataTransfer-Out-Bytes": 1.0},
        {"BoxUsage:m5.large": 2.3, "DataTransfer-Out-Bytes": 1.0},
    ),
    "a younger generation": (
        "Upgrade",
        {"EU-BoxUsage:m4.large": 2.6},
        {"EU-BoxUsage:m6i.large": 2.5},
    ),
    "Graviton": (
        "MigrateToGraviton",
        {"InstanceUsage:db.r5.large": 6.0, "RDS:GP2-Storage": 2.0},
        {"InstanceUsage:db.r6g.large": 5.4, "RDS:GP2-Storage": 2.0},
    ),
    "another storage class": (
        "Configure",
        {"TimedStorage-ByteHrs": 5.0},
        {"TimedStorage-INT-FA-ByteHrs": 3.5, "Monitoring-Automation-INT": 0.1},
    ),
    "standard support": (
        "Upgrade",
        {"ExtendedSupport:Yr1-Yr2:MySQL5.7": 4.8, "InstanceUsage:db.r5.large": 6.0},
        {"InstanceUsage:db.r5.large": 6.0},
    ),
    "a third year of extended support": (
        "Upgrade",
        {"ExtendedSupport:Yr1-Yr2:MySQL5.7": 4.8},
        {"ExtendedSupport:Yr3:MySQL5.7": 9.6},
    ),
    "by hand": (
        "",
        {"EBS:VolumeUsage.gp2": 10.0},
        {"EBS:VolumeUsage.gp3": 8.0},
    ),
}


@pytest.mark.parametrize("resources", [True, False], ids=["resources", "account"])
@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_only_the_difference_is_saved(move: Move, *, resources: bool) -> None:
    action, before, after = move
    sides = ((BEFORE, before), (AFTER, after))
    rows = [
        paid(period, cost, name, resource="it")
        for period, side in sides
        for name, cost in side.items()
    ]
    where = change(action or None, resource="it", usage_type=next(iter(before)))

    saving = saved_a_day(where, source(*rows, resources=resources))

    assert saving == pytest.approx(sum(before.values()) - sum(after.values()))


def test_what_another_meter_does_is_no_saving() -> None:
    rows = [
        paid(BEFORE, 9.0, "BoxUsage:m5.large", resource=OLD),
        paid(AFTER, 6.0, "BoxUsage:m5a.large", resource=OLD),
        paid(AFTER, 50.0, "EBS:SnapshotUsage", resource="snap-1"),
        paid(AFTER, 50.0, "EU-BoxUsage:m5.large", resource="i-0far"),
        paid(AFTER, 50.0, "BoxUsage:m5.large", service="Amazon Lightsail"),
    ]
    where = change("Rightsize", resource=OLD, usage_type="BoxUsage:m5.large")

    saving = saved_a_day(where, source(*rows, resources=False))

    assert saving == pytest.approx(3.0)


def test_a_service_that_the_bill_calls_something_else_is_found_by_its_meter() -> None:
    rows = [paid(BEFORE, 9.0, "BoxUsage:m5.large"), paid(AFTER, 6.0, "BoxUsage:m5a")]
    where = change("Rightsize", service="EC2", usage_type="BoxUsage:m5.large")

    assert saved_a_day(where, source(*rows, resources=False)) == pytest.approx(3.0)


@pytest.mark.parametrize("usage_type", ["BoxUsage:m5.large", None])
def test_what_was_replaced_by_another_resource_is_not_gone(
    usage_type: str | None,
) -> None:
    """A machine for Graviton is a new one, with an id of its own."""
    rows = [
        paid(BEFORE, 9.0, "BoxUsage:m5.large", resource=OLD),
        paid(BEFORE, 1.0, "DataTransfer-Out-Bytes", resource=OLD),
        paid(AFTER, 7.0, "BoxUsage:m6g.large", resource=NEW),
        paid(WHOLE, 20.0, "BoxUsage:c5.large", resource="i-0beside"),
        paid(WHOLE, 20.0, "EBS:VolumeUsage.gp3", resource="vol-1"),
    ]
    moved = change("MigrateToGraviton", resource=OLD, usage_type=usage_type)

    stopped = replace(moved, action="Stop")

    assert saved_a_day(moved, source(*rows)) == pytest.approx(2.0)
    assert saved_a_day(stopped, source(*rows)) == pytest.approx(10.0)


def test_what_is_deleted_takes_all_its_charges_along() -> None:
    rows = [
        paid(BEFORE, 1.0, "NatGateway-Hours", resource="nat-1"),
        paid(BEFORE, 0.5, "NatGateway-Bytes", resource="nat-1"),
        paid(WHOLE, 30.0, "NatGateway-Bytes", resource="nat-2"),
    ]
    deleted = change("Delete", resource="nat-1", usage_type="NatGateway-Hours")

    assert saved_a_day(deleted, source(*rows)) == pytest.approx(1.5)
    assert saved_a_day(deleted, source(*rows, resources=False)) == pytest.approx(1.0)


class OneGroup(BillInMemory):
    """A source that groups by one thing at most."""

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        if len(query.group_by) > 1:
            raise DimensionUnavailableError(
                query.group_by[-1], source=self.name, known=self.dimensions
            )
        return super().costs(query, progress=progress)


def test_a_source_that_groups_by_one_thing_tells_usage_types() -> None:
    rows = [
        paid(BEFORE, 10.0, "EBS:VolumeUsage.gp2"),
        paid(AFTER, 8.0, "EBS:VolumeUsage.gp3"),
        paid(AFTER, 50.0, "BoxUsage:m5.large"),
    ]
    bill_by_one = OneGroup(source(*rows, resources=False).charges)
    where = change("Upgrade", usage_type="EBS:VolumeUsage.gp2")

    assert saved_a_day(where, bill_by_one) == pytest.approx(2.0)


def test_an_id_tells_the_meters_where_the_bill_has_no_resources() -> None:
    rows = [
        paid(BEFORE, 10.0, "EBS:VolumeUsage.gp2"),
        paid(AFTER, 8.0, "EBS:VolumeUsage.gp3"),
        paid(AFTER, 50.0, "BoxUsage:m5.large"),
    ]
    where = change("Upgrade", resource="vol-0dd55ee66ff770088")

    assert saved_a_day(where, source(*rows, resources=False)) == pytest.approx(2.0)


def test_two_changes_of_the_same_costs_are_not_both_credited_with_all() -> None:
    rows = [
        paid(BEFORE, 9.0, "BoxUsage:m5.large", resource=OLD),
        paid(AFTER, 6.0, "BoxUsage:m5a.large", resource=OLD),
    ]
    one = change("Rightsize", resource=OLD, usage_type="BoxUsage:m5.large")
    soon = replace(one, resource_id=NEW, implemented_on=CHANGE + 9 * DAY)
    changes = [one, soon, change("Upgrade", usage_type="EBS:VolumeUsage.gp2")]

    apart = looked_up(one.among(changes), source(*rows))
    together = looked_up(one.among(changes), source(*rows, resources=False))
    alone = looked_up(
        one.among([one, replace(soon, implemented_on=CHANGE + 31 * DAY)]),
        source(*rows, resources=False),
    )

    assert isinstance(apart, MeasuredSaving)
    assert isinstance(together, NotMeasurable)
    assert together.reason.startswith("The bill does not tell it apart from another")
    assert isinstance(alone, MeasuredSaving)


def test_a_purchase_is_only_confused_with_another_purchase() -> None:
    bought = change("PurchaseReservedInstances")
    resized = change("Rightsize", resource=OLD)

    assert bought.among([bought, resized]).rivals == 0
    assert bought.among([bought, replace(bought, currency="EUR")]).rivals == 1
    assert resized.among([bought, resized]).rivals == 1
