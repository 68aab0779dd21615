"""Where a bill tells what was used, neither growth nor rest is taken for a saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops.analysis.realization import MeasuredSaving, NotMeasurable
from finops.analysis.realization.rates import RATES
from finops.analysis.workload_optimization.checks import CHECKS as BILLING
from finops.analysis.workload_optimization.inventory.checks import CHECKS as INVENTORY
from finops.aws.hub import KINDS as HUB
from finops.errors import DimensionUnavailableError
from finops.focus import DATE_COLUMN, CostQuery, Costs
from finops.periods import ChargePeriod
from finops.sources import Progress, in_silence
from finops.workspace import Workspace
from finops.workspace.realization import Change, measured_saving
from tests.fakes import BillInMemory, Charge, bill, charge

TODAY = date(2026, 11, 23)

CHANGE = date(2026, 9, 24)

BEFORE = ChargePeriod(date(2026, 6, 1), CHANGE)

AFTER = ChargePeriod(CHANGE, TODAY)

HOURS = 730 / 24

TEXT = ("ResourceId", "x_UsageType", "ChargeDescription")

Meter = tuple[float, float]
"""The price of a unit, and the units: gigabytes or the like, or hours a day."""

Meters = Mapping[str, Meter]


def days_of(period: ChargePeriod) -> list[date]:
    return [period.start + timedelta(days=n) for n in range(period.days)]


def of_a_day(day: date, meters: Meters, *, told: str | None = None) -> list[Charge]:
    """What `meters` charge on `day`, with the price of a unit in words."""
    charges = []
    for name, (price, units) in meters.items():
        hourly = any(word in name for word in ("Usage:", "Support", "Hours", "CPU"))
        stored = pd.Timestamp(day).days_in_month
        row = charge(
            day,
            price * units / (1 if hourly else stored),
            service="AWS",
            ResourceId="it",
            x_UsageType=name,
            ChargeDescription=told or f"${price} per {'Hour' if hourly else 'GB-mo'}",
        )
        charges.append(row)
    return charges


def source(before: Meters, after: Meters) -> BillInMemory:
    sides = ((BEFORE, before), (AFTER, after))
    rows = [
        row
        for period, side in sides
        for day in days_of(period)
        for row in of_a_day(day, side)
    ]
    return of_charges(rows)


def of_charges(rows: list[Charge]) -> BillInMemory:
    return BillInMemory(bill(*rows).astype(dict.fromkeys(TEXT, "str")))


def change(kind: str | None, usage_type: str | None = None) -> Change:
    return Change(
        implemented_on=CHANGE,
        currency="USD",
        account="prod",
        account_id=None,
        service="AWS",
        resource_id="it",
        usage_type=usage_type,
        kind=kind,
    )


def looked_up(of: Change, found_in: BillInMemory) -> MeasuredSaving | NotMeasurable:
    return measured_saving(Workspace(found_in, TODAY), of)


def saved(of: Change, found_in: BillInMemory) -> MeasuredSaving:
    found = looked_up(of, found_in)
    assert isinstance(found, MeasuredSaving), found
    return found


Case = tuple[str, Meters, Meters, float]
"""A kind of change, the meters before and after it, and what it saves a month."""

CASES: dict[str, Case] = {
    "a volume that grew by half": (
        "ebs_gp3",
        {"EBS:VolumeUsage.gp2": (0.10, 100)},
        {"EBS:VolumeUsage.gp3": (0.08, 150)},
        0.02 * 150,
    ),
    "a volume that shrank": (
        "ebs_gp3",
        {"EU-EBS:VolumeUsage.gp2": (0.11, 100)},
        {"EU-EBS:VolumeUsage.gp3": (0.088, 40)},
        0.022 * 40,
    ),
    "a volume that is given throughput": (
        "ebs_gp3",
        {"EBS:VolumeUsage.gp2": (0.10, 100)},
        {"EBS:VolumeUsage.gp3": (0.08, 150), "EBS:VolumeP-Throughput.gp3": (0.04, 25)},
        0.02 * 150 - 0.04 * 25,
    ),
    "provisioned operations, which do not grow along": (
        "ebs_io1",
        {"EBS:VolumeUsage.piops": (0.125, 100), "EBS:VolumeP-IOPS.piops": (0.065, 900)},
        {"EBS:VolumeUsage.gp3": (0.08, 150)},
        0.045 * 150 + 0.065 * 900,
    ),
    "a smaller machine that ran 40 % less": (
        "ec2_rightsize",
        {"BoxUsage:m5.2xlarge": (0.384, 24), "DataTransfer-Out-Bytes": (0.09, 500)},
        {"BoxUsage:m5.xlarge": (0.192, 14.4), "DataTransfer-Out-Bytes": (0.09, 300)},
        0.192 * 14.4 * HOURS,
    ),
    "a machine of the same size that ran 40 % less": (
        "ec2_rightsize",
        {"BoxUsage:m5.2xlarge": (0.384, 24)},
        {"BoxUsage:m5.2xlarge": (0.384, 14.4)},
        0.0,
    ),
    "a machine that runs longer, with credits": (
        "ec2_previous_generation",
        {"USW2-BoxUsage:t2.large": (0.0928, 12)},
        {"USW2-BoxUsage:t3.large": (0.0832, 24), "USW2-CPUCredits:t3": (0.05, 2)},
        (0.0928 - 0.0832) * 24 * HOURS - 0.05 * 2 * HOURS,
    ),
    "a database for Graviton, whose storage grew": (
        "rds_graviton",
        {"Multi-AZUsage:db.r5.large": (0.5, 24), "RDS:GP2-Storage": (0.115, 100)},
        {"Multi-AZUsage:db.r6g.large": (0.45, 20), "RDS:GP2-Storage": (0.115, 900)},
        0.05 * 20 * HOURS,
    ),
    "the storage of a database that grew": (
        "rds_io1",
        {"RDS:PIOPS-Storage": (0.125, 100), "RDS:PIOPS": (0.10, 1000)},
        {"RDS:GP3-Storage": (0.115, 200)},
        0.010 * 200 + 100,
    ),
    "a cache that was paused at times": (
        "elasticache_graviton",
        {"NodeUsage:cache.r5.large": (0.216, 24)},
        {"NodeUsage:cache.r6g.large": (0.206, 18)},
        0.010 * 18 * HOURS,
    ),
    "a bucket that doubled": (
        "s3_tiering",
        {"TimedStorage-ByteHrs": (0.023, 1000)},
        {
            "TimedStorage-INT-FA-ByteHrs": (0.023, 1200),
            "TimedStorage-INT-IA-ByteHrs": (0.0125, 800),
            "Monitoring-Automation-INT": (0.0025, 400),
        },
        (0.023 - 0.0125) * 800 - 0.0025 * 400,
    ),
    "extended support of a database that rested": (
        "extended_support",
        {
            "ExtendedSupport:Yr1-Yr2:MySQL5.7": (0.2, 24),
            "InstanceUsage:db.t3.large": (0.136, 24),
        },
        {"InstanceUsage:db.t3.large": (0.136, 12)},
        0.2 * 12 * HOURS,
    ),
}


@pytest.mark.parametrize("named", [True, False], ids=["usage type", "resource"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_fall_of_the_rate_is_saved_on_what_was_used_since(
    case: Case, *, named: bool
) -> None:
    kind, before, after, truth = case
    of = change(kind, next(iter(before)) if named else None)

    found = saved(of, source(before, after))

    assert found.saving == pytest.approx(truth)
    assert found.low == pytest.approx(truth)
    assert found.method == "usage"
    assert found.verified == (truth > 0)


def test_what_is_paid_and_not_the_public_price_is_saved() -> None:
    _, before, after, truth = CASES["a volume that grew by half"]
    discounted = source(before, after)
    discounted.charges["EffectiveCost"] *= 0.9

    assert saved(change("ebs_gp3"), discounted).saving == pytest.approx(0.9 * truth)


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(st.integers(20, 400), min_size=5, max_size=5))
def test_whenever_a_volume_grows_only_the_rate_counts(sizes: list[int]) -> None:
    """It has another size each month; the last is of the days that are not looked at."""
    prices = {True: ("gp2", 0.10), False: ("gp3", 0.08)}
    rows = []
    for day in days_of(ChargePeriod(BEFORE.start, date(2026, 10, 25))):
        name, price = prices[day < CHANGE]
        size = sizes[day.month - BEFORE.start.month]
        rows += of_a_day(day, {f"EBS:VolumeUsage.{name}": (price, size)})
    september, october = sizes[3:]
    after = (6 * september + 23 * october) / 29

    found = saved(change("ebs_gp3"), of_charges(rows))

    assert found.saving == pytest.approx(0.02 * after)


KNOWN = {"BoxUsage:m5.2xlarge": (0.384, 24.0)}, {"BoxUsage:m5.xlarge": (0.192, 12.0)}

LATE = pd.Timestamp("2026-10-05", tz="UTC")


def without_a_description(table: pd.DataFrame) -> pd.DataFrame:
    late = table[DATE_COLUMN] == LATE
    return table.assign(ChargeDescription=table["ChargeDescription"].mask(late))


def partly_free(table: pd.DataFrame) -> pd.DataFrame:
    free = bill(
        *of_a_day(
            LATE.date(),
            {"BoxUsage:m5.xlarge": (0.0, 3.0)},
            told="$0.00 per hour under the monthly free tier",
        )
    )
    return pd.concat([table, free], ignore_index=True)


def under_another_id(table: pd.DataFrame) -> pd.DataFrame:
    later = table[DATE_COLUMN] >= pd.Timestamp(CHANGE, tz="UTC")
    return table.assign(ResourceId=table["ResourceId"].mask(later, "another"))


Cut = Callable[[pd.DataFrame], pd.DataFrame]

UNKNOWN: dict[str, Cut] = {
    "no descriptions": lambda table: table.drop(columns="ChargeDescription"),
    "one charge has no description": without_a_description,
    "a part was free": partly_free,
    "charges for something else": lambda table: table.assign(x_UsageType="Requests"),
    "no charges on a day": lambda table: table[table[DATE_COLUMN] != LATE],
    "no public prices": lambda table: table.assign(ListCost=float("nan")),
    "several machines": lambda table: pd.concat([table] * 3, ignore_index=True),
    "another resource": under_another_id,
    "no resources": lambda table: table.drop(columns="ResourceId"),
    "no usage types": lambda table: table.drop(columns="x_UsageType"),
}


@pytest.mark.parametrize("cut", UNKNOWN.values(), ids=UNKNOWN)
def test_where_the_bill_does_not_tell_the_usage_costs_are_compared(cut: Cut) -> None:
    found_in = BillInMemory(cut(source(*KNOWN).charges))
    of = replace(change("ec2_rightsize"), action="Rightsize")

    found = saved(of, found_in)

    assert found == saved(replace(of, kind=None), found_in)
    assert found.method != "usage"


@pytest.mark.parametrize("kind", ["office_hours", "log_retention", "ec2_idle", None])
def test_what_uses_less_saves_what_it_uses_less(kind: str | None) -> None:
    before, _ = KNOWN
    found_in = source(before, {"BoxUsage:m5.2xlarge": (0.384, 12.0)})

    found = saved(change(kind), found_in)

    assert found.saving == pytest.approx(0.384 * 12 * HOURS)
    assert not any("ChargeDescription" in each.dimensions for each in found_in.queries)


def test_every_kind_that_has_a_rate_is_one_that_checks_find() -> None:
    billing, inventory = ({c.kind for c in BILLING}, {c.kind for c in INVENTORY})

    assert {*RATES} <= billing | inventory | {*HUB.values()}


class NoPrices(BillInMemory):
    """A source that tells descriptions, and not of each usage type."""

    def costs(self, query: CostQuery, *, progress: Progress = in_silence) -> Costs:
        if {"ChargeDescription", "x_UsageType"} <= {*query.group_by}:
            raise DimensionUnavailableError(
                query.group_by[-1], source=self.name, known=self.dimensions
            )
        return super().costs(query, progress=progress)


def test_a_source_that_cannot_group_so_finely_has_costs_compared() -> None:
    found = saved(change("ec2_rightsize"), NoPrices(source(*KNOWN).charges))

    assert found.saving == pytest.approx((0.384 * 24 - 0.192 * 12) * HOURS)


def test_support_that_was_charged_for_a_short_while_is_compared_as_a_whole() -> None:
    before = {"InstanceUsage:db.t3.large": (0.136, 24.0)}
    support = {"ExtendedSupport:Yr1-Yr2:MySQL5.7": (0.2, 24.0)}
    charged = days_of(ChargePeriod(date(2026, 9, 1), CHANGE))
    rows = [row for day in charged for row in of_a_day(day, support)]
    table = pd.concat([source(before, before).charges, of_charges(rows).charges])

    found = saved(change("extended_support"), BillInMemory(table))

    assert found.method != "usage"
